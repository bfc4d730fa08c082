-- Takes V17 back: the first author is the author again.
alter table books add column author_id bigint references authors (id);

update books
set author_id = book_authors.author_id
from book_authors
where book_authors.book_id = books.id
  and book_authors.position = 1;
