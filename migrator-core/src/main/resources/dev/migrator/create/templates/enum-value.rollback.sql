-- Takes {{script}} back: {{description}}
--
-- This says so rather than to pretend. A value that no row uses does no harm: it may stay.
do $$
begin
    raise exception 'The enum value that {{script}} has added cannot be dropped: PostgreSQL has no way to do so'
        using hint = 'Leave it, or change the columns to a new type without it, which rewrites their tables.';
end
$$;
