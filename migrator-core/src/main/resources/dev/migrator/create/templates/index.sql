-- template: an index, built while the application writes
-- {{description}}
--
-- Put your names for my_table and my_column.
--
-- CONCURRENTLY keeps nobody from writing; it runs outside of a transaction and without time limits, and waits
-- for the transactions that are open when it begins. There is no IF NOT EXISTS: that would be content with an
-- invalid index, which an attempt that was cut off leaves behind. Migrator looks itself: a valid one of this
-- definition is taken, an invalid one is dropped and built again.
create index concurrently my_table_my_column_idx on my_table (my_column);
