-- Who exists, who owns, who may, how much, who did what.

create table tenant (
  id          uuid primary key,
  name        text not null unique check (name ~ '^[a-z]([a-z0-9]|-(?!-)){0,29}$' and name !~ '-$'),
  created_at  timestamptz not null,
  created_by  text not null
);

create table person (
  id             uuid primary key,
  name           text not null unique check (name ~ '^[a-z0-9][a-z0-9._@+-]{0,99}$'),
  password_hash  text,
  operator       boolean not null default false,
  disabled       boolean not null default false,
  created_at     timestamptz not null
);

create table membership (
  tenant_id   uuid not null references tenant,
  person_id   uuid not null references person,
  role        text not null check (role in ('OWNER', 'DEVELOPER', 'VIEWER')),
  created_at  timestamptz not null,
  primary key (tenant_id, person_id)
);
create index membership_person on membership (person_id);

create table ssh_key (
  id           uuid primary key,
  person_id    uuid not null references person,
  fingerprint  text not null unique,
  kind         text not null,
  public_key   bytea not null,
  comment      text not null,
  created_at   timestamptz not null
);
create index ssh_key_person on ssh_key (person_id);

-- Names are free again once an app is destroyed; the row stays, because audit and releases speak of it.
create table app (
  id            uuid primary key,
  tenant_id     uuid not null references tenant,
  name          text not null check (name ~ '^[a-z]([a-z0-9]|-(?!-)){0,29}$' and name !~ '-$'),
  created_at    timestamptz not null,
  created_by    text not null,
  destroyed_at  timestamptz,
  destroyed_by  text,
  check ((destroyed_at is null) = (destroyed_by is null))
);
create unique index app_live_name on app (tenant_id, name) where destroyed_at is null;

-- A token of a person has person_id; one of a robot has none and is bound to a tenant or one of its apps.
create table access_token (
  id            uuid primary key,
  hash          bytea not null unique check (octet_length(hash) = 32),
  name          text not null,
  person_id     uuid references person,
  tenant_id     uuid references tenant,
  app_id        uuid references app,
  scopes        text not null,
  created_at    timestamptz not null,
  created_by    text not null,
  expires_at    timestamptz not null,
  revoked_at    timestamptz,
  last_used_at  timestamptz,
  check (person_id is not null or tenant_id is not null),
  check (app_id is null or tenant_id is not null)
);
create index access_token_person on access_token (person_id) where person_id is not null;
create index access_token_tenant on access_token (tenant_id) where tenant_id is not null;

-- One row per name or address that somebody failed to sign in with.
create table sign_in_failure (
  subject       text primary key,
  failures      integer not null check (failures >= 0),
  last_at       timestamptz not null,
  locked_until  timestamptz
);
create index sign_in_failure_last on sign_in_failure (last_at);

-- The row of quota is what reserve and release lock; used is the sum of the reservations, kept under that lock.
create table quota (
  tenant_id  uuid primary key references tenant
);

create table quota_limit (
  tenant_id  uuid not null references quota,
  resource   text not null,
  hard       bigint not null check (hard >= 0),
  set_at     timestamptz not null,
  set_by     text not null,
  primary key (tenant_id, resource)
);

create table quota_usage (
  tenant_id  uuid not null references quota,
  resource   text not null,
  used       bigint not null check (used >= 0),
  primary key (tenant_id, resource)
);

create table quota_reservation (
  kind        text not null,
  id          uuid not null,
  resource    text not null,
  tenant_id   uuid not null references quota,
  app_id      uuid references app,
  amount      bigint not null check (amount > 0),
  created_at  timestamptz not null,
  primary key (kind, id, resource)
);
create index quota_reservation_tenant on quota_reservation (tenant_id, resource);

-- hash = SHA-256(hash of the entry before it + canonical JSON of this one); the head is locked by who appends.
create table audit_entry (
  seq       bigint primary key,
  at        timestamptz not null,
  actor     text not null,
  action    text not null,
  subject   text not null,
  tenant    text,
  app       text,
  outcome   text not null check (outcome in ('DONE', 'DENIED', 'FAILED')),
  details   jsonb not null,
  hash      bytea not null check (octet_length(hash) = 32)
);
create index audit_entry_tenant on audit_entry (tenant, seq desc);
create index audit_entry_actor on audit_entry (actor, seq desc);
create index audit_entry_action on audit_entry (action, seq desc);
create index audit_entry_at on audit_entry (at);

create table audit_head (
  one   boolean primary key default true check (one),
  seq   bigint not null,
  hash  bytea not null check (octet_length(hash) = 32)
);
insert into audit_head (seq, hash) values (0, decode(repeat('00', 32), 'hex'));

create function audit_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'audit entries are never changed or removed';
end $$;
create trigger audit_entry_stays before update or delete or truncate on audit_entry
  for each statement execute function audit_is_append_only();
