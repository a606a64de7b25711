-- A command that is run once and holds quota: whoever waits for it keeps the row alive, and the leader ends the rest.
create table one_off (
    id uuid primary key,
    app_id uuid not null,
    alive_until timestamptz not null
);
create index one_off_alive_until on one_off (alive_until);
