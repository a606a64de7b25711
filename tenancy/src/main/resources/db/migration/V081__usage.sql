-- Usage over time. What a tenant and its apps hold, and since when, is moved in the transaction that moves the ledger, and
-- what was held until then is added to its days (UTC): amount times seconds. So it is exact whatever stops in between.
-- The app is all zeros where no single app holds it.
create table usage_level (
  tenant_id  uuid not null references quota,
  app_id     uuid not null,
  resource   text not null,
  amount     bigint not null,
  since      timestamptz not null,
  primary key (tenant_id, app_id, resource)
);

create table usage_day (
  tenant_id  uuid not null references quota,
  app_id     uuid not null,
  resource   text not null,
  day        date not null,
  amount     numeric not null check (amount >= 0),
  primary key (tenant_id, day, app_id, resource)
);

-- Called with the tenant's quota row locked. Clocks of several processes differ: time never goes back here.
create function usage_move(of_tenant uuid, of_app uuid, of_resource text, step bigint, moved_at timestamptz)
returns void language plpgsql as $$
declare
  held usage_level%rowtype;
  until_at timestamp;
  since_at timestamp;
begin
  insert into usage_level values (of_tenant, of_app, of_resource, 0, moved_at) on conflict do nothing;
  select * into held from usage_level
    where tenant_id = of_tenant and app_id = of_app and resource = of_resource;
  since_at := held.since at time zone 'UTC';
  until_at := greatest(moved_at, held.since) at time zone 'UTC';
  if held.amount > 0 and until_at > since_at then
    insert into usage_day (tenant_id, app_id, resource, day, amount)
      select of_tenant, of_app, of_resource, midnight::date,
        held.amount * extract(epoch from least(until_at, midnight + interval '1 day') - greatest(since_at, midnight))
      from generate_series(date_trunc('day', since_at), until_at, interval '1 day') midnight
      where midnight < until_at
      on conflict (tenant_id, day, app_id, resource) do update set amount = usage_day.amount + excluded.amount;
  end if;
  update usage_level set amount = held.amount + step, since = greatest(moved_at, held.since)
    where tenant_id = of_tenant and app_id = of_app and resource = of_resource;
end $$;

-- What is used up at once, such as minutes of a build, has no duration.
create function usage_add(of_tenant uuid, of_app uuid, of_resource text, step bigint, used_at timestamptz)
returns void language sql as $$
  insert into usage_day (tenant_id, app_id, resource, day, amount)
    values (of_tenant, of_app, of_resource, (used_at at time zone 'UTC')::date, step)
    on conflict (tenant_id, day, app_id, resource) do update set amount = usage_day.amount + excluded.amount;
$$;

-- What is held already is metered from now on.
insert into usage_level (tenant_id, app_id, resource, amount, since)
  select tenant_id, coalesce(app_id, '00000000-0000-0000-0000-000000000000'), resource, sum(amount), now()
  from quota_reservation
  where resource in ('cpu_millis', 'memory_bytes', 'disk_bytes', 'instances', 'volume_bytes', 'registry_bytes')
  group by 1, 2, 3;
