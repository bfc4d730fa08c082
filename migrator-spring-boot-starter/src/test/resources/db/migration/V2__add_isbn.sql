alter table books add column isbn text;
insert into books (title, isbn) values ('The Sea', '978-0-330-48328-1');
