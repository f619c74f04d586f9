-- One sending may be for several employers, five at most: one row each, whose id becomes the id of the application. A
-- draft of one employer is the same with one row (ADR 24).
CREATE TABLE draft_applications (
    id uuid PRIMARY KEY,
    draft_id uuid NOT NULL CONSTRAINT draft_applications_draft_fkey
        REFERENCES application_drafts (id) ON DELETE CASCADE,
    rank smallint NOT NULL CONSTRAINT draft_applications_rank_check CHECK (rank BETWEEN 1 AND 5),
    company_id uuid NOT NULL CONSTRAINT draft_applications_company_fkey REFERENCES companies (organisation_id),
    job_ids uuid[] NOT NULL DEFAULT '{}',
    is_spontaneous boolean NOT NULL DEFAULT false,
    previous_confirmed boolean NOT NULL DEFAULT false,
    refusal text CONSTRAINT draft_applications_refusal_check CHECK (refusal IN (
        'applied_recently', 'company_blocks', 'company_not_registered', 'company_left', 'waiting_period', 'jobs_closed',
        'spontaneous_closed'
    )),
    CONSTRAINT draft_applications_rank_key UNIQUE (draft_id, rank),
    CONSTRAINT draft_applications_company_key UNIQUE (draft_id, company_id),
    CONSTRAINT draft_applications_choice_check CHECK (NOT is_spontaneous OR job_ids = '{}')
);
COMMENT ON TABLE draft_applications IS 'The applications of a draft, one for each employer: its id becomes the id of the application, so that a double submit is one.';
COMMENT ON COLUMN draft_applications.rank IS 'The order in which employers were chosen; five at most.';
COMMENT ON COLUMN draft_applications.job_ids IS 'Posts chosen; none, and not spontaneous: still to be chosen (SUB-50, SUB-51).';
COMMENT ON COLUMN draft_applications.previous_confirmed IS 'Applying there again is confirmed (SUB-40).';
COMMENT ON COLUMN draft_applications.refusal IS 'Why it did not leave when the others of its draft did.';

-- The version that still runs reads company_id and job_ids, and the same of data: they stay one release, no longer
-- written. A draft begun here meanwhile answers an error there for these minutes, and nothing of it is lost.
ALTER TABLE application_drafts ALTER COLUMN company_id DROP NOT NULL;
COMMENT ON COLUMN application_drafts.company_id IS 'No longer used: draft_applications.company_id. To drop in the release after.';
COMMENT ON COLUMN application_drafts.job_ids IS 'No longer used: draft_applications.job_ids. To drop in the release after.';
COMMENT ON TABLE application_drafts IS 'Applications being written for one person, step by step, resumable. A draft belongs to its author in one organisation (SUB-9, SUB-12).';

-- What that version writes follows. Goes with the columns.
CREATE FUNCTION draft_application_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO draft_applications (id, draft_id, rank, company_id, job_ids, is_spontaneous, previous_confirmed)
    VALUES (
        new.id, new.id, 1, new.company_id, new.job_ids,
        new.job_ids = '{}' AND coalesce((new.data ->> 'spontaneous')::boolean, false),
        coalesce((new.data ->> 'previous_confirmed')::boolean, false)
    )
    ON CONFLICT (id) DO UPDATE
    SET job_ids = excluded.job_ids
      , is_spontaneous = excluded.is_spontaneous
      , previous_confirmed = excluded.previous_confirmed;
    RETURN NULL;
END
$$;
CREATE TRIGGER draft_application_follows AFTER INSERT OR UPDATE OF job_ids ON application_drafts
    FOR EACH ROW WHEN (new.company_id IS NOT NULL) EXECUTE FUNCTION draft_application_follows();
