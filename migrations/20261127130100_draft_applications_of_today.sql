-- The drafts of today, one employer each, by the trigger that follows them.
UPDATE application_drafts SET job_ids = job_ids WHERE company_id IS NOT NULL;
