-- People whom a company's identity provider vouches for. Issuer (its address) and subject together never change; names may.
create table person_link (
  issuer      text not null,
  subject     text not null,
  person_id   uuid not null references person,
  created_at  timestamptz not null,
  seen_at     timestamptz not null,
  primary key (issuer, subject)
);
create index person_link_person on person_link (person_id);

-- What a tenant gave by itself ('local') and what groups of an issuer give (its address) stand side by side, so that
-- neither takes the other away.
alter table membership add column source text not null default 'local';
alter table membership drop constraint membership_pkey;
alter table membership add primary key (tenant_id, person_id, source);

-- Whose word made a person an operator, or disabled them; null for the installation's own.
alter table person add column operator_source text;
alter table person add column disabled_source text;

-- One line for each person in a tenant: the strongest role that any source gives.
create view strongest_membership as
  select distinct on (tenant_id, person_id) tenant_id, person_id, role, source, created_at
  from membership
  order by tenant_id, person_id, array_position(array['OWNER', 'DEVELOPER', 'VIEWER'], role), source;

-- A sign-in at an issuer that goes on there: its tokens are sealed. When the row goes, what hangs on it goes.
create table company_session (
  id             uuid primary key,
  issuer         text not null,
  subject        text not null,
  sid            text,
  person_id      uuid not null references person,
  refresh_token  bytea,
  id_token       bytea not null,
  refresh_at     timestamptz not null,
  expires_at     timestamptz not null,
  foreign key (issuer, subject) references person_link
);
create index company_session_due on company_session (refresh_at);
create index company_session_subject on company_session (issuer, subject);
create index company_session_sid on company_session (issuer, sid) where sid is not null;
