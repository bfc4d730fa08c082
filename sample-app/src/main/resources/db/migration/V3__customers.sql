-- Orders come by post and by mail, so we keep addresses. One account for each mail address, however it is spelled.
create table customers (
    id        bigint generated always as identity primary key,
    name      text not null,
    email     text not null,
    joined_at timestamptz not null default now()
);

create unique index customers_email on customers (lower(email));
