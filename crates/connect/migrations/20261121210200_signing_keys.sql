-- RSA keys of the id tokens.
create table connect.signing_keys (
    kid         text        not null constraint signing_keys_pkey primary key,
    pkcs8       bytea       not null,
    created_at  timestamptz not null,
    active_from timestamptz not null,
    retired_at  timestamptz,
    constraint signing_keys_retired_at_check check (retired_at >= active_from)
);
comment on table  connect.signing_keys is 'RSA keys that sign id tokens. As secret as the password hashes: whoever reads a row can sign.';
comment on column connect.signing_keys.kid is 'Key id of the JWKS: RFC 7638 thumbprint of the public key.';
comment on column connect.signing_keys.pkcs8 is 'Private key, PKCS#8 DER.';
comment on column connect.signing_keys.created_at is 'When the key was made.';
comment on column connect.signing_keys.active_from is 'When it begins to sign; published before that, so that relying parties know it.';
comment on column connect.signing_keys.retired_at is 'When it leaves the JWKS; still recognised in logout hints until it is purged.';
