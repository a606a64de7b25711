-- Answers to requests with an idempotency key, for a day. Without a status the request is being carried out.
create table api_answer (
  caller    text not null,
  key       text not null,
  request   bytea not null check (octet_length(request) = 32),
  begun_at  timestamptz not null,
  status    int,
  body      bytea,
  primary key (caller, key),
  check ((status is null) = (body is null))
);
create index api_answer_begun on api_answer (begun_at);
