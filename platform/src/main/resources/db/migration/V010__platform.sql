-- The control plane's own truth: settings of apps, builds, releases, deployments, instances, transcripts.

create table installation (
    only_row boolean primary key default true check (only_row),
    id uuid not null,
    leader_epoch bigint not null default 0,
    leader text,
    created_at timestamptz not null default now()
);
insert into installation (id) values (gen_random_uuid());

create table app_settings (
    app_id uuid primary key,
    tenant_id uuid not null,
    tenant_name text not null,
    app_name text not null,
    deploy_branch text,
    formation jsonb not null default '{}',
    limits jsonb not null default '{}',
    stopped boolean not null default false,
    live_release_id uuid,
    live_deployment_id uuid,
    next_build int not null default 1,
    next_release int not null default 1,
    next_deployment int not null default 1,
    version int not null default 0
);
create unique index app_settings_name on app_settings (tenant_name, app_name);

create table config_var (
    app_id uuid not null,
    name text not null check (name ~ '^[A-Za-z_][A-Za-z0-9_]*$'),
    sealed bytea not null,
    updated_at timestamptz not null,
    primary key (app_id, name)
);

create table domain (
    host text primary key,
    app_id uuid not null,
    created_at timestamptz not null
);
create index domain_app on domain (app_id);

create table transcript (
    id uuid primary key,
    created_at timestamptz not null,
    closed_at timestamptz
);
create table transcript_chunk (
    transcript_id uuid not null references transcript (id) on delete cascade,
    seq int not null,
    text text not null,
    primary key (transcript_id, seq)
);

create table build (
    id uuid primary key,
    app_id uuid not null,
    number int not null,
    state text not null check (state in ('QUEUED','RUNNING','SUCCEEDED','FAILED','CANCELLED','TIMED_OUT')),
    commit_id text not null,
    branch text not null,
    subject text not null default '',
    requested_by text not null,
    transcript_id uuid not null references transcript (id),
    reason text,
    image_digest text,
    release_id uuid,
    deployment_id uuid,
    attempts int not null default 0,
    cancel_requested boolean not null default false,
    created_at timestamptz not null,
    started_at timestamptz,
    finished_at timestamptz,
    deadline_at timestamptz,
    epoch bigint not null default 0,
    unique (app_id, number)
);
create index build_open on build (created_at) where state in ('QUEUED','RUNNING');

create table release (
    id uuid primary key,
    app_id uuid not null,
    number int not null,
    image_digest text not null,
    repository text not null,
    commit_id text not null,
    description text not null,
    processes jsonb not null,
    checks jsonb not null,
    config_sealed bytea not null,
    config_names jsonb not null,
    created_by text not null,
    created_at timestamptz not null,
    unique (app_id, number)
);

create table deployment (
    id uuid primary key,
    app_id uuid not null,
    number int not null,
    release_id uuid not null references release (id),
    previous_release_id uuid references release (id),
    transcript_id uuid not null references transcript (id),
    state text not null check (state in
        ('PENDING','RELEASING','PLACING','CHECKING','SWITCHING','DRAINING','DONE','ROLLED_BACK','CANCELLED')),
    reason text,
    requested_by text not null,
    cancel_requested boolean not null default false,
    created_at timestamptz not null,
    state_since timestamptz not null,
    deadline_at timestamptz not null,
    finished_at timestamptz,
    epoch bigint not null default 0,
    unique (app_id, number)
);
create index deployment_open on deployment (app_id)
    where state not in ('DONE','ROLLED_BACK','CANCELLED');
-- At most one deployment of an app is past PENDING and not yet ended.
create unique index deployment_active on deployment (app_id)
    where state in ('RELEASING','PLACING','CHECKING','SWITCHING','DRAINING');

create table instance (
    id uuid primary key,
    app_id uuid not null,
    release_id uuid not null references release (id),
    deployment_id uuid not null,
    process text not null,
    slot int not null,
    site text not null,
    node text not null,
    cpu_millis bigint not null,
    memory_bytes bigint not null,
    state text not null check (state in
        ('INTENDED','LAUNCHING','STARTING','HEALTHY','UNHEALTHY','STOPPING','STOPPED','FAILED','LOST','UNREACHABLE')),
    host text,
    port int not null default 0,
    reason text,
    crashes int not null default 0,
    not_before timestamptz not null,
    created_at timestamptz not null,
    state_since timestamptz not null,
    removed boolean not null default false
);
create index instance_app on instance (app_id) where state not in ('STOPPED','FAILED','LOST');
create index instance_unremoved on instance (state) where not removed;

-- Places of an app's formation whose quota is reserved; the reservation's key is the row's id.
create table slot (
    id uuid primary key,
    app_id uuid not null,
    process text not null,
    slot int not null,
    unique (app_id, process, slot)
);
