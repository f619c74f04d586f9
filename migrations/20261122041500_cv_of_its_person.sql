-- A CV is of the person of its draft, sent in by the author of the draft; of the person of its application. It goes with
-- one draft: the constraint is also the index a deleted document needs.
ALTER TABLE documents
    ADD CONSTRAINT documents_candidate_key UNIQUE (id, candidate_id),
    ADD CONSTRAINT documents_candidate_uploader_key UNIQUE (id, candidate_id, uploaded_by);
ALTER TABLE application_drafts
    ADD CONSTRAINT application_drafts_cv_key UNIQUE (cv_id),
    ADD CONSTRAINT application_drafts_cv_candidate_check CHECK (cv_id IS NULL OR candidate_id IS NOT NULL),
    DROP CONSTRAINT application_drafts_cv_id_fkey,
    ADD CONSTRAINT application_drafts_cv_fkey FOREIGN KEY (cv_id, candidate_id, user_id)
        REFERENCES documents (id, candidate_id, uploaded_by);
ALTER TABLE applications
    DROP CONSTRAINT applications_cv_id_fkey,
    ADD CONSTRAINT applications_cv_fkey FOREIGN KEY (cv_id, candidate_id) REFERENCES documents (id, candidate_id);
