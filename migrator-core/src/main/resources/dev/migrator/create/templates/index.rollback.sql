-- Takes {{script}} back: {{description}}
--
-- CONCURRENTLY: a plain DROP INDEX stops everybody who uses the table.
drop index concurrently my_table_my_column_idx;
