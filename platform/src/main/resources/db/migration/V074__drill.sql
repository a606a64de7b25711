-- Rehearsed losses of sites, and what they have shown.

create table drill (
    id uuid primary key,
    site text not null,
    started_by text not null,
    state text not null check (state in ('RUNNING','DONE','ABORTED','TIMED_OUT')),
    begun_at timestamptz not null,
    silent_at timestamptz,
    lost_at timestamptz,
    ended_at timestamptz,
    places jsonb not null,
    moved int not null default 0,
    waiting jsonb not null default '[]',
    failed_before bigint not null default 0,
    failed bigint not null default 0
);
create unique index drill_running on drill ((true)) where state = 'RUNNING';
