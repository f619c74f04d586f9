-- What a page reads by a function is planned with its statement. Postgres puts the body of a function that returns rows in the place
-- of its call; that of one that returns a value and reads tables it plans anew at each statement that calls it: three quarters of the
-- time of the page of a PASS (ADR 16). Each says what its namesake said, which now asks it: the version that still
-- runs calls those, and they go away with the next one.

CREATE FUNCTION read_parcours(pass uuid, starts_on date, issued_days integer, closed_on date) RETURNS TABLE (parcours jsonb)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT jsonb_build_object(
        'issued', jsonb_build_object('start', starts_on, 'end', starts_on + issued_days - 1),
        'suspensions', (
            SELECT coalesce(jsonb_agg(jsonb_build_object('start', s.starts_on, 'end', s.ends_on) ORDER BY s.starts_on), '[]')
            FROM suspensions s
            WHERE s.pass_id = pass
        ),
        'prolongations', (
            SELECT coalesce(jsonb_agg(jsonb_build_object('start', p.starts_on, 'end', p.ends_on) ORDER BY p.starts_on), '[]')
            FROM prolongations p
            WHERE p.pass_id = pass
        ),
        'closed_on', closed_on
    );
END;
COMMENT ON FUNCTION read_parcours(uuid, date, integer, date) IS 'All that makes the dates of a PASS, as JSON (domain: pass::Parcours).';
CREATE OR REPLACE FUNCTION parcours(pass uuid, starts_on date, issued_days integer, closed_on date) RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE
RETURN (SELECT parcours FROM read_parcours(pass, starts_on, issued_days, closed_on));
COMMENT ON FUNCTION parcours(uuid, date, integer, date) IS 'Read by the version before, and dropped by the next one: read_parcours says it.';

CREATE FUNCTION read_held_pass(pass passes, reader uuid, since timestamptz, today date) RETURNS TABLE (held_pass jsonb)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT jsonb_build_object(
        'passes', (
            SELECT jsonb_agg(jsonb_build_object(
                'id', p.id,
                'number', p.number,
                'candidate_id', p.candidate_id,
                'parcours', (SELECT r.parcours FROM read_parcours(p.id, p.starts_on, p.issued_days, p.closed_on) r),
                'diagnosis_id', p.diagnosis_id,
                'created_at', p.created_at
            ) ORDER BY p.ends_on DESC)
            FROM passes p
            WHERE p.candidate_id = (pass).candidate_id
        ),
        'hires', (
            SELECT coalesce(jsonb_agg(jsonb_build_object(
                'company', a.company_id,
                'kind', o.kind,
                'accepted_at', a.processed_at,
                'starts_on', a.hiring_starts_on,
                'ends_on', a.hiring_ends_on
            )), '[]')
            FROM applications a
            JOIN organisations o ON o.id = a.company_id
            WHERE a.candidate_id = (pass).candidate_id
              AND a.state = 'accepted'
              AND a.hiring_starts_on IS NOT NULL
              AND o.kind IN ('ACI', 'AI', 'EI', 'EITI', 'ETTI')
        ),
        'running', (
            SELECT jsonb_build_object(
                'id', s.id,
                'pass', s.pass_id,
                'period', jsonb_build_object('start', s.starts_on, 'end', s.ends_on),
                'reason', s.reason,
                'explanation', s.explanation,
                'author', jsonb_build_object('user', s.created_by, 'organisation', s.organisation_id),
                'created_at', s.created_at
            )
            FROM suspensions s
            WHERE s.pass_id = (pass).id AND s.starts_on <= today AND today <= s.ends_on
        ),
        'relation', jsonb_build_object(
            'hired_with_it', EXISTS (
                SELECT FROM applications a
                WHERE a.pass_id = (pass).id AND a.state = 'accepted' AND a.company_id = reader
            ),
            'exchanged_application', EXISTS (
                SELECT FROM applications a
                WHERE a.candidate_id = (pass).candidate_id
                  AND (company_sees(reader, a, since) OR (a.sender_organisation_id = reader AND a.company_id <> reader))
            ),
            'in_caseload', EXISTS (
                SELECT FROM candidate_relations r
                WHERE r.candidate_id = (pass).candidate_id AND r.organisation_id = reader
            )
        ),
        'birth_date', (SELECT c.birth_date FROM candidates c WHERE c.id = (pass).candidate_id)
    );
END;
COMMENT ON FUNCTION read_held_pass(passes, uuid, timestamptz, date) IS 'A PASS, the other PASS and the SIAE hires of its holder, the suspension that runs, and what ties a reader to the holder, as JSON (domain: pass::HeldPass).';
CREATE OR REPLACE FUNCTION held_pass(pass passes, reader uuid, since timestamptz, today date) RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE
RETURN (SELECT held_pass FROM read_held_pass(pass, reader, since, today));
COMMENT ON FUNCTION held_pass(passes, uuid, timestamptz, date) IS 'Read by the version before, and dropped by the next one: read_held_pass says it.';

CREATE FUNCTION read_first_structure_of(application uuid) RETURNS TABLE (first_structure_of jsonb)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT (
        SELECT jsonb_build_object(
                   'name', o.shown_name,
                   'siret', s.source_siret,
                   'kind', s.kind,
                   'effective_on', s.effective_on
               )
        FROM moved_applications m
        JOIN structure_successions s ON s.id = m.succession_id
        JOIN organisations o ON o.id = s.source_id
        WHERE m.application_id = application
        ORDER BY s.decided_at, s.id
        LIMIT 1
    );
END;
COMMENT ON FUNCTION read_first_structure_of(uuid) IS 'The structure an application was first made to, when a merger or a split gave it to another one, as JSON.';
CREATE OR REPLACE FUNCTION first_structure_of(application uuid) RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE
RETURN (SELECT first_structure_of FROM read_first_structure_of(application));
COMMENT ON FUNCTION first_structure_of(uuid) IS 'Read by the version before, and dropped by the next one: read_first_structure_of says it.';

CREATE FUNCTION read_decisions_of(control uuid) RETURNS TABLE (decisions_of jsonb)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT (
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
END;
COMMENT ON FUNCTION read_decisions_of(uuid) IS 'The decisions on a negative result, as JSON: which one each takes the place of, whether it annuls it, and when it was made; in no order that says which one is in force.';
CREATE OR REPLACE FUNCTION decisions_of(control uuid) RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE
RETURN (SELECT decisions_of FROM read_decisions_of(control));
COMMENT ON FUNCTION decisions_of(uuid) IS 'Read by the version before, and dropped by the next one: read_decisions_of says it.';

CREATE FUNCTION read_certifications_of(diagnosis uuid) RETURNS TABLE (certifications_of jsonb)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT (
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
    );
END;
COMMENT ON FUNCTION read_certifications_of(uuid) IS 'The criteria of a diagnosis and what the State answered of each: when, null as long as it did not; and the days it certified, from a first one to the first one it no longer does: no day when it could not tell, an empty range when it certified none.';
CREATE OR REPLACE FUNCTION certifications_of(diagnosis uuid) RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE
RETURN (SELECT certifications_of FROM read_certifications_of(diagnosis));
COMMENT ON FUNCTION certifications_of(uuid) IS 'Read by the version before, and dropped by the next one: read_certifications_of says it.';

CREATE FUNCTION read_withdrawals_of(company uuid) RETURNS TABLE (withdrawals_of jsonb)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT (
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
END;
COMMENT ON FUNCTION read_withdrawals_of(uuid) IS 'Withdrawals of the right of an SIAE to prescribe to itself, by decisions in force, as JSON: first day, last day, none when it is permanent, and the control (domain: eligibility::Withdrawn; rule book 04 §1.16).';
CREATE OR REPLACE FUNCTION withdrawals_of(company uuid) RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE
RETURN (SELECT withdrawals_of FROM read_withdrawals_of(company));
COMMENT ON FUNCTION withdrawals_of(uuid) IS 'Read by the version before, and dropped by the next one: read_withdrawals_of says it.';

CREATE FUNCTION read_is_related(candidate uuid, organisation uuid) RETURNS TABLE (is_related boolean)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT EXISTS (SELECT FROM candidate_relations r WHERE r.organisation_id = organisation AND r.candidate_id = candidate)
        OR EXISTS (SELECT FROM candidates c WHERE c.id = candidate AND c.created_by_organisation = organisation)
        OR EXISTS (SELECT FROM applications a WHERE a.candidate_id = candidate AND a.company_id = organisation)
        OR EXISTS (SELECT FROM applications a WHERE a.candidate_id = candidate AND a.sender_organisation_id = organisation)
        OR EXISTS (SELECT FROM eligibility_diagnoses d WHERE d.candidate_id = candidate AND d.organisation_id = organisation);
END;
COMMENT ON FUNCTION read_is_related(uuid, uuid) IS 'A relation was recorded (look-up, creation, action), an application was sent or received, a diagnosis was made. A PASS comes with one of its applications. Never true for a null organisation.';
CREATE OR REPLACE FUNCTION is_related(candidate uuid, organisation uuid) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
RETURN (SELECT is_related FROM read_is_related(candidate, organisation));
COMMENT ON FUNCTION is_related(uuid, uuid) IS 'Read by the version before, and dropped by the next one: read_is_related says it.';

CREATE FUNCTION read_has_applied_for(candidate uuid, sender uuid) RETURNS TABLE (has_applied_for boolean)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT EXISTS (SELECT FROM applications a WHERE a.candidate_id = candidate AND a.sender_id = sender);
END;
COMMENT ON FUNCTION read_has_applied_for(uuid, uuid) IS 'Whether this professional sent an application for this person themselves (D30). Never true for a null sender.';
CREATE OR REPLACE FUNCTION has_applied_for(candidate uuid, sender uuid) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
RETURN (SELECT has_applied_for FROM read_has_applied_for(candidate, sender));
COMMENT ON FUNCTION has_applied_for(uuid, uuid) IS 'Read by the version before, and dropped by the next one: read_has_applied_for says it.';

CREATE FUNCTION read_has_acted_for(candidate uuid, organisation uuid) RETURNS TABLE (has_acted_for boolean)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT EXISTS (
               SELECT FROM candidate_relations r
               WHERE r.organisation_id = organisation AND r.candidate_id = candidate AND r.origin <> 'looked_up'
           )
        OR EXISTS (SELECT FROM candidates c WHERE c.id = candidate AND c.created_by_organisation = organisation)
        OR EXISTS (SELECT FROM applications a WHERE a.candidate_id = candidate AND a.company_id = organisation)
        OR EXISTS (SELECT FROM applications a WHERE a.candidate_id = candidate AND a.sender_organisation_id = organisation)
        OR EXISTS (SELECT FROM eligibility_diagnoses d WHERE d.candidate_id = candidate AND d.organisation_id = organisation);
END;
COMMENT ON FUNCTION read_has_acted_for(uuid, uuid) IS 'As is_related, but for a look-up alone: the organisation created the file, applied, received an application, made a diagnosis or hired.';
CREATE OR REPLACE FUNCTION has_acted_for(candidate uuid, organisation uuid) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
RETURN (SELECT has_acted_for FROM read_has_acted_for(candidate, organisation));
COMMENT ON FUNCTION has_acted_for(uuid, uuid) IS 'Read by the version before, and dropped by the next one: read_has_acted_for says it.';

CREATE FUNCTION read_file_opened_since(candidate uuid, actor uuid, organisation uuid, since timestamptz) RETURNS TABLE (file_opened_since boolean)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT EXISTS (
        SELECT
        FROM audit_events e
        WHERE e.subject_kind = 'candidate'
          AND e.subject_id = candidate
          AND e.at >= since
          AND e.action = 'candidate.file_opened'
          AND coalesce(e.impersonator_id, e.actor_id) = actor
          AND e.organisation_id IS NOT DISTINCT FROM organisation
    );
END;
COMMENT ON FUNCTION read_file_opened_since(uuid, uuid, uuid, timestamptz) IS 'D34: whether it is already kept that this reader, for this organisation, read who the person is.';
CREATE OR REPLACE FUNCTION file_opened_since(candidate uuid, actor uuid, organisation uuid, since timestamptz) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
RETURN (SELECT file_opened_since FROM read_file_opened_since(candidate, actor, organisation, since));
COMMENT ON FUNCTION file_opened_since(uuid, uuid, uuid, timestamptz) IS 'Read by the version before, and dropped by the next one: read_file_opened_since says it.';

CREATE FUNCTION read_commune_name_on(code text, day date) RETURNS TABLE (commune_name_on text)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT (
        SELECT name
        FROM commune_names
        WHERE insee_code = code
        ORDER BY coalesce(day >= begins_on, true) AND coalesce(day < ends_on, true) DESC, ends_on DESC NULLS FIRST
        LIMIT 1
    );
END;
COMMENT ON FUNCTION read_commune_name_on(text, date) IS 'What the commune of this code was called that day, or last; null for an unknown code.';
CREATE OR REPLACE FUNCTION commune_name_on(code text, day date) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
RETURN (SELECT commune_name_on FROM read_commune_name_on(code, day));
COMMENT ON FUNCTION commune_name_on(text, date) IS 'Read by the version before, and dropped by the next one: read_commune_name_on says it.';

CREATE FUNCTION read_heir_of(organisation uuid) RETURNS TABLE (heir_of uuid)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT (SELECT coalesce(o.replaced_by, o.id) FROM organisations o WHERE o.id = organisation);
END;
COMMENT ON FUNCTION read_heir_of(uuid) IS 'The organisation that answers for one today: itself, or the one that replaced it.';
CREATE OR REPLACE FUNCTION heir_of(organisation uuid) RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
RETURN (SELECT heir_of FROM read_heir_of(organisation));

CREATE FUNCTION read_inherited_by(organisation uuid) RETURNS TABLE (inherited_by uuid[])
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT (SELECT array_append(array_agg(o.id), organisation) FROM organisations o WHERE o.replaced_by = organisation);
END;
COMMENT ON FUNCTION read_inherited_by(uuid) IS 'An organisation and all those it replaced: those whose past it answers for.';
CREATE OR REPLACE FUNCTION inherited_by(organisation uuid) RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
RETURN (SELECT inherited_by FROM read_inherited_by(organisation));
COMMENT ON FUNCTION inherited_by(uuid) IS 'Read by the version before, and dropped by the next one: read_inherited_by says it.';
