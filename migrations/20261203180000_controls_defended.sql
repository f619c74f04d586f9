-- Where the hires of a control stand, kept beside it: a list of fifty SIAE is read from fifty rows, not from their hires and each
-- criterion of these. A list for each hire, in order, of its criteria in no order: whether the State certified it, whether it has a
-- proof, when it was submitted, what was decided of it.
ALTER TABLE controls ADD COLUMN defended jsonb NOT NULL DEFAULT '[]';
COMMENT ON COLUMN controls.defended IS
    'Derived: for each hire, in order, each of its criteria as [certified, has a proof, submitted at, review].';

-- What these controls are to hold.
CREATE FUNCTION read_defended(controls uuid[]) RETURNS TABLE (control_id uuid, defended jsonb)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT c.id
         , coalesce(
               (
                   SELECT jsonb_agg(
                              coalesce(
                                  (
                                      SELECT jsonb_agg(
                                                 jsonb_build_array(x.is_certified, x.uploaded_at IS NOT NULL, x.submitted_at, x.review)
                                                 ORDER BY x.criterion_code
                                             )
                                      FROM control_criteria x
                                      WHERE x.hire_id = h.id
                                  ),
                                  '[]'
                              )
                              ORDER BY h.rank
                          )
                   FROM control_hires h
                   WHERE h.control_id = c.id
               ),
               '[]'
           )
    FROM unnest(read_defended.controls) AS c (id);
END;
COMMENT ON FUNCTION read_defended(uuid[]) IS 'What controls.defended is of each of these.';

CREATE FUNCTION note_defended(controls uuid[]) RETURNS void
LANGUAGE sql
BEGIN ATOMIC
    UPDATE controls c
    SET defended = d.defended
    FROM read_defended(note_defended.controls) d
    WHERE c.id = d.control_id
      AND c.defended <> d.defended;
END;

-- Whoever writes a hire or a criterion holds its control: no lock is taken here that was not. A person who becomes another one changes
-- nothing of what is derived, and must not wait for a control.
CREATE FUNCTION hires_defended() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    PERFORM note_defended(ARRAY(SELECT DISTINCT r.control_id FROM changed r));
    RETURN NULL;
END;
$$;
CREATE TRIGGER control_hires_added_defended AFTER INSERT ON control_hires
REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION hires_defended();
CREATE TRIGGER control_hires_removed_defended AFTER DELETE ON control_hires
REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION hires_defended();

CREATE FUNCTION criteria_defended() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    PERFORM note_defended(
        ARRAY(SELECT DISTINCT h.control_id FROM changed r JOIN control_hires h ON h.id = r.hire_id)
    );
    RETURN NULL;
END;
$$;
CREATE TRIGGER control_criteria_added_defended AFTER INSERT ON control_criteria
REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION criteria_defended();
CREATE TRIGGER control_criteria_removed_defended AFTER DELETE ON control_criteria
REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION criteria_defended();

CREATE FUNCTION criteria_changed_defended() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    PERFORM note_defended(
        ARRAY(
            SELECT DISTINCT h.control_id
            FROM changed r
            JOIN former f ON f.id = r.id
            JOIN control_hires h ON h.id = r.hire_id
            WHERE (r.is_certified, r.uploaded_at, r.submitted_at, r.review)
                  IS DISTINCT FROM (f.is_certified, f.uploaded_at, f.submitted_at, f.review)
        )
    );
    RETURN NULL;
END;
$$;
CREATE TRIGGER control_criteria_changed_defended AFTER UPDATE ON control_criteria
REFERENCING OLD TABLE AS former NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION criteria_changed_defended();
