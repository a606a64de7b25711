-- An instance that is to run elsewhere: it goes on until another one in its place is healthy.

alter table instance add column leaving boolean not null default false;
create index instance_leaving on instance (app_id) where leaving;
