-- template: a value of an enum, which cannot be taken back
-- {{description}}
--
-- Put your names for my_enum and the values.
--
-- It locks no table. A new value can be used only after its commit: Migrator commits behind it, so that later
-- statements of this script may use it. PostgreSQL cannot drop a value again, so think of a table to refer to
-- where values come and go. A version of the application that does not know the value must not meet it: first
-- deploy what can read it, then what writes it.
alter type my_enum add value 'new value' after 'old value';
