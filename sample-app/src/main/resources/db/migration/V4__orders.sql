-- Orders with their lines. A line keeps the price of the day: a book may become dearer, an old order may not.
create table orders (
    id          bigint generated always as identity primary key,
    customer_id bigint not null references customers (id),
    placed_at   timestamptz not null default now()
);

create table order_lines (
    order_id bigint not null references orders (id) on delete cascade,
    book_id  bigint not null,
    copies   int not null check (copies > 0),
    price    numeric(8, 2) not null check (price >= 0),
    primary key (order_id, book_id)
);
