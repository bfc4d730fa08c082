-- Takes {{script}} back: {{description}}
--
-- Also if the migration has stopped half way, when only the constraint is there.
alter table my_table drop constraint if exists my_table_my_column_not_null;

alter table my_table alter column my_column drop not null;
