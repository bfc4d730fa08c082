-- The shop opens: what it sells, and who wrote it.
create table authors (
    id   bigint generated always as identity primary key,
    name text not null unique
);

create table books (
    id        bigint generated always as identity primary key,
    isbn10    text not null unique check (isbn10 ~ '^[0-9]{9}[0-9X]$'),
    title     text not null,
    author_id bigint not null references authors (id),
    price     numeric(8, 2) not null check (price >= 0)
);
