-- A document belongs to exactly one owner, by a real foreign key: one column for each kind of owner. An owner may have
-- several documents; how many is the rule of their kind. What tied a CV to its person stays: the document of a draft is
-- of the person chosen there and was sent in by its author, the document of an application is of its person.
--
-- The version that still runs while this is applied reads `cv_id`: both columns stay one release, no longer written and
-- tied to nothing, so that its pages go on; attaching a CV there answers an error for these minutes and writes nothing.
ALTER TABLE application_drafts
    DROP CONSTRAINT application_drafts_cv_fkey,
    DROP CONSTRAINT application_drafts_cv_key,
    DROP CONSTRAINT application_drafts_cv_candidate_check,
    ADD CONSTRAINT application_drafts_person_author_key UNIQUE (id, candidate_id, user_id);
ALTER TABLE applications
    DROP CONSTRAINT applications_cv_fkey,
    DROP CONSTRAINT applications_cv_key,
    ADD CONSTRAINT applications_candidate_key UNIQUE (id, candidate_id);
COMMENT ON COLUMN application_drafts.cv_id IS 'No longer used: documents.draft_id. To drop in the release after.';
COMMENT ON COLUMN applications.cv_id IS 'No longer used: documents.application_id. To drop in the release after.';

ALTER TABLE documents
    DROP CONSTRAINT documents_candidate_key,
    DROP CONSTRAINT documents_candidate_uploader_key,
    ADD COLUMN draft_id uuid,
    ADD COLUMN application_id uuid;
UPDATE documents d SET application_id = a.id FROM applications a WHERE a.cv_id = d.id;
UPDATE documents d SET draft_id = w.id
FROM application_drafts w
WHERE w.cv_id = d.id AND d.application_id IS NULL;
-- No application nor draft names these: nobody could open them, and their content goes with the next purge.
DELETE FROM documents WHERE application_id IS NULL AND draft_id IS NULL;
ALTER TABLE documents
    ADD CONSTRAINT documents_owner_check CHECK (num_nonnulls(draft_id, application_id) = 1),
    ADD CONSTRAINT documents_draft_fkey FOREIGN KEY (draft_id, candidate_id, uploaded_by)
        REFERENCES application_drafts (id, candidate_id, user_id),
    ADD CONSTRAINT documents_application_fkey FOREIGN KEY (application_id, candidate_id)
        REFERENCES applications (id, candidate_id);
COMMENT ON COLUMN documents.candidate_id IS 'The person the document is about (PII-4).';
COMMENT ON COLUMN documents.draft_id IS 'Its owner, when it is an application being written.';
COMMENT ON COLUMN documents.application_id IS 'Its owner, when it is an application that was sent.';
-- The version that still runs sends a draft by its cv_id: the document follows it. Goes with the column.
CREATE FUNCTION documents_follow_cv() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE documents SET draft_id = NULL, application_id = new.id WHERE id = new.cv_id;
    RETURN NULL;
END
$$;
CREATE TRIGGER documents_follow_cv AFTER INSERT ON applications
    FOR EACH ROW WHEN (new.cv_id IS NOT NULL) EXECUTE FUNCTION documents_follow_cv();
CREATE INDEX documents_draft_idx ON documents (draft_id) WHERE draft_id IS NOT NULL;
CREATE INDEX documents_application_idx ON documents (application_id) WHERE application_id IS NOT NULL;
