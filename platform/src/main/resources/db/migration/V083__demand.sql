-- What instances really used, as histograms by day: a bucket is 5 % wider than the one before (decision 0134).
create table demand_sample (
  app_id    uuid not null,
  process   text not null,
  measure   text not null check (measure in ('cpu_millis', 'memory_bytes')),
  day       date not null,
  bucket    int not null,
  samples   bigint not null,
  primary key (app_id, process, measure, day, bucket)
);
create index demand_sample_day on demand_sample (day);
