-- How many copies we hold. The check is what keeps us from selling a book that we do not have.
create table stock (
    book_id bigint primary key references books (id) on delete cascade,
    copies  int not null default 0,
    constraint stock_never_negative check (copies >= 0)
);

-- The count of the first stock-taking: ten of each.
insert into stock (book_id, copies)
select id, 10 from books;
