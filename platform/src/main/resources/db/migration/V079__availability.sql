-- How often apps and sites were looked at and found well, and what their users were answered, by day.

create table availability_day (
    scope text not null check (scope in ('APP', 'SITE')),
    subject text not null,
    day date not null,
    looks bigint not null default 0,
    good bigint not null default 0,
    requests bigint not null default 0,
    failed bigint not null default 0,
    primary key (scope, subject, day),
    check (good <= looks and failed <= requests)
);
