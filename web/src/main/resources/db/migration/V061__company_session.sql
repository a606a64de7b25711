-- A session that began at a company's identity provider ends with the one there.
alter table web_session add column company_session uuid references company_session on delete cascade;
create index web_session_company on web_session (company_session) where company_session is not null;
