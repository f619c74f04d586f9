//! What each derived thing is, told in another way than the triggers do.

use iae_tests::TestApp;

/// Rows of each derived thing that differ from their definition.
const DIFFERENCES: &[(&str, &str)] = &[
    (
        "members and posts of companies",
        "SELECT count(*) FROM companies c
         WHERE c.has_members <> (c.organisation_id IN (SELECT organisation_id FROM memberships WHERE is_active))
            OR c.open_jobs <> (SELECT count(*) FROM job_descriptions j
                               WHERE j.company_id = c.organisation_id AND j.is_active)
            OR c.job_words <> coalesce((SELECT string_agg(j.words, ' ' ORDER BY j.id) FROM job_descriptions j
                                        WHERE j.company_id = c.organisation_id AND j.is_active), '')",
    ),
    (
        "places of posts",
        "SELECT count(*) FROM job_descriptions j
         JOIN organisations o ON o.id = j.company_id
         LEFT JOIN communes p ON p.insee_code = j.commune_code
         WHERE (j.latitude, j.longitude)
               IS DISTINCT FROM (coalesce(p.latitude, o.latitude), coalesce(p.longitude, o.longitude))",
    ),
    (
        "names of posts",
        "SELECT count(*) FROM job_descriptions j
         JOIN rome_appellations a ON a.code = j.appellation_code
         WHERE j.label <> CASE j.custom_name WHEN '' THEN a.label ELSE j.custom_name END",
    ),
    (
        "words of posts",
        "SELECT count(*) FROM job_descriptions j
         JOIN rome_appellations a ON a.code = j.appellation_code
         JOIN rome_codes r ON r.code = a.rome_code
         WHERE NOT j.words LIKE ALL (ARRAY[folded(j.custom_name) || '%', '%' || folded(a.label) || '%',
                                           '%' || folded(r.label) || '%', '%' || lower(r.code)])",
    ),
    (
        "employers of the directory",
        "SELECT count(*) FROM (
             (TABLE employers_to_list EXCEPT TABLE directory_employers)
             UNION ALL (TABLE directory_employers EXCEPT TABLE employers_to_list)) differing",
    ),
    (
        "posts of the directory",
        "SELECT count(*) FROM (
             (TABLE jobs_to_list EXCEPT TABLE directory_jobs)
             UNION ALL (TABLE directory_jobs EXCEPT TABLE jobs_to_list)) differing",
    ),
    (
        "the SIRET of today in the history of each open organisation",
        "SELECT count(*) FROM organisations o
         LEFT JOIN organisation_sirets h ON h.organisation_id = o.id AND upper_inf(h.held)
         WHERE CASE WHEN o.closed_at IS NULL THEN o.siret END IS DISTINCT FROM h.siret",
    ),
    (
        "hires an SIAE prescribed to itself",
        "SELECT count(*) FROM applications a
         LEFT JOIN eligibility_diagnoses d ON d.id = a.diagnosis_id
         WHERE a.self_prescribed <> (a.state = 'accepted' AND coalesce(d.author_kind = 'employer', false))",
    ),
    (
        "what is odd in them",
        "SELECT count(*) FROM applications a
         LEFT JOIN eligibility_diagnoses d ON d.id = a.diagnosis_id
         JOIN organisations o ON o.id = a.company_id
         JOIN candidates c ON c.id = a.candidate_id
         CROSS JOIN LATERAL (
             SELECT array_agg(dc.criterion_code) AS codes
                  , coalesce(sum(CASE e.level WHEN 1 THEN 10 ELSE 1 END), 0) AS weight
             FROM diagnosis_criteria dc JOIN eligibility_criteria e ON e.code = dc.criterion_code
             WHERE dc.diagnosis_id = d.id) declared
         CROSS JOIN LATERAL (
             SELECT extract(year FROM age((d.created_at AT TIME ZONE 'Europe/Paris')::date, c.birth_date)) AS years) made
         WHERE a.anomalies IS DISTINCT FROM array_remove(ARRAY[
             CASE WHEN a.self_prescribed AND declared.weight < CASE WHEN o.kind IN ('AI', 'ETTI') THEN 2 ELSE 3 END
                  THEN 'criteria' END,
             CASE WHEN a.self_prescribed
                   AND ('SENIOR' = ANY (declared.codes) AND made.years < 50
                        OR 'JEUNE' = ANY (declared.codes) AND made.years >= 26)
                  THEN 'age' END,
             CASE WHEN a.self_prescribed AND a.pass_id IS NULL THEN 'no_pass' END], NULL)",
    ),
    (
        "départements of those hires",
        "SELECT count(*) FROM applications a JOIN organisations o ON o.id = a.company_id
         WHERE a.self_prescribed_department IS DISTINCT FROM CASE WHEN a.self_prescribed THEN o.department_code END",
    ),
    (
        "SIAE that prescribe to themselves",
        "WITH told AS (
             SELECT a.company_id
                  , o.department_code
                  , count(*) AS hires
                  , sum(least(cardinality(a.anomalies), 1)) AS anomalies
                  , max(a.processed_at) AS last_accepted_at
             FROM applications a
             JOIN organisations o ON o.id = a.company_id
             JOIN eligibility_diagnoses d ON d.id = a.diagnosis_id
             WHERE a.state = 'accepted' AND d.author_kind = 'employer'
             GROUP BY a.company_id, o.department_code
         ), listed AS (
             SELECT company_id, department_code, hires, anomalies, last_accepted_at FROM self_prescribers WHERE hires > 0
         )
         SELECT count(*) FROM ((TABLE told EXCEPT TABLE listed) UNION ALL (TABLE listed EXCEPT TABLE told)) differing",
    ),
    (
        "names of applications",
        "SELECT count(*) FROM applications a JOIN candidates c ON c.id = a.candidate_id
         WHERE a.candidate_search <> c.search",
    ),
    (
        "names of whom one accompanies",
        "SELECT count(*) FROM candidate_relations r JOIN candidates c ON c.id = r.candidate_id
         WHERE r.candidate_search <> c.search",
    ),
    (
        "people an organisation accompanies",
        "WITH told AS (
             SELECT DISTINCT ON (r.organisation_id, r.candidate_id)
                    r.organisation_id
                  , r.candidate_id
                  , r.last_action_at
                  , c.search
             FROM candidate_relations r
             JOIN candidates c ON c.id = r.candidate_id
             ORDER BY r.organisation_id, r.candidate_id, r.last_action_at DESC
         ), listed AS (
             SELECT organisation_id, candidate_id, last_action_at, candidate_search FROM followed_people
         )
         SELECT count(*) FROM ((TABLE told EXCEPT TABLE listed) UNION ALL (TABLE listed EXCEPT TABLE told)) differing",
    ),
    (
        "applications of each state, whenever they are read",
        "WITH since AS (
             SELECT a.submitted_at AS at FROM applications a
             UNION
             SELECT timestamptz '2020-01-15 12:00:00+00'
         ), told AS (
             SELECT a.company_id, s.at, a.state, count(*) AS counted
             FROM applications a
             CROSS JOIN since s
             WHERE company_sees(a.company_id, a, s.at)
             GROUP BY a.company_id, s.at, a.state
             UNION ALL
             SELECT a.sender_organisation_id, NULL, a.state, count(*)
             FROM applications a
             WHERE prescriber_sent(a.sender_organisation_id, a)
             GROUP BY a.sender_organisation_id, a.state
         ), listed AS (
             SELECT o.id, s.at, r.state, r.counted
             FROM organisations o
             CROSS JOIN since s
             CROSS JOIN LATERAL read_received_states(o.id, s.at) r
             UNION ALL
             SELECT o.id, NULL, r.state, r.counted
             FROM organisations o
             CROSS JOIN LATERAL read_sent_states(o.id) r
         )
         SELECT count(*) FROM ((TABLE told EXCEPT TABLE listed) UNION ALL (TABLE listed EXCEPT TABLE told)) differing",
    ),
    (
        "PASS a company hired under",
        "SELECT count(*) FROM (
             (SELECT DISTINCT a.company_id, a.pass_id, p.ends_on
              FROM applications a JOIN passes p ON p.id = a.pass_id WHERE a.state = 'accepted'
              EXCEPT SELECT company_id, pass_id, ends_on FROM hired_passes)
             UNION ALL
             (SELECT company_id, pass_id, ends_on FROM hired_passes
              EXCEPT SELECT a.company_id, a.pass_id, p.ends_on
              FROM applications a JOIN passes p ON p.id = a.pass_id WHERE a.state = 'accepted')) differing",
    ),
    (
        "départements of applications",
        "SELECT count(*) FROM applications a JOIN candidates c ON c.id = a.candidate_id
         WHERE NOT EXISTS (SELECT FROM application_departments d
                           WHERE (d.organisation_id, d.direction) = (a.company_id, 'received')
                             AND d.department_code = c.department_code)
            OR a.sender_organisation_id IS NOT NULL
               AND NOT EXISTS (SELECT FROM application_departments d
                               WHERE (d.organisation_id, d.direction) = (a.sender_organisation_id, 'sent')
                                 AND d.department_code = c.department_code)",
    ),
];

/// Every derived thing is what it is defined as.
pub(super) async fn agree(app: &TestApp, after: &str) {
    for (what, differing) in DIFFERENCES {
        let differing: i64 = sqlx::query_scalar(*differing).fetch_one(app.db()).await.unwrap();
        assert_eq!(differing, 0, "{what} after {after}");
    }
}
