-- Takes V10 back: a book has one author. Those after the first are lost.
update books
set author_id = book_authors.author_id
from book_authors
where book_authors.book_id = books.id
  and book_authors.position = 1
  and books.author_id is null;

alter table books alter column author_id set not null;

drop table book_authors;
