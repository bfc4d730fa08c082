-- Takes {{script}} back: {{description}}
--
-- Short, but it locks both tables.
alter table my_table drop constraint my_table_my_column_fkey;
