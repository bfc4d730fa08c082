-- template: a change of data in batches, each committed by itself
-- {{description}}
--
-- migrator: transaction=none
--
-- Put your names for my_table, its key id, my_column and the value; leave the condition that tells what is
-- not done yet.
--
-- One UPDATE of all rows would keep each of them locked to its end, and leave as many dead ones. This goes
-- along the key, a thousand rows at a time, and commits behind each batch, so that whoever wants to write one
-- of them waits for one batch.
--
-- If it fails or is killed, the batches that were committed stay, and a second run does only the rest,
-- because of the condition. After a failure the next run does so by itself. After a kill it stops first,
-- since it cannot know how much was done: answer with "repair SCRIPT --retry". To be resumed without being
-- asked, create it with --java --template data.
do $$
declare
    -- the smallest that there is
    last_id bigint := -9223372036854775808;
    batch_end bigint;
begin
    loop
        select max(id) into batch_end
        from (
            select id from my_table
            where id > last_id and my_column is null
            order by id limit 1000
        ) batch;
        exit when batch_end is null;

        update my_table set my_column = 'my value'
        where id > last_id and id <= batch_end and my_column is null;
        commit;

        last_id := batch_end;
        -- let the others, and the replicas, breathe
        perform pg_sleep(0.01);
    end loop;
end
$$;
