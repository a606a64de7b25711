-- Where an app is built from when its code host tells of pushes, and the pushes that were told of. The digest of a body is kept
-- for as long as the source is: what was taken once is never taken again.
create table app_source (
  app_id          uuid primary key,
  host            text not null check (host in ('github', 'gitlab', 'gitea')),
  url             text not null,
  branch          text not null,
  secret          bytea not null,
  fetch_user      text,
  fetch_password  bytea,
  set_at          timestamptz not null,
  set_by          text not null
);

create table app_source_push (
  id         uuid primary key,
  app_id     uuid not null references app_source on delete cascade,
  digest     bytea not null,
  branch     text not null,
  commit_id  text not null,
  state      text not null check (state in ('WAITING', 'DONE', 'FAILED')),
  reason     text,
  told_at    timestamptz not null,
  due_at     timestamptz not null,
  unique (app_id, digest)
);
create index app_source_push_due on app_source_push (due_at) where state = 'WAITING';
create index app_source_push_app on app_source_push (app_id, told_at desc);
