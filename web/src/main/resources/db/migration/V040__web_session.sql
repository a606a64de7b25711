-- Sessions of the web pages. The token itself is only in the browser's cookie.
create table web_session (
    token_hash bytea primary key check (octet_length(token_hash) = 32),
    person_id uuid not null references person (id) on delete cascade,
    created_at timestamptz not null,
    seen_at timestamptz not null,
    expires_at timestamptz not null,
    notice text,
    notice_good boolean not null default true
);
create index web_session_expires on web_session (expires_at);
create index web_session_person on web_session (person_id);
