-- Read beside whatever else decides of a hire: by the acceptance, in its transaction, and by the pages that explain it.
CREATE FUNCTION withdrawals_of(company uuid) RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE
RETURN (
    SELECT coalesce(
        jsonb_agg(
            jsonb_build_object(
                'from', lower(w.withdrawn_days), 'to', upper(w.withdrawn_days) - 1, 'control', w.control_id
            )
            ORDER BY w.withdrawn_days, w.decision_id
        ),
        '[]'
    )
    FROM company_withdrawals w
    WHERE w.company_id = company
);
COMMENT ON FUNCTION withdrawals_of(uuid) IS 'Withdrawals of the right of an SIAE to prescribe to itself, by decisions in force, as JSON: first day, last day, none when it is permanent, and the control (domain: eligibility::Withdrawn; rule book 04 §1.16).';
