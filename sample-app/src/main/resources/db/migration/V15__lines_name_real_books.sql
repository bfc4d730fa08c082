-- V4 forgot this foreign key. NOT VALID holds for new lines from now on and reads no old ones; V16 does that.
alter table order_lines
    add constraint order_lines_book foreign key (book_id) references books (id) not valid;
