-- "Where is my order?" Now we can answer. Whatever was placed before this day has long been shipped.
create type order_status as enum ('placed', 'paid', 'shipped');

alter table orders add column status order_status not null default 'placed';

update orders set status = 'shipped';
