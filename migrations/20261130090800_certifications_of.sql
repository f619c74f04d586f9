-- The criteria of a diagnosis and what the State answered of each, for the pages that show it (rule book 03 §2.12).
CREATE FUNCTION certifications_of(diagnosis uuid) RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce(
        jsonb_agg(
            jsonb_build_object(
                'criterion', dc.criterion_code,
                'at', dc.certified_at,
                'is_empty', isempty(dc.certified_days),
                'first', lower(dc.certified_days),
                'until', upper(dc.certified_days)
            )
            ORDER BY dc.criterion_code
        ),
        '[]'
    )
    FROM diagnosis_criteria dc
    WHERE dc.diagnosis_id = diagnosis
$$;
COMMENT ON FUNCTION certifications_of(uuid) IS 'The criteria of a diagnosis and what the State answered of each: when, null as long as it did not; and the days it certified, from a first one to the first one it no longer does: no day when it could not tell, an empty range when it certified none.';
