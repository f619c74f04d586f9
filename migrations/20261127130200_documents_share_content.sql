-- A CV sent to several employers is one content and as many documents (ADR 24): each application has its own, with its
-- own readers; the content goes with the last of them.
ALTER TABLE documents DROP CONSTRAINT documents_storage_key_key;
CREATE INDEX documents_storage_key_idx ON documents (storage_key);
COMMENT ON COLUMN documents.storage_key IS 'Random key of the content, which several documents may share.';
