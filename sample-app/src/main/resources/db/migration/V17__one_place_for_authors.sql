-- migrator: lock-timeout=2s
-- The second half of V10: every instance reads and writes book_authors by now.
alter table books drop column author_id;
