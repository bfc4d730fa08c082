-- Takes {{script}} back: {{description}}
--
-- All rows are lost. Without CASCADE it fails where something else has come to depend on the table, rather
-- than to take that along.
drop table my_table;
