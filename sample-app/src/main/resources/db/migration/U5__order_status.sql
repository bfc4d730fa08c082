-- Takes V5 back: the orders stay, what is known of their progress is lost.
alter table orders drop column status;

drop type order_status;
