alter table shelf add column row_number int;
