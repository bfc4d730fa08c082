-- Takes {{script}} back: {{description}}
--
-- Write here what brings the schema back to where it stood. Until then this refuses, rather than to pretend.
do $$
begin
    raise exception 'The rollback of {{script}} is not written yet';
end
$$;
