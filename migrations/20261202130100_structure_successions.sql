-- What becomes of a structure: another SIRET, a merger into another one, a part of it that leaves (rule book 05, C13).

CREATE TABLE structure_successions (
    id uuid PRIMARY KEY,
    kind text NOT NULL CONSTRAINT structure_successions_kind_check CHECK (kind IN ('siret_change', 'merger', 'split')),
    source_id uuid NOT NULL CONSTRAINT structure_successions_source_id_fkey REFERENCES organisations (id),
    target_id uuid NOT NULL CONSTRAINT structure_successions_target_id_fkey REFERENCES organisations (id),
    effective_on date NOT NULL,
    source_siret text CONSTRAINT structure_successions_source_siret_check CHECK (source_siret ~ '^[0-9]{14}$'),
    target_siret text CONSTRAINT structure_successions_target_siret_check CHECK (target_siret ~ '^[0-9]{14}$'),
    counts jsonb NOT NULL CONSTRAINT structure_successions_counts_check CHECK (jsonb_typeof(counts) = 'array'),
    remark text NOT NULL CONSTRAINT structure_successions_remark_check CHECK (char_length(remark) BETWEEN 1 AND 500),
    decided_by uuid NOT NULL CONSTRAINT structure_successions_decided_by_fkey REFERENCES users (id),
    decided_at timestamptz NOT NULL,
    CONSTRAINT structure_successions_parties_check CHECK ((source_id = target_id) = (kind = 'siret_change'))
);
COMMENT ON TABLE structure_successions IS 'What became of structures, and who decided: changes of SIRET, mergers, splits. Never changed.';
COMMENT ON COLUMN structure_successions.target_id IS 'What it became, or what took a part of it; itself, when only its SIRET changed.';
COMMENT ON COLUMN structure_successions.effective_on IS 'The day it took effect, never after the day it was decided.';
COMMENT ON COLUMN structure_successions.source_siret IS 'Its SIRET just before.';
COMMENT ON COLUMN structure_successions.target_siret IS 'The SIRET of what it became.';
COMMENT ON COLUMN structure_successions.counts IS 'What moved, in words, with how many moved and how many stayed.';
COMMENT ON COLUMN structure_successions.remark IS 'What the support wrote of it (STF-2).';
-- A structure is merged once.
CREATE UNIQUE INDEX structure_successions_merger_key ON structure_successions (source_id) WHERE kind = 'merger';
CREATE INDEX structure_successions_source_idx ON structure_successions (source_id, decided_at DESC);
CREATE INDEX structure_successions_target_idx ON structure_successions (target_id, decided_at DESC);
CREATE INDEX structure_successions_decided_by_idx ON structure_successions (decided_by);
CREATE TRIGGER structure_successions_append_only BEFORE UPDATE OR DELETE ON structure_successions
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE moved_applications (
    application_id uuid NOT NULL CONSTRAINT moved_applications_application_id_fkey REFERENCES applications (id) ON DELETE CASCADE,
    succession_id uuid NOT NULL CONSTRAINT moved_applications_succession_id_fkey REFERENCES structure_successions (id),
    PRIMARY KEY (application_id, succession_id)
);
COMMENT ON TABLE moved_applications IS 'Applications that a merger or a split gave to another structure: a hire keeps saying where it took place.';
CREATE INDEX moved_applications_succession_idx ON moved_applications (succession_id);

-- Who answers for a structure today, and what it answers for: organisations.replaced_by leads to one that is open.
CREATE FUNCTION heir_of(organisation uuid) RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE
RETURN (SELECT coalesce(o.replaced_by, o.id) FROM organisations o WHERE o.id = organisation);
COMMENT ON FUNCTION heir_of(uuid) IS 'The organisation that answers for one today: itself, or the one that replaced it.';

CREATE FUNCTION inherited_by(organisation uuid) RETURNS uuid[]
LANGUAGE sql STABLE PARALLEL SAFE
RETURN (SELECT array_append(array_agg(o.id), organisation) FROM organisations o WHERE o.replaced_by = organisation);
COMMENT ON FUNCTION inherited_by(uuid) IS 'An organisation and all those it replaced: those whose past it answers for.';

-- Whoever has this SIRET, or had it: what was merged is found as what it became.
CREATE FUNCTION organisations_of_siret(asked text) RETURNS uuid[]
LANGUAGE sql STABLE PARALLEL SAFE
RETURN (
    SELECT coalesce(array_agg(DISTINCT heir_of(h.organisation_id)), '{}')
    FROM organisation_sirets h
    WHERE h.siret = asked
);
COMMENT ON FUNCTION organisations_of_siret(text) IS 'Organisations that have this SIRET, or had it; what they were merged into, in their place.';

-- Where a hire took place, and what the structure became since: read by the page of a PASS and by that of an application.
CREATE FUNCTION first_structure_of(application uuid) RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE
RETURN (
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
COMMENT ON FUNCTION first_structure_of(uuid) IS 'The structure an application was first made to, when a merger or a split gave it to another one, as JSON.';

-- Whoever writes for an organisation, or to it, while it is merged is asked to try again, and reads what it became: nothing is left behind
-- with one that is closed. The reference to it was waited for just before: this statement sees what was decided meanwhile.
CREATE FUNCTION refuse_of_merged() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    named uuid[];
BEGIN
    CASE TG_TABLE_NAME
        WHEN 'applications' THEN named := ARRAY[new.company_id, new.sender_organisation_id];
        WHEN 'prolongation_requests' THEN named := ARRAY[new.company_id, new.prescriber_organisation_id];
        WHEN 'job_descriptions' THEN named := ARRAY[new.company_id];
        ELSE named := ARRAY[new.organisation_id];
    END CASE;
    IF EXISTS (SELECT FROM organisations o WHERE o.id = ANY (named) AND o.replaced_by IS NOT NULL) THEN
        RAISE EXCEPTION 'an organisation that % names is merged into another one', TG_TABLE_NAME
            USING ERRCODE = 'serialization_failure';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION refuse_of_merged() IS 'Refuses what comes to an organisation once another one took its place.';
CREATE TRIGGER applications_refuse_merged AFTER INSERT ON applications
    FOR EACH ROW EXECUTE FUNCTION refuse_of_merged();
CREATE TRIGGER eligibility_diagnoses_refuse_merged AFTER INSERT ON eligibility_diagnoses
    FOR EACH ROW EXECUTE FUNCTION refuse_of_merged();
CREATE TRIGGER candidate_relations_refuse_merged AFTER INSERT ON candidate_relations
    FOR EACH ROW EXECUTE FUNCTION refuse_of_merged();
CREATE TRIGGER prolongation_requests_refuse_merged AFTER INSERT ON prolongation_requests
    FOR EACH ROW EXECUTE FUNCTION refuse_of_merged();
CREATE TRIGGER job_descriptions_refuse_merged AFTER INSERT ON job_descriptions
    FOR EACH ROW EXECUTE FUNCTION refuse_of_merged();

-- What leaves with posts: hires on them, and what is not hired yet and for none but them. What was for others too stays.
CREATE FUNCTION applications_of_posts(company uuid, posts uuid[]) RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT a.id
    FROM applications a
    WHERE a.company_id = company
      AND CASE
              WHEN a.hired_job_id IS NOT NULL THEN a.hired_job_id = ANY (posts)
              ELSE EXISTS (SELECT FROM application_jobs j WHERE j.application_id = a.id)
                  AND NOT EXISTS (
                      SELECT FROM application_jobs j WHERE j.application_id = a.id AND j.job_description_id <> ALL (posts)
                  )
          END;
END;
COMMENT ON FUNCTION applications_of_posts(uuid, uuid[]) IS 'Applications that follow these posts when a company is split (domain: organisations::succession).';

-- The one definition of an active company (rule book 01 §3.4), as before; one that was replaced has expired, whatever its convention.
CREATE OR REPLACE VIEW company_activity AS
SELECT c.organisation_id
     , CASE
           WHEN o.closed_at IS NOT NULL THEN NULL
           WHEN o.kind = 'GEIQ' OR (o.kind = 'OPCS' AND c.is_searchable) OR c.source = 'STAFF_CREATED' OR v.is_active
               THEN 'infinity'::timestamptz
           ELSE v.deactivated_at + interval '30 days'
       END AS active_until
FROM companies c
JOIN organisations o ON o.id = c.organisation_id
LEFT JOIN conventions v ON v.id = c.convention_id;
