-- What identity providers wrote here by SCIM: users and groups as they sent them, who is in what in rows of its own.
create table scim_resource (
  id           uuid primary key,
  issuer       text not null,
  kind         text not null check (kind in ('USER', 'GROUP')),
  name         text not null,
  external_id  text,
  resource     jsonb not null,
  created_at   timestamptz not null,
  changed_at   timestamptz not null
);
create unique index scim_resource_name on scim_resource (issuer, kind, lower(name));
create unique index scim_resource_external on scim_resource (issuer, kind, external_id);

create table scim_member (
  group_id  uuid not null references scim_resource on delete cascade,
  user_id   uuid not null references scim_resource on delete cascade,
  primary key (group_id, user_id)
);
create index scim_member_user on scim_member (user_id);
