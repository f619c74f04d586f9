-- A row has one place in the chain. The worker alone writes there: nobody waits while the index is made.
CREATE UNIQUE INDEX audit_chain_event_id_key ON audit_chain (event_id);
