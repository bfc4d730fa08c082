-- Takes V7 back: the stock is counted by hand again.
drop trigger order_lines_take_from_stock on order_lines;

drop function take_from_stock();
