-- Takes V4 back: the orders are lost.
drop table order_lines;

drop table orders;
