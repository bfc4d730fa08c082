-- template: a table with a key, and times that say when
-- {{description}}
--
-- Put your name for my_table.
--
-- Nobody knows the new table yet, so that its constraints and indexes cost nothing here. A foreign key is
-- different: it also locks the table that it refers to, so give it a script of its own, with the template
-- "foreign-key". The key is a bigint, for an integer runs out one day, and growing it rewrites the table.
-- Times are timestamptz, which mean the same in every time zone.
create table my_table (
    id bigint generated always as identity primary key,
    name text not null,
    created_at timestamptz not null default now()
);

comment on table my_table is 'What a row of it stands for';
