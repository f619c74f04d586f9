-- Private keys are sealed at rest with a secret that the database does not hold. The provider seals those it finds in
-- pkcs8 when it starts, and replaces them; the column goes in a later release.
alter table connect.signing_keys
    add column sealed bytea,
    alter column pkcs8 drop not null,
    add constraint signing_keys_sealed_check check ((sealed is null) <> (pkcs8 is null));
comment on table  connect.signing_keys is 'RSA keys that sign id tokens.';
comment on column connect.signing_keys.sealed is 'Private key, PKCS#8 DER, sealed: nonce and ciphertext of ChaCha20-Poly1305, bound to the key id.';
comment on column connect.signing_keys.pkcs8 is 'Private key as an older version kept it, until this one starts.';
