-- Takes V1 back: the shop closes.
drop table books;

drop table authors;
