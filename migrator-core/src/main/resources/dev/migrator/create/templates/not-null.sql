-- template: NOT NULL in steps, without a scan that stops everybody
-- {{description}}
--
-- migrator: transaction=none
--
-- Put your names for my_table and my_column.
--
-- SET NOT NULL alone reads all rows while nobody can even read the table. So a constraint makes the promise
-- for new rows, then the old ones are checked under a lock that stops nobody, and SET NOT NULL, which takes
-- the checked constraint as proof, reads nothing. Each step is a transaction of its own: in one, the first
-- lock would stay to the end.
--
-- Fill the rows before, with the template "data", and see that every version of the application that still
-- runs writes the column. If the check finds a row without a value, the run stops there; fill it, and the
-- next run goes on with the check.
alter table my_table add constraint my_table_my_column_not_null check (my_column is not null) not valid;

alter table my_table validate constraint my_table_my_column_not_null;

alter table my_table alter column my_column set not null;

alter table my_table drop constraint my_table_my_column_not_null;
