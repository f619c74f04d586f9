-- SUB-52 as amended: few applications say something of a post for as long as it is new. A function of the same name, for
-- the version that still runs.
CREATE OR REPLACE FUNCTION few_applications(job uuid, since timestamptz) RETURNS TABLE (few boolean)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT EXISTS (
               SELECT
               FROM job_descriptions j
               WHERE j.id = few_applications.job
                 -- Since is three weeks ago: thirty days are nine more.
                 AND j.created_at > few_applications.since - interval '9 days'
           )
       AND (
               SELECT count(*) <= 1
               FROM (
                   SELECT
                   FROM application_jobs aj
                   JOIN applications a ON a.id = aj.application_id
                   WHERE aj.job_description_id = few_applications.job
                     -- The id of an application is as old as its draft, which may have waited: three months, to read few rows.
                     AND aj.application_id >= rpad(
                             lpad(to_hex((extract(epoch FROM few_applications.since) * 1000)::bigint - 7776000000), 12, '0'), 32, '0'
                         )::uuid
                     AND a.submitted_at >= few_applications.since
                   ORDER BY aj.application_id DESC -- those that count are among the last
                   LIMIT 2
               ) recent
           );
END;
COMMENT ON FUNCTION few_applications(uuid, timestamptz) IS
    '« Soyez parmi les premiers à postuler » (SUB-52, CMP-34): a post published for less than thirty days, with at most one application in three weeks; since is three weeks ago.';
