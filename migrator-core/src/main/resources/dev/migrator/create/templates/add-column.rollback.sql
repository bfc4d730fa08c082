-- Takes {{script}} back: {{description}}
--
-- What was written to the column is lost with it.
alter table my_table drop column my_column;
