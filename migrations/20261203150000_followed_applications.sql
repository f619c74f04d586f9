-- The applications a reader follows in place of a colleague who left, all at once. Asked of each application, as
-- follows_application does, whoever reads had every application of the organisation read for each figure of a dashboard: the
-- planner writes no subquery of a function inside a statement, and no index answers it.
--
-- Called in FROM, so that the planner writes it inside the statement, and in ARRAY (SELECT …), so that it is read once: a
-- condition « sender_id = reader OR id = ANY (…) » then reads two indexes, and nothing of what colleagues sent.
CREATE FUNCTION followed_applications(reader uuid) RETURNS TABLE (application_id uuid)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT f.subject_id
    FROM followers f
    WHERE f.user_id = followed_applications.reader
      AND f.subject_kind = 'application';
END;
COMMENT ON FUNCTION followed_applications(uuid) IS
    'The applications that others sent before they left, and that are this reader''s to follow (rule book 01 MEM-7).';
COMMENT ON FUNCTION follows_application(uuid, uuid) IS 'Read by the version before this one only: dropped by the next.';
