-- Takes V3 back: the customers are lost.
drop table customers;
