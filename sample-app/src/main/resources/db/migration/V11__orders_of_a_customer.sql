-- "My orders" became slow. The index is built while orders are being placed: CONCURRENTLY, so outside any transaction.
create index concurrently orders_customer on orders (customer_id, placed_at desc);
