-- template: a foreign key in two steps, checked while the application writes
-- {{description}}
--
-- migrator: transaction=none
--
-- Put your names for my_table, my_column and other_table.
--
-- In one step PostgreSQL would read both tables while nobody can write to either. So the promise comes first,
-- for new rows only; the old ones are checked in the second step, under a lock that keeps nobody from
-- writing. Each step is a transaction of its own: in one, the first lock would stay until the second step has
-- ended. If the check finds a row that refers to nothing, the run stops there; mend the rows, and the next
-- run goes on with it.
--
-- An index on my_column comes before this, with the template "index": without it each delete from other_table reads
-- all of my_table.

-- Short, but it locks both tables: it steps back if it does not get them within lock-timeout.
alter table my_table
    add constraint my_table_my_column_fkey foreign key (my_column) references other_table (id) not valid;

alter table my_table validate constraint my_table_my_column_fkey;
