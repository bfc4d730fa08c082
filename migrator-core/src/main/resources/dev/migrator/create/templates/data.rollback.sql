-- Takes {{script}} back: {{description}}
--
-- Nobody can tell the values that were filled in from those that the application has written since, and what
-- stood there before is gone. If you can, write it here; if there is nothing to take back, leave this script
-- empty.
do $$
begin
    raise exception 'The data that {{script}} has changed cannot be brought back'
        using hint = 'Restore a backup, or write in the rollback script how to tell what it has changed.';
end
$$;
