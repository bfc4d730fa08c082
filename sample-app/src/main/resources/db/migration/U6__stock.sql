-- Takes V6 back: how many copies there are is lost; V6 takes stock anew, with ten of each.
drop table stock;
