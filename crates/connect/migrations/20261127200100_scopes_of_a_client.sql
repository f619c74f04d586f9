-- What each relying party may ask for. The version that still runs registers none: all, as before, until this one starts.
alter table connect.clients add column scopes text not null default 'openid profile email usual_name';
comment on column connect.clients.scopes is 'Scopes it may ask for, separated by spaces.';
