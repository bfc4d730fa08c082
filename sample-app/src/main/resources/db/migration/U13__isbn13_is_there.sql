-- Takes V13 back: a book may come without an ISBN-13.
alter table books drop constraint books_isbn13_is_there;
