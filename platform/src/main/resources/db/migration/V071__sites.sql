-- Sites: what runs instances and fails as one. The first is the engine beside this program.

create table site (
    id uuid primary key,
    name text not null unique check (name ~ '^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$'),
    kind text not null,
    address text not null default '',
    settings_sealed bytea,
    attributes jsonb not null default '{}',
    state text not null check (state in ('JOINING','ACTIVE','DRAINING','SUSPECT','LOST','RECOVERING')),
    draining boolean not null default false,
    version int not null default 1,
    created_at timestamptz not null default now(),
    state_since timestamptz not null default now()
);
insert into site (id, name, kind, state) values (gen_random_uuid(), 'local', 'docker', 'ACTIVE');
