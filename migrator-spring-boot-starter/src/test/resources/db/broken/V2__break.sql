alter table orders add column paid boolean;
crate table nonsense (id int);
