-- Where the instances of an app may and should be: option by option, as a person writes them.

create table app_placement (
    app_id uuid primary key,
    tenant_name text not null,
    options jsonb not null,
    group_name text
);
create index app_placement_group on app_placement (tenant_name, group_name) where group_name is not null;
