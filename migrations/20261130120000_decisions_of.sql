-- What was decided of a control, for the pages that say it beside the rest (rule book 04 §1.15, §1.19).
CREATE FUNCTION decisions_of(control uuid) RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE
RETURN (
    SELECT coalesce(
        jsonb_agg(
            jsonb_build_object(
                'id', d.id, 'replaces', d.replaces_id, 'is_annulment', d.is_annulment, 'at', d.decided_at
            )
            ORDER BY d.id
        ),
        '[]'
    )
    FROM control_decisions d
    WHERE d.control_id = control
);
COMMENT ON FUNCTION decisions_of(uuid) IS 'The decisions on a negative result, as JSON: which one each takes the place of, whether it annuls it, and when it was made; in no order that says which one is in force.';
