//! The world of the tests grown to some three hundred and fifty thousand rows, as unequal as the country: a third of what is received
//! goes to the ACI, half of what is sent comes from the mission locale. Triggers derive what they derive anywhere.

use chrono::{DateTime, Utc};
use iae_app::applications::counts;
use iae_app::{Db, directory};

/// What is written, in this order; `$1` is when tests begin. Ids are those of rows by their rank, but for applications, which are as
/// old as their ids say.
const STATEMENTS: &[&str] = &[
    "INSERT INTO organisations (id, family, kind, siret, name, post_code, city, department_code, latitude, longitude,
                                created_at, updated_at)
     SELECT md5('company ' || n)::uuid, 'company', (ARRAY['ACI', 'AI', 'EI', 'ETTI'])[1 + n % 4],
            (60000000000000 + n)::text, 'Structure ' || n, '57000', 'Metz', CASE n % 3 WHEN 0 THEN '54' ELSE '57' END,
            48.5 + n % 100 / 100.0, 6 + n % 70 / 100.0, $1::timestamptz - interval '3 years',
            $1::timestamptz - interval '3 years'
     FROM generate_series(1, 600) n",
    "INSERT INTO companies (organisation_id, source, spontaneous_open_since)
     SELECT id, 'STAFF_CREATED', $1::timestamptz FROM organisations WHERE name LIKE 'Structure %'",
    "INSERT INTO organisations (id, family, kind, siret, name, post_code, city, department_code, latitude, longitude,
                                created_at, updated_at)
     SELECT md5('prescriber ' || n)::uuid, 'prescriber', 'PLIE', (61000000000000 + n)::text, 'Prescripteur ' || n,
            '57000', 'Metz', '57', 48.5 + n % 100 / 100.0, 6 + n % 70 / 100.0, $1::timestamptz - interval '3 years',
            $1::timestamptz - interval '3 years'
     FROM generate_series(1, 300) n",
    "INSERT INTO prescriber_organisations (organisation_id, kind, authorisation_status, authorisation_updated_at)
     SELECT id, kind, 'VALIDATED', $1::timestamptz FROM organisations WHERE name LIKE 'Prescripteur %'",
    "INSERT INTO job_descriptions (id, company_id, appellation_code, commune_code, contract_type, created_at,
                                   last_employer_update_at)
     SELECT md5('post ' || n || ' ' || k)::uuid, md5('company ' || n)::uuid, (ARRAY['17480', '16250'])[k], '57463',
            'FIXED_TERM_I', $1::timestamptz - interval '200 days', $1::timestamptz - interval '20 days'
     FROM generate_series(1, 600) n
     CROSS JOIN generate_series(1, 2) k",
    "INSERT INTO users (id, kind, email, first_name, last_name, created_at, welcomed_at)
     SELECT md5('professional ' || n)::uuid, 'professional', 'camille.' || n || '@prescripteurs.exemple.fr', 'Camille',
            'Lambert ' || n, $1::timestamptz - interval '3 years', $1::timestamptz - interval '3 years'
     FROM generate_series(1, 300) n",
    "INSERT INTO memberships (id, user_id, organisation_id, is_admin, joined_at, updated_at)
     SELECT md5('membership ' || n)::uuid, md5('professional ' || n)::uuid, md5('prescriber ' || n)::uuid, true,
            $1::timestamptz - interval '3 years', $1::timestamptz - interval '3 years'
     FROM generate_series(1, 300) n",
    // No organisation of the country has more members than the ACI here.
    "INSERT INTO users (id, kind, email, first_name, last_name, created_at, welcomed_at)
     SELECT md5('colleague ' || n)::uuid, 'professional', 'sacha.' || n || '@structures.exemple.fr', 'Sacha',
            'Lefebvre ' || n, $1::timestamptz - interval '2 years', $1::timestamptz - interval '2 years'
     FROM generate_series(1, 5000) n",
    "INSERT INTO memberships (id, user_id, organisation_id, joined_at, updated_at)
     SELECT md5('colleague at work ' || n)::uuid, md5('colleague ' || n)::uuid,
            CASE WHEN n <= 90 THEN (SELECT id FROM organisations WHERE siret = '38012345600011')
                 ELSE md5('prescriber ' || (1 + n % 300))::uuid END,
            $1::timestamptz - interval '2 years' + n * interval '1 minute', $1::timestamptz - interval '2 years'
     FROM generate_series(1, 5000) n",
    "INSERT INTO invitations (id, organisation_id, sender_id, email, first_name, last_name, token, created_at, sent_at,
                              expires_at)
     SELECT md5('invitation ' || n)::uuid, md5('prescriber ' || (1 + n % 300))::uuid,
            md5('professional ' || (1 + n % 300))::uuid, 'lou.' || n || '@prescripteurs.exemple.fr', 'Lou', 'Mercier ' || n,
            md5('token ' || n), told.at, told.at, told.at + interval '14 days'
     FROM (
         SELECT n, $1::timestamptz - n * interval '1 hour' AS at FROM generate_series(1, 5000) n
     ) told",
    "INSERT INTO users (id, kind, email, first_name, last_name, created_at)
     SELECT md5('person ' || n)::uuid, 'job_seeker', 'personne.' || n || '@exemple.fr', 'Dominique',
            (ARRAY['Durand', 'Martin', 'Bernard', 'Petit', 'Moreau', 'Garcia', 'Roux', 'Fontaine'])[1 + n % 8] || ' ' || n,
            $1::timestamptz - interval '3 years'
     FROM generate_series(1, 25000) n",
    "INSERT INTO candidates (id, birth_date, address_line_1, post_code, city, commune_code, department_code, created_by,
                             created_by_organisation, created_at, updated_at, last_checked_at, search)
     SELECT u.id, DATE '1970-01-01' + n % 12000, '1 rue des Tanneurs', '57000', 'Metz', '57463', '57',
            CASE n % 3 WHEN 0 THEN (SELECT id FROM users WHERE email = 'paul.hoffmann@ml.exemple.fr') END,
            CASE n % 3 WHEN 0 THEN (SELECT id FROM organisations WHERE siret = '42012345600015') END,
            u.created_at, $1::timestamptz - interval '1 year', $1::timestamptz - interval '1 year',
            folded(u.last_name || ' ' || u.first_name)
     FROM generate_series(1, 25000) n
     JOIN users u ON u.id = md5('person ' || n)::uuid",
    // Every other hire rests on a diagnosis of the company itself.
    "INSERT INTO eligibility_diagnoses (id, candidate_id, author_id, author_kind, organisation_id, created_at, expires_on)
     SELECT md5('diagnosis ' || n)::uuid, md5('person ' || n)::uuid,
            (SELECT id FROM users WHERE email = 'paul.hoffmann@ml.exemple.fr'),
            CASE n % 2 WHEN 0 THEN 'employer' ELSE 'prescriber' END,
            CASE
                WHEN n % 2 = 1 THEN (SELECT id FROM organisations WHERE siret = '42012345600015')
                WHEN n % 3 = 0 THEN (SELECT id FROM organisations WHERE siret = '38012345600011')
                ELSE md5('company ' || (1 + n % 600))::uuid
            END,
            told.at, (told.at)::date + 730
     FROM (
         SELECT n, $1::timestamptz - n % 700 * interval '1 day' - interval '5 days' AS at FROM generate_series(1, 10000) n
     ) told",
    "INSERT INTO diagnosis_criteria (diagnosis_id, criterion_code)
     SELECT d.id, 'RSA' FROM eligibility_diagnoses d WHERE d.created_at < $1::timestamptz AND left(d.id::text, 1) < '8'",
    "INSERT INTO passes (id, number, candidate_id, starts_on, ends_on, diagnosis_id, origin_siret, origin_company_kind,
                         origin_sender_kind, origin_prescriber_kind, created_at, updated_at)
     SELECT md5('pass ' || n)::uuid, '99999' || lpad(n::text, 7, '0'), md5('person ' || n)::uuid, told.day, told.day + 729,
            md5('diagnosis ' || n)::uuid, '38012345600011', 'ACI', 'prescriber', 'ML', (told.day)::timestamptz,
            (told.day)::timestamptz
     FROM (
         SELECT n, ($1::timestamptz - n % 700 * interval '1 day')::date AS day FROM generate_series(1, 10000) n
     ) told",
    "INSERT INTO applications (id, candidate_id, company_id, sender_id, sender_kind, sender_organisation_id, state,
                               submitted_at, updated_at, processed_at, message, hiring_starts_on, diagnosis_id, pass_id,
                               pass_delivery)
     SELECT (lpad(to_hex((extract(epoch FROM told.at) * 1000)::bigint), 12, '0')
                 || '7' || substr(told.drawn, 1, 3) || '8' || substr(told.drawn, 4, 15))::uuid,
            md5('person ' || n)::uuid,
            CASE n % 3
                WHEN 0 THEN (SELECT id FROM organisations WHERE siret = '38012345600011')
                ELSE md5('company ' || (1 + n % 600))::uuid
            END,
            CASE
                WHEN n % 4 < 2 THEN (SELECT id FROM users WHERE email = 'paul.hoffmann@ml.exemple.fr')
                ELSE md5('professional ' || (1 + n % 300))::uuid
            END,
            'prescriber',
            CASE
                WHEN n % 4 < 2 THEN (SELECT id FROM organisations WHERE siret = '42012345600015')
                ELSE md5('prescriber ' || (1 + n % 300))::uuid
            END,
            'accepted', told.at, told.at + interval '4 days', told.at + interval '4 days', 'Bonjour.',
            (told.at)::date + 5, md5('diagnosis ' || n)::uuid, md5('pass ' || n)::uuid, 'automatic'
     FROM (
         SELECT n
              , $1::timestamptz - n % 700 * interval '1 day' - interval '5 days' AS at
              , md5('application ' || n) AS drawn
         FROM generate_series(1, 10000) n
     ) told",
    "INSERT INTO applications (id, candidate_id, company_id, sender_id, sender_kind, sender_organisation_id, state,
                               submitted_at, updated_at, processed_at, message, refusal_reason)
     SELECT (lpad(to_hex((extract(epoch FROM told.at) * 1000)::bigint), 12, '0')
                 || '7' || substr(told.drawn, 1, 3) || '8' || substr(told.drawn, 4, 15))::uuid,
            told.person,
            CASE n % 3
                WHEN 0 THEN (SELECT id FROM organisations WHERE siret = '38012345600011')
                ELSE md5('company ' || (1 + n % 600))::uuid
            END,
            CASE
                WHEN n % 5 = 0 THEN told.person
                WHEN n % 4 = 0 THEN (SELECT id FROM users WHERE email = 'paul.hoffmann@ml.exemple.fr')
                WHEN n % 4 = 2 THEN (SELECT id FROM users WHERE email = 'perrine.weber@ml.exemple.fr')
                ELSE md5('professional ' || (1 + n % 300))::uuid
            END,
            CASE n % 5 WHEN 0 THEN 'job_seeker' ELSE 'prescriber' END,
            CASE
                WHEN n % 5 = 0 THEN NULL
                WHEN n % 2 = 0 THEN (SELECT id FROM organisations WHERE siret = '42012345600015')
                ELSE md5('prescriber ' || (1 + n % 300))::uuid
            END,
            told.state, told.at, told.at + interval '1 hour',
            CASE WHEN told.state IN ('refused', 'cancelled', 'obsolete') THEN told.at + interval '1 hour' END, 'Bonjour.',
            CASE told.state WHEN 'refused' THEN 'no_position' END
     FROM (
         SELECT n
              , md5('person ' || (1 + n * 7 % 25000))::uuid AS person
              , $1::timestamptz - interval '2 hours' - n % 700 * interval '1 day' - n % 40000 * interval '1 second' AS at
              , (ARRAY['new', 'processing', 'postponed', 'pool', 'refused', 'cancelled', 'obsolete', 'refused'])
                    [1 + n / 7 % 8] AS state
              , md5('application ' || n) AS drawn
         FROM generate_series(10001, 40000) n
     ) told",
    // What the ACI sent to other companies.
    "INSERT INTO applications (id, candidate_id, company_id, sender_id, sender_kind, sender_organisation_id, state,
                               submitted_at, updated_at, message)
     SELECT (lpad(to_hex((extract(epoch FROM told.at) * 1000)::bigint), 12, '0')
                 || '7' || substr(told.drawn, 1, 3) || '8' || substr(told.drawn, 4, 15))::uuid,
            md5('person ' || (1 + n * 11 % 25000))::uuid, md5('company ' || (1 + n % 600))::uuid, emile.id, 'employer',
            aci.id, 'new', told.at, told.at, 'Bonjour.'
     FROM (
         SELECT n
              , $1::timestamptz - interval '3 hours' - n % 700 * interval '1 day' - n % 40000 * interval '1 second' AS at
              , md5('application ' || n) AS drawn
         FROM generate_series(40001, 43000) n
     ) told
     JOIN users emile ON emile.email = 'emile.schmitt@jardins.exemple.fr'
     JOIN organisations aci ON aci.siret = '38012345600011'",
    "INSERT INTO application_transitions (id, application_id, at, from_state, to_state, user_id)
     SELECT md5('transition ' || a.id)::uuid, a.id, a.submitted_at, NULL, 'new', a.sender_id
     FROM applications a
     WHERE a.submitted_at < $1::timestamptz",
    "INSERT INTO candidate_relations (candidate_id, organisation_id, user_id, origin, created_at, last_action_at)
     SELECT a.candidate_id, a.sender_organisation_id, a.sender_id, 'applied', min(a.submitted_at), max(a.submitted_at)
     FROM applications a
     WHERE a.sender_kind = 'prescriber' AND a.submitted_at < $1::timestamptz
     GROUP BY a.candidate_id, a.sender_organisation_id, a.sender_id",
    "INSERT INTO audit_events (id, at, actor_kind, actor_id, organisation_id, action, subject_kind, subject_id, payload,
                               request_id)
     SELECT md5('event ' || a.id)::uuid, a.submitted_at, 'prescriber', a.sender_id, a.sender_organisation_id,
            'application.submitted', 'application', a.id, '{}'::jsonb, md5('request ' || a.id)::uuid
     FROM applications a
     WHERE a.sender_kind = 'prescriber' AND a.submitted_at < $1::timestamptz",
    // The mission locale opens its files: its own log.
    "INSERT INTO audit_events (id, at, actor_kind, actor_id, organisation_id, action, subject_kind, subject_id, payload,
                               request_id)
     SELECT md5('opening ' || r.candidate_id || r.user_id)::uuid, r.last_action_at, 'prescriber', r.user_id,
            r.organisation_id, 'candidate.file_opened', 'candidate', r.candidate_id, '{}'::jsonb,
            md5('opened by ' || r.candidate_id || r.user_id)::uuid
     FROM candidate_relations r
     WHERE r.last_action_at < $1::timestamptz
       AND r.organisation_id = (SELECT id FROM organisations WHERE siret = '42012345600015')",
    "INSERT INTO emails (id, kind, recipient, subject, text_body, html_body, about_kind, about_id, status, attempts,
                         created_at, sent_at)
     SELECT md5('mail ' || a.id)::uuid, 'application_received', 'direction@exemple.fr', 'Nouvelle candidature', 'Bonjour.',
            '<p>Bonjour.</p>', 'application', a.id, 'sent', 1, a.submitted_at, a.submitted_at
     FROM applications a
     WHERE a.submitted_at < $1::timestamptz",
    // What the end of a PASS is the sum of is written with it.
    "WITH suspended AS (
         UPDATE passes p
         SET ends_on = p.ends_on + 29
           , updated_at = $1::timestamptz - interval '1 day'
         FROM generate_series(1, 10000) n
         WHERE p.id = md5('pass ' || n)::uuid AND n % 700 >= 100
         RETURNING p.id
                 , p.starts_on
     )
     INSERT INTO suspensions (id, pass_id, starts_on, ends_on, reason, organisation_id, created_by, created_at, updated_at)
     SELECT md5('suspension ' || s.id)::uuid, s.id, s.starts_on + 30, s.starts_on + 59, 'contract_suspended', a.company_id,
            (SELECT id FROM users WHERE email = 'emile.schmitt@jardins.exemple.fr'), (s.starts_on + 30)::timestamptz,
            (s.starts_on + 30)::timestamptz
     FROM suspended s
     JOIN applications a ON a.pass_id = s.id AND a.state = 'accepted'",
    "INSERT INTO prolongation_requests (id, pass_id, reason, starts_on, ends_on, company_id, declared_by, condition_declared,
                                        review_done, review_obstacles, review_planned, wants_interview,
                                        prescriber_organisation_id, assignee_id, state, created_at, processed_by,
                                        processed_at)
     SELECT md5('prolongation request ' || n)::uuid, p.id, 'particular_difficulties', p.ends_on, p.ends_on + 90, a.company_id,
            (SELECT id FROM users WHERE email = 'emile.schmitt@jardins.exemple.fr'), true, 'Un suivi chaque mois.',
            'Le logement.', 'Une formation.', false, ml.id, paul.id, CASE n % 2 WHEN 0 THEN 'granted' ELSE 'pending' END,
            told.at, CASE n % 2 WHEN 0 THEN paul.id END, CASE n % 2 WHEN 0 THEN told.at + interval '2 days' END
     FROM (
         SELECT n, $1::timestamptz - interval '3 days' - n * interval '20 minutes' AS at FROM generate_series(1, 10000) n
     ) told
     JOIN passes p ON p.id = md5('pass ' || n)::uuid
     JOIN applications a ON a.pass_id = p.id AND a.state = 'accepted'
     JOIN organisations ml ON ml.siret = '42012345600015'
     JOIN users paul ON paul.email = 'paul.hoffmann@ml.exemple.fr'",
    "WITH prolonged AS (
         UPDATE passes p
         SET ends_on = r.ends_on
         FROM prolongation_requests r
         WHERE r.pass_id = p.id AND r.state = 'granted' AND r.created_at < $1::timestamptz
         RETURNING r.id
     )
     INSERT INTO prolongations (id, pass_id, starts_on, ends_on, reason, company_id, declared_by, condition_declared,
                                request_id, validated_by, prescriber_organisation_id, created_at)
     SELECT md5('prolongation ' || r.id)::uuid, r.pass_id, r.starts_on, r.ends_on, r.reason, r.company_id, r.declared_by,
            true, r.id, r.processed_by, r.prescriber_organisation_id, r.processed_at
     FROM prolonged granted
     JOIN prolongation_requests r ON r.id = granted.id",
];

/// Writes it all, then does what tasks do in time.
pub(crate) async fn grow(db: &Db, now: DateTime<Utc>) {
    let mut connection = db.acquire().await.unwrap();
    for statement in STATEMENTS {
        let written = sqlx::query(*statement).bind(now).execute(&mut *connection).await;
        written.unwrap_or_else(|error| panic!("{error}: {statement}"));
    }
    counts::fold(db).await.expect("the applications of each state are counted");
    directory::store::count_figures(db, now).await.expect("the figures of the home page are counted");
    sqlx::query("VACUUM (ANALYZE)").execute(&mut *connection).await.unwrap();
}
