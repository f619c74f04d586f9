-- Who read an application and when: an answer that was read leaves the inbox.
CREATE TABLE application_reads (
    application_id uuid NOT NULL REFERENCES applications ON DELETE CASCADE,
    user_id uuid NOT NULL REFERENCES users,
    at timestamptz NOT NULL,
    PRIMARY KEY (application_id, user_id)
);
COMMENT ON TABLE application_reads IS 'When each professional of the side that sent an application last read an answer to it.';
CREATE INDEX application_reads_user_idx ON application_reads (user_id);

-- Called in FROM, so that the planner writes it inside the statement, with its indexes.
CREATE FUNCTION answer_readings(application uuid, sender uuid, reader uuid, answered_at timestamptz)
RETURNS TABLE (user_id uuid)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT r.user_id
    FROM application_reads r
    WHERE r.application_id = answer_readings.application
      AND r.user_id IN (answer_readings.sender, answer_readings.reader)
      AND r.at >= answer_readings.answered_at;
END;
COMMENT ON FUNCTION answer_readings(uuid, uuid, uuid, timestamptz) IS
    'Who read the answer to an application, of whoever sent it and of this reader: none, and it is news to the reader.';
