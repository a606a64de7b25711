-- Roles that a tenant defines beside owner, developer and viewer; permissions by name, as scopes are written.
create table tenant_role (
  tenant_id    uuid not null references tenant,
  name         text not null,
  permissions  text not null,
  set_at       timestamptz not null,
  set_by       text not null,
  primary key (tenant_id, name)
);

-- Roles beside a membership: one of the tenant's own in the whole tenant (no app), or a role on one app alone.
create table role_grant (
  tenant_id   uuid not null references tenant,
  person_id   uuid not null references person,
  app_id      uuid references app,
  role        text not null,
  created_at  timestamptz not null,
  created_by  text not null,
  unique nulls not distinct (tenant_id, person_id, app_id)
);
create index role_grant_person on role_grant (person_id);
create index role_grant_app on role_grant (app_id);
