-- Slipway as a framework of Mesos clusters. The id is made here before the master ever hears it.

create table mesos_framework (
    site text primary key,
    framework_id text not null unique,
    state text not null check (state in ('ACTIVE','REMOVED')),
    reason text not null default '',
    generation int not null default 1,
    changed_at timestamptz not null default now()
);

-- What was told to a master, or is about to be: the row is there before the launch.
create table mesos_task (
    id uuid primary key,
    site text not null references mesos_framework (site) on delete cascade,
    role text not null,
    app text not null,
    one_off boolean not null,
    agent_id text not null,
    host text not null,
    agent_port int not null,
    port int not null,
    phase text not null check (phase in ('INTENDED','STARTING','RUNNING','UNREACHABLE','ENDED')),
    exit_code int,
    out_of_memory boolean not null default false,
    lost boolean not null default false,
    message text,
    lines text,
    kill_wanted boolean not null default false,
    dropped boolean not null default false,
    uuid text not null default '',
    since timestamptz not null
);
create index mesos_task_site on mesos_task (site);
