-- Plans are limits by name that operators define; a tenant's own limit goes before its plan's, that before the default.
create table quota_plan (
  name    text primary key check (name ~ '^[a-z]([a-z0-9]|-(?!-)){0,29}$' and name !~ '-$'),
  set_at  timestamptz not null,
  set_by  text not null
);

create table quota_plan_limit (
  plan      text not null references quota_plan on delete cascade,
  resource  text not null,
  hard      bigint not null check (hard >= 0),
  primary key (plan, resource)
);

alter table quota add column plan text references quota_plan;

-- From here on a tenant is told that little is left; null for the installation's share of the hard limit.
alter table quota_limit add column soft bigint check (soft >= 0);

-- What one app may take of its tenant's.
create table quota_app_limit (
  app_id    uuid not null references app,
  resource  text not null,
  hard      bigint not null check (hard >= 0),
  set_at    timestamptz not null,
  set_by    text not null,
  primary key (app_id, resource)
);
create index quota_reservation_app on quota_reservation (app_id, resource) where app_id is not null;

-- The month that a monthly resource's count is of; another month's count is nothing.
alter table quota_usage add column month date;

create table quota_request (
  id          uuid primary key,
  tenant_id   uuid not null references quota,
  resource    text not null,
  wanted      bigint not null check (wanted >= 0),
  reason      text not null,
  asked_at    timestamptz not null,
  asked_by    text not null,
  decided_at  timestamptz,
  decided_by  text,
  granted     boolean,
  check ((decided_at is null) = (granted is null) and (decided_at is null) = (decided_by is null))
);
create unique index quota_request_open on quota_request (tenant_id, resource) where decided_at is null;
create index quota_request_tenant on quota_request (tenant_id, asked_at desc);
