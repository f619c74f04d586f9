-- What is being checked is no failure yet: agents who sign in together behind one IP do not lock each other (D25).
-- The version that still runs counts what it writes as failed at once, as it always did.
alter table connect.login_failures add column is_pending boolean not null default false;
comment on column connect.login_failures.is_pending is 'The password is being checked: counts for the address, not yet for the IP.';
