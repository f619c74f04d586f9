-- A post typed at a hire (ACC-21).
ALTER TABLE job_descriptions ADD COLUMN is_created_at_hiring boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN job_descriptions.is_created_at_hiring IS 'Typed at a hire, since the company had no post of this appellation there (ACC-21): closed from the start.';
