-- Takes V9 back: cancelled copies are put back by hand again.
drop trigger orders_return_to_stock on orders;

drop function return_to_stock();
