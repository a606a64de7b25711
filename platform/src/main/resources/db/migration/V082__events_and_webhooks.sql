-- What happened in a tenant, for those who wait for it: written by triggers in the transaction in which it happens, so that
-- nothing happens without its event and no event tells what did not happen (decision 0133).
-- Places are given before commits are made, so a reader takes only what is older than every transaction that still runs:
-- ordered by (tx, seq) nothing can then come in between.
create table tenant_event (
  seq        bigint generated always as identity primary key,
  tx         xid8 not null default pg_current_xact_id(),
  tenant_id  uuid not null references tenant,
  app        text,
  kind       text not null,
  at         timestamptz not null,
  data       jsonb not null
);
create index tenant_event_order on tenant_event (tenant_id, tx, seq);
create index tenant_event_at on tenant_event (at);

create table webhook (
  id          uuid primary key,
  tenant_id   uuid not null references tenant,
  url         text not null,
  kinds       text[] not null,
  secret      bytea not null,
  created_at  timestamptz not null,
  created_by  text not null
);
create index webhook_tenant on webhook (tenant_id);

create table webhook_delivery (
  id            uuid primary key default gen_random_uuid(),
  webhook_id    uuid not null references webhook on delete cascade,
  event_seq     bigint not null references tenant_event on delete cascade,
  state         text not null default 'WAITING' check (state in ('WAITING', 'DELIVERED', 'GIVEN_UP')),
  attempts      int not null default 0,
  due_at        timestamptz not null,
  attempted_at  timestamptz,
  status        int,
  reason        text
);
create index webhook_delivery_due on webhook_delivery (due_at) where state = 'WAITING';
create index webhook_delivery_hook on webhook_delivery (webhook_id, event_seq desc);
create index webhook_delivery_event on webhook_delivery (event_seq);

create function tell_tenant(of_tenant uuid, of_app text, of_kind text, happened_at timestamptz, what jsonb)
returns void language plpgsql as $$
declare
  place bigint;
begin
  insert into tenant_event (tenant_id, app, kind, at, data)
    values (of_tenant, of_app, of_kind, happened_at, what) returning seq into place;
  insert into webhook_delivery (webhook_id, event_seq, due_at)
    select id, place, happened_at from webhook
    where tenant_id = of_tenant and (kinds = '{}' or of_kind = any (kinds));
end $$;

create function tell_deployment() returns trigger language plpgsql as $$
begin
  perform tell_tenant(a.tenant_id, a.name, 'deployment.' || lower(new.state), new.state_since,
      jsonb_strip_nulls(jsonb_build_object('deployment', new.number, 'release', 'v' || r.number,
        'requestedBy', new.requested_by, 'reason', nullif(new.reason, ''))))
    from app a, release r where a.id = new.app_id and r.id = new.release_id;
  return null;
end $$;
create trigger deployment_begins after insert on deployment for each row execute function tell_deployment();
create trigger deployment_moves after update of state on deployment for each row
  when (old.state is distinct from new.state) execute function tell_deployment();

create function tell_build() returns trigger language plpgsql as $$
begin
  perform tell_tenant(a.tenant_id, a.name, 'build.' || lower(new.state),
      coalesce(new.finished_at, new.started_at, new.created_at),
      jsonb_strip_nulls(jsonb_build_object('build', new.number, 'commit', new.commit_id, 'branch', new.branch,
        'requestedBy', new.requested_by, 'reason', nullif(new.reason, ''))))
    from app a where a.id = new.app_id;
  return null;
end $$;
create trigger build_begins after insert on build for each row execute function tell_build();
create trigger build_moves after update of state on build for each row
  when (old.state is distinct from new.state) execute function tell_build();

create function tell_quota() returns trigger language plpgsql as $$
begin
  perform tell_tenant(t.id, new.app, new.action, new.at, new.details)
    from tenant t where t.name = new.tenant;
  return null;
end $$;
create trigger quota_is_told after insert on audit_entry for each row
  when (new.action in ('quota.notice', 'quota.set')) execute function tell_quota();
