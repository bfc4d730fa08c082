-- What stood on the shelves on the first day. The author is found by name, so that no id is written down here.
insert into authors (name)
values ('Jane Austen'),
       ('Mary Shelley'),
       ('Herman Melville'),
       ('Jerome K. Jerome'),
       ('Terry Pratchett'),
       ('Neil Gaiman');

insert into books (isbn10, title, author_id, price)
select shelf.isbn10, shelf.title, authors.id, shelf.price
from (values ('0141439513', 'Pride and Prejudice', 'Jane Austen', 7.99),
             ('0141439580', 'Emma', 'Jane Austen', 8.49),
             ('0141439475', 'Frankenstein', 'Mary Shelley', 6.99),
             ('0142437247', 'Moby-Dick', 'Herman Melville', 11.50),
             ('0140621334', 'Three Men in a Boat', 'Jerome K. Jerome', 5.49),
             ('0552137030', 'Good Omens', 'Terry Pratchett', 9.99))
         as shelf (isbn10, title, author, price)
         join authors on authors.name = shelf.author;
