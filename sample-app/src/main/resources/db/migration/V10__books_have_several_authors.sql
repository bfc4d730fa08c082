-- Good Omens has two authors. The new table takes over what books.author_id says; the column itself stays until no
-- instance of the old version writes it any more (V17).
create table book_authors (
    book_id   bigint not null references books (id) on delete cascade,
    author_id bigint not null references authors (id),
    position  int not null check (position > 0),
    primary key (book_id, author_id),
    unique (book_id, position)
);

insert into book_authors (book_id, author_id, position)
select id, author_id, 1 from books;

insert into book_authors (book_id, author_id, position)
select books.id, authors.id, 2
from books, authors
where books.title = 'Good Omens'
  and authors.name = 'Neil Gaiman';

-- The new version of the application no longer writes the column.
alter table books alter column author_id drop not null;
