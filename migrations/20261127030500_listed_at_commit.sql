-- The directory is derived at the end of each transaction that changes a source of it, company after company in the
-- order of their ids (ADR 15). Before, each row derived its company at once: a company was derived as often as a
-- statement touched its rows, and two transactions that touched many (an import, the scores) locked them in different
-- orders, which Postgres ends by cancelling one of them.

-- Companies the transactions under way will list before they commit. Nothing of it outlives a transaction.
CREATE UNLOGGED TABLE companies_to_list (
    transaction xid8 NOT NULL DEFAULT pg_current_xact_id(),
    company_id uuid NOT NULL,
    PRIMARY KEY (transaction, company_id)
);
COMMENT ON TABLE companies_to_list IS 'Companies that each transaction under way changed: derived as it commits, then forgotten.';

CREATE FUNCTION list_companies() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    companies uuid[];
    company uuid;
BEGIN
    WITH mine AS (
        DELETE FROM companies_to_list WHERE transaction = pg_current_xact_id() RETURNING company_id
    )
    SELECT array_agg(company_id ORDER BY company_id) INTO companies FROM mine;
    -- The first row lists them all: nothing is left for the next ones.
    FOREACH company IN ARRAY coalesce(companies, '{}') LOOP
        PERFORM derive_company(company);
        PERFORM list_company(company);
    END LOOP;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER companies_to_list_at_commit
    AFTER INSERT ON companies_to_list
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION list_companies();

CREATE FUNCTION list_at_commit(organisations uuid[]) RETURNS void
LANGUAGE sql AS $$
    INSERT INTO companies_to_list (company_id)
    SELECT organisation_id
    FROM companies
    WHERE organisation_id = ANY (organisations)
    ON CONFLICT DO NOTHING;
$$;
COMMENT ON FUNCTION list_at_commit(uuid[]) IS 'Has the companies among these organisations derived as the transaction commits, each once.';

-- What a post derives from elsewhere, said once for its trigger and for the task of the night.
CREATE FUNCTION derived_of_post(post job_descriptions)
RETURNS TABLE (latitude float8, longitude float8, label text, words text)
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT coalesce(p.latitude, o.latitude)
         , coalesce(p.longitude, o.longitude)
         , coalesce(nullif((post).custom_name, ''), a.label)
         , concat_ws(' ', nullif(folded((post).custom_name), ''), a.search, r.search, lower(r.code))
    FROM organisations o
    JOIN rome_appellations a ON a.code = (post).appellation_code
    JOIN rome_codes r ON r.code = a.rome_code
    LEFT JOIN communes p ON p.insee_code = (post).commune_code AND p.latitude IS NOT NULL
    WHERE o.id = (post).company_id;
END;

CREATE OR REPLACE FUNCTION derive_job_description() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    SELECT d.latitude, d.longitude, d.label, d.words
    INTO new.latitude, new.longitude, new.label, new.words
    FROM derived_of_post(new) d;
    IF NOT found THEN
        -- Its foreign keys refuse the row a moment later.
        new.label := '';
        new.words := '';
    END IF;
    RETURN new;
END $$;

-- Posts. What is shown on its card alone is not listed.
DROP TRIGGER job_descriptions_changed ON job_descriptions;
DROP FUNCTION job_description_changed();
CREATE FUNCTION job_description_changed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM list_at_commit(ARRAY[new.company_id, old.company_id]);
    RETURN NULL;
END $$;
CREATE TRIGGER job_descriptions_added
    AFTER INSERT OR DELETE ON job_descriptions
    FOR EACH ROW EXECUTE FUNCTION job_description_changed();
CREATE TRIGGER job_descriptions_changed
    AFTER UPDATE OF
        company_id, appellation_code, custom_name, commune_code, contract_type, other_contract, weekly_hours,
        open_positions, is_active, last_employer_update_at
    ON job_descriptions
    FOR EACH ROW WHEN (
        (old.company_id, old.appellation_code, old.label, old.words, old.commune_code, old.latitude, old.longitude,
         old.contract_type, old.other_contract, old.weekly_hours, old.open_positions, old.is_active,
         old.last_employer_update_at)
        IS DISTINCT FROM
        (new.company_id, new.appellation_code, new.label, new.words, new.commune_code, new.latitude, new.longitude,
         new.contract_type, new.other_contract, new.weekly_hours, new.open_positions, new.is_active,
         new.last_employer_update_at)
    )
    EXECUTE FUNCTION job_description_changed();

-- Members.
DROP TRIGGER memberships_changed ON memberships;
CREATE OR REPLACE FUNCTION membership_changed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM list_at_commit(ARRAY[new.organisation_id, old.organisation_id]);
    RETURN NULL;
END $$;
CREATE TRIGGER memberships_added
    AFTER INSERT OR DELETE ON memberships
    FOR EACH ROW EXECUTE FUNCTION membership_changed();
CREATE TRIGGER memberships_changed
    AFTER UPDATE OF organisation_id, is_active ON memberships
    FOR EACH ROW WHEN ((old.organisation_id, old.is_active) IS DISTINCT FROM (new.organisation_id, new.is_active))
    EXECUTE FUNCTION membership_changed();

-- Companies. Members and posts may be there before them.
DROP TRIGGER companies_created ON companies;
DROP TRIGGER companies_listed ON companies;
DROP FUNCTION company_created();
DROP FUNCTION company_listed();
CREATE FUNCTION company_changed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM list_at_commit(ARRAY[new.organisation_id]);
    RETURN NULL;
END $$;
CREATE TRIGGER companies_added
    AFTER INSERT ON companies
    FOR EACH ROW EXECUTE FUNCTION company_changed();
CREATE TRIGGER companies_changed
    AFTER UPDATE OF
        source, convention_id, is_searchable, block_applications_at, spontaneous_open_since, first_hours,
        weekly_hours, application_score, usual_answer_days
    ON companies
    FOR EACH ROW WHEN (
        (old.source, old.convention_id, old.is_searchable, old.block_applications_at, old.spontaneous_open_since,
         old.first_hours, old.weekly_hours, old.application_score, old.usual_answer_days)
        IS DISTINCT FROM
        (new.source, new.convention_id, new.is_searchable, new.block_applications_at, new.spontaneous_open_since,
         new.first_hours, new.weekly_hours, new.application_score, new.usual_answer_days)
    )
    EXECUTE FUNCTION company_changed();

DROP TRIGGER organisations_listed ON organisations;
DROP FUNCTION organisation_listed();
CREATE FUNCTION organisation_changed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM list_at_commit(ARRAY[new.id]);
    RETURN NULL;
END $$;
CREATE TRIGGER organisations_changed
    AFTER UPDATE OF
        kind, name, brand, address_line_1, post_code, city, department_code, latitude, longitude
    ON organisations
    FOR EACH ROW WHEN (
        new.family = 'company'
        AND (old.kind, old.name, old.brand, old.address_line_1, old.post_code, old.city, old.department_code,
             old.latitude, old.longitude)
            IS DISTINCT FROM
            (new.kind, new.name, new.brand, new.address_line_1, new.post_code, new.city, new.department_code,
             new.latitude, new.longitude)
    )
    EXECUTE FUNCTION organisation_changed();

DROP TRIGGER conventions_listed ON conventions;
DROP FUNCTION convention_listed();
CREATE FUNCTION convention_changed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM list_at_commit(array(SELECT organisation_id FROM companies WHERE convention_id = new.id));
    RETURN NULL;
END $$;
CREATE TRIGGER conventions_changed
    AFTER UPDATE OF is_active ON conventions
    FOR EACH ROW WHEN (old.is_active IS DISTINCT FROM new.is_active)
    EXECUTE FUNCTION convention_changed();

-- Communes and ROME: a post that derives nothing else still shows the town, or its employer the trade.
CREATE OR REPLACE FUNCTION commune_moved() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE job_descriptions SET commune_code = commune_code WHERE commune_code = new.insee_code;
    PERFORM list_at_commit(array(SELECT company_id FROM job_descriptions WHERE commune_code = new.insee_code));
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION appellation_renamed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE job_descriptions SET appellation_code = appellation_code WHERE appellation_code = new.code;
    PERFORM list_at_commit(array(SELECT company_id FROM job_descriptions WHERE appellation_code = new.code));
    RETURN NULL;
END $$;

-- An import changes rows in the order of its file: two at once could wait for each other.
CREATE FUNCTION take_turn_to_import() RETURNS void
LANGUAGE sql AS $$
    SELECT pg_advisory_xact_lock(hashtext('imports'));
$$;
COMMENT ON FUNCTION take_turn_to_import() IS 'Waits until no other transaction imports or derives everything again; holds until the end of this one.';

-- Everything again, for the task of the night: what an import changed in the very instant a post or a company that
-- uses it was written may not have reached it.
CREATE FUNCTION derive_again(companies uuid[]) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    mended bigint;
BEGIN
    PERFORM take_turn_to_import();
    UPDATE job_descriptions j
    SET company_id = j.company_id
    FROM (
        SELECT wrong.id
        FROM job_descriptions wrong
        CROSS JOIN LATERAL derived_of_post(wrong) d
        WHERE wrong.company_id = ANY (companies)
          AND (wrong.latitude, wrong.longitude, wrong.label, wrong.words)
              IS DISTINCT FROM (d.latitude, d.longitude, d.label, d.words)
        ORDER BY wrong.id
        FOR NO KEY UPDATE OF wrong
    ) found
    WHERE j.id = found.id;
    GET DIAGNOSTICS mended = ROW_COUNT;
    PERFORM list_at_commit(companies);
    RETURN mended;
END $$;
COMMENT ON FUNCTION derive_again(uuid[]) IS 'Derives companies and their posts anew, and answers how many posts were wrong.';
