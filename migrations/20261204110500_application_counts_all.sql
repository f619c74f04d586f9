-- The applications before the file before this one. What is missing is read in one instant, in which what was counted since and what is
-- there agree: nobody waits.
INSERT INTO application_counts (organisation_id, is_received, month, state, counted)
SELECT a.organisation_id
     , a.is_received
     , a.month
     , a.state
     , a.there - a.counted
FROM application_counts_amiss a
ORDER BY a.organisation_id, a.is_received, a.month, a.state
ON CONFLICT (organisation_id, is_received, month, state) DO UPDATE
SET counted = application_counts.counted + excluded.counted;
