-- Drills that begin by themselves, and when a drill's traffic left, came to its first new instance and to its last.

create table drill_schedule (
    site text primary key references site (name) on delete cascade,
    every_days int not null check (every_days between 1 and 366),
    next_at timestamptz not null,
    scheduled_by text not null,
    last_at timestamptz,
    last_note text
);

alter table drill
    add column away_at timestamptz,
    add column first_moved_at timestamptz,
    add column last_moved_at timestamptz;
