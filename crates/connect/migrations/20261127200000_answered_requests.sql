-- A request that waits for someone to sign in is carried by the login page, sealed, and written nowhere: who only asks
-- leaves nothing. What remains to be known is which were answered. The version that still runs writes its own table,
-- whose pages, a quarter of an hour old at most, are to be begun again; the table goes in a later release.
create table connect.answered_requests (
    id         uuid        not null constraint answered_requests_pkey primary key,
    expires_at timestamptz not null
);
create index answered_requests_expires_at_idx on connect.answered_requests (expires_at);
comment on table  connect.answered_requests is 'Requests that someone signed in through: their login page serves no more.';
comment on column connect.answered_requests.id is 'What the login page carries, sealed.';
comment on column connect.answered_requests.expires_at is 'When the page would be refused anyway.';
comment on table  connect.authorization_requests is 'No longer written: see answered_requests. Goes in a later release.';
