//! What must be true of a base once it is loaded, beyond what its constraints already say.

use iae_app::Db;

/// Each rule, and the SQL that counts what breaks it.
const RULES: &[(&str, &str)] = &[
    (
        "ACC-33: a hire by an SIAE has a PASS or waits for a manual delivery, another company's has none",
        "SELECT count(*) FROM applications a JOIN organisations o ON o.id = a.company_id
         WHERE a.state = 'accepted' AND (a.pass_delivery IS NOT NULL) <> (o.kind NOT IN ('GEIQ', 'OPCS'))",
    ),
    (
        "a PASS starts with the first contract that rests on it (rule book 03 §4.3)",
        "SELECT count(*) FROM passes p JOIN (
             SELECT pass_id, min(hiring_starts_on) AS first FROM applications WHERE pass_id IS NOT NULL GROUP BY pass_id
         ) h ON h.pass_id = p.id WHERE h.first <> p.starts_on",
    ),
    (
        "a PASS lasts 730 days, what was suspended and what was prolonged, or until it is closed (rule book 03 §4.3, §4.9, §4.13)",
        "SELECT count(*) FROM passes p WHERE p.ends_on <> coalesce(
             p.closed_on,
             p.starts_on + 729
                 + (SELECT coalesce(sum(s.ends_on - s.starts_on), 0) FROM suspensions s WHERE s.pass_id = p.id)::integer
                 + (SELECT coalesce(sum(l.ends_on - l.starts_on), 0) FROM prolongations l WHERE l.pass_id = p.id)::integer)",
    ),
    (
        "a suspension starts within its PASS and after the hire, a year at most before it is recorded, never later (rule book 03 §5.4)",
        "SELECT count(*) FROM suspensions s JOIN passes p ON p.id = s.pass_id
         WHERE s.starts_on > (s.created_at AT TIME ZONE 'Europe/Paris')::date
            OR s.starts_on < (s.created_at AT TIME ZONE 'Europe/Paris')::date - 365
            OR s.starts_on NOT BETWEEN p.starts_on AND p.ends_on",
    ),
    (
        "nobody works while their PASS is suspended: their contract is over, broken or suspended (rule book 03 §5.3)",
        "SELECT count(*) FROM suspensions s JOIN applications a ON a.pass_id = s.pass_id AND a.state = 'accepted'
         WHERE s.reason <> 'contract_suspended' AND s.ends_on >= a.hiring_starts_on
           AND s.starts_on <= coalesce(a.hiring_ends_on, s.starts_on)
            OR s.reason = 'contract_suspended' AND s.organisation_id = a.company_id
               AND (s.starts_on < a.hiring_starts_on OR s.ends_on > a.hiring_ends_on)",
    ),
    (
        "who suspends is the SIAE that hired last, or a prescripteur habilité who follows the person (rule book 03 §5.2, D6)",
        "SELECT count(*) FROM suspensions s JOIN passes p ON p.id = s.pass_id WHERE s.organisation_id <> (
             SELECT a.company_id FROM applications a
             WHERE a.pass_id = p.id AND a.state = 'accepted' AND a.processed_at <= s.created_at
             ORDER BY a.processed_at DESC LIMIT 1)
           AND NOT EXISTS (
             SELECT FROM prescriber_organisations o JOIN candidate_relations r USING (organisation_id)
             WHERE o.organisation_id = s.organisation_id AND o.authorisation_status = 'VALIDATED'
               AND r.candidate_id = p.candidate_id)",
    ),
    (
        "a prolongation is asked or declared by an SIAE that hired, when the PASS comes to its end (rule book 03 §6.2)",
        "SELECT count(*) FROM (
             SELECT pass_id, company_id, starts_on, created_at FROM prolongation_requests
             UNION ALL SELECT pass_id, company_id, starts_on, created_at FROM prolongations WHERE request_id IS NULL
         ) l WHERE (l.created_at AT TIME ZONE 'Europe/Paris')::date
                   NOT BETWEEN l.starts_on - interval '12 months' AND l.starts_on + interval '6 months'
            OR NOT EXISTS (SELECT FROM applications a
                 WHERE a.pass_id = l.pass_id AND a.company_id = l.company_id AND a.state = 'accepted')",
    ),
    (
        "a request is addressed to a member of an authorised organisation, and a grant gives what was asked (rule book 03 §6.6)",
        "SELECT count(*) FROM prolongation_requests r
         LEFT JOIN prescriber_organisations o
             ON o.organisation_id = r.prescriber_organisation_id AND o.authorisation_status = 'VALIDATED'
         LEFT JOIN memberships m
             ON m.organisation_id = r.prescriber_organisation_id AND m.user_id = r.assignee_id AND m.is_active
         LEFT JOIN prolongations l ON l.request_id = r.id AND l.starts_on = r.starts_on AND l.reason = r.reason
         LEFT JOIN prolongation_denials d ON d.request_id = r.id
         WHERE o.organisation_id IS NULL OR m.user_id IS NULL
            OR (r.state = 'granted') <> (l.id IS NOT NULL) OR (r.state = 'denied') <> (d.request_id IS NOT NULL)",
    ),
    (
        "a PASS is closed after more than a year of suspension (D7)",
        "SELECT count(*) FROM passes p LEFT JOIN pass_closures c ON c.pass_id = p.id
         WHERE (p.closed_on IS NULL) <> (c.pass_id IS NULL)
            OR p.closed_on IS NOT NULL AND NOT EXISTS (
                 SELECT FROM suspensions s WHERE s.pass_id = p.id AND s.ends_on - s.starts_on > 365)",
    ),
    (
        "what happened to a PASS is in the audit trail",
        "SELECT count(*) FROM (
             SELECT 'pass.suspended' AS action, s.pass_id, 'suspension' AS key, s.id FROM suspensions s
             UNION ALL SELECT 'pass.prolongation_asked', r.pass_id, 'request', r.id FROM prolongation_requests r
             UNION ALL SELECT 'pass.prolongation_' || r.state, r.pass_id, 'request', r.id
                       FROM prolongation_requests r WHERE r.state <> 'pending'
             UNION ALL SELECT CASE WHEN l.request_id IS NULL THEN 'pass.prolongation_declared' ELSE 'pass.prolongation_granted' END
                            , l.pass_id, 'prolongation', l.id FROM prolongations l
         ) told WHERE NOT EXISTS (
             SELECT FROM audit_events e
             WHERE e.subject_kind = 'pass' AND e.subject_id = told.pass_id AND e.action = told.action
               AND e.payload ->> told.key = told.id::text)",
    ),
    (
        "nothing happened to a PASS in the future",
        "SELECT (SELECT count(*) FROM suspensions WHERE updated_at > $1)
              + (SELECT count(*) FROM prolongation_requests WHERE greatest(created_at, reminded_at, processed_at) > $1)
              + (SELECT count(*) FROM prolongations WHERE created_at > $1)
              + (SELECT count(*) FROM pass_closures WHERE closed_at > $1)",
    ),
    (
        "the diagnosis of a PASS held when it was issued",
        "SELECT count(*) FROM passes p JOIN eligibility_diagnoses d ON d.id = p.diagnosis_id
         WHERE d.created_at > p.created_at OR d.expires_on <= (p.created_at AT TIME ZONE 'Europe/Paris')::date",
    ),
    (
        "a new PASS during the waiting period rests on a prescriber's diagnosis (ELI-W)",
        "SELECT count(*) FROM passes p JOIN passes q ON q.candidate_id = p.candidate_id AND q.ends_on < p.starts_on
         JOIN eligibility_diagnoses d ON d.id = p.diagnosis_id
         WHERE p.created_at::date <= q.ends_on + interval '24 months' AND d.author_kind <> 'prescriber'",
    ),
    (
        "a contract starts between the day of the hire and six months later (rule book 02 §6.3), before the PASS ends",
        "SELECT count(*) FROM applications a LEFT JOIN passes p ON p.id = a.pass_id
         WHERE a.state = 'accepted' AND (
             a.hiring_starts_on < (a.processed_at AT TIME ZONE 'Europe/Paris')::date
             OR a.hiring_starts_on > (a.processed_at AT TIME ZONE 'Europe/Paris')::date + interval '6 months'
             OR a.hiring_starts_on > p.ends_on)",
    ),
    (
        "whatever was pending when the person was hired is obsolete (rule book 02 §6.5)",
        "SELECT count(*) FROM applications a JOIN applications h
             ON h.candidate_id = a.candidate_id AND h.state = 'accepted' AND h.id <> a.id
         WHERE a.state IN ('new', 'processing', 'postponed') AND a.submitted_at < h.processed_at",
    ),
    (
        "MOD-4: who sends for an organisation is one of its members",
        "SELECT count(*) FROM applications a WHERE a.sender_organisation_id IS NOT NULL AND NOT EXISTS (
             SELECT FROM memberships m WHERE m.user_id = a.sender_id AND m.organisation_id = a.sender_organisation_id
               AND m.joined_at <= a.submitted_at)",
    ),
    (
        "a professional who sends recorded the person's consent first",
        "SELECT count(*) FROM applications a LEFT JOIN sharing_consents c ON c.id = a.consent_id
         WHERE (a.sender_kind = 'job_seeker') <> (a.consent_id IS NULL)
            OR c.recorded_at > a.submitted_at OR c.company_id <> a.company_id",
    ),
    (
        "SUB-6: nobody is proposed twice to a company within 24 hours",
        "SELECT count(*) FROM applications a JOIN applications b
             ON b.candidate_id = a.candidate_id AND b.company_id = a.company_id AND b.id > a.id
         WHERE b.submitted_at < a.submitted_at + interval '24 hours'",
    ),
    (
        "SUB-7: in the waiting period, a prescripteur habilité proposes the person or has validated their eligibility",
        "SELECT count(*) FROM applications a JOIN passes p ON p.candidate_id = a.candidate_id
         JOIN organisations o ON o.id = a.company_id AND o.kind NOT IN ('GEIQ', 'OPCS')
         LEFT JOIN prescriber_organisations s ON s.organisation_id = a.sender_organisation_id
         WHERE a.submitted_at::date > p.ends_on AND a.submitted_at::date <= p.ends_on + interval '24 months'
           AND s.authorisation_status IS DISTINCT FROM 'VALIDATED'
           AND NOT EXISTS (SELECT FROM eligibility_diagnoses d WHERE d.candidate_id = a.candidate_id
                             AND d.author_kind = 'prescriber' AND d.created_at <= a.submitted_at
                             AND d.expires_on > a.submitted_at::date)
           AND NOT EXISTS (SELECT FROM passes q WHERE q.candidate_id = a.candidate_id AND q.created_at <= a.submitted_at
                             AND q.ends_on >= a.submitted_at::date)",
    ),
    (
        "a prescriber's diagnosis is made by an authorised organisation and holds six months at most",
        "SELECT count(*) FROM eligibility_diagnoses d LEFT JOIN prescriber_organisations p USING (organisation_id)
         WHERE d.author_kind = 'prescriber' AND (p.authorisation_status IS DISTINCT FROM 'VALIDATED'
            OR d.expires_on > (d.created_at AT TIME ZONE 'Europe/Paris')::date + interval '6 months')",
    ),
    (
        "an SIAE's diagnosis holds 92 days and has the criteria its kind asks for (rule book 03 §2.4, §2.6)",
        "SELECT count(*) FROM eligibility_diagnoses d JOIN organisations o ON o.id = d.organisation_id
         WHERE d.author_kind = 'employer' AND (
             d.expires_on <> (d.created_at AT TIME ZONE 'Europe/Paris')::date + 92
             OR NOT (SELECT bool_or(c.level = 1)
                         OR count(*) FILTER (WHERE c.level = 2) >= CASE WHEN o.kind IN ('AI', 'ETTI') THEN 2 ELSE 3 END
                     FROM diagnosis_criteria x JOIN eligibility_criteria c ON c.code = x.criterion_code
                     WHERE x.diagnosis_id = d.id))",
    ),
    (
        "nobody is diagnosed while they hold a PASS (rule book 03 §2.2)",
        "SELECT count(*) FROM eligibility_diagnoses d JOIN passes p ON p.candidate_id = d.candidate_id
         WHERE d.created_at > p.created_at AND (d.created_at AT TIME ZONE 'Europe/Paris')::date <= p.ends_on",
    ),
    (
        "the history of an application ends on its state and begins with its submission",
        "SELECT count(*) FROM applications a WHERE a.state IS DISTINCT FROM (
             SELECT to_state FROM application_transitions t WHERE t.application_id = a.id ORDER BY at DESC, id DESC LIMIT 1)
            OR a.submitted_at IS DISTINCT FROM (
             SELECT min(at) FROM application_transitions t WHERE t.application_id = a.id AND from_state IS NULL)",
    ),
    (
        "nothing happened to an application before it was sent, nor in the future",
        "SELECT count(*) FROM application_transitions t JOIN applications a ON a.id = t.application_id
         WHERE t.at < a.submitted_at OR t.at > $1",
    ),
    (
        "people without identifier wait for a manual delivery, the others do not (rule book 02 §6.5)",
        "SELECT count(*) FROM applications a JOIN candidates c ON c.id = a.candidate_id WHERE a.pass_delivery IS NOT NULL
         AND (a.pass_delivery = 'manual')
             <> (c.nir IS NULL AND coalesce(c.france_travail_id_missing_reason, '') = 'FORGOTTEN')",
    ),
    (
        "PASS numbers follow one another in the order of issue, and the counter is at the last",
        "SELECT count(*) FROM (
             SELECT right(number, 7)::int AS number, row_number() OVER (ORDER BY created_at, id) AS rank FROM passes
         ) p WHERE number <> rank
         UNION ALL
         SELECT count(*) FROM pass_counters WHERE last_sequence <> (SELECT count(*) FROM passes)
         ORDER BY 1 DESC LIMIT 1",
    ),
    ("an SIAE that receives applications has members (SUB-3)",
        "SELECT count(*) FROM applications a WHERE NOT EXISTS (
             SELECT FROM memberships m WHERE m.organisation_id = a.company_id AND m.is_active)",
    ),
    (
        "CMP-38: scores are computed",
        "SELECT count(*) FROM companies WHERE application_score = 'Infinity'",
    ),
    (
        "texts have the length of real ones (rule book 06)",
        "SELECT (SELECT count(*) FROM applications WHERE message <> '' AND length(message) NOT BETWEEN 100 AND 800)
              + (SELECT count(*) FROM job_descriptions WHERE length(missions) + length(profile) NOT BETWEEN 200 AND 1500)",
    ),
    ("REF-7: nobody chose a reason its kind of company is not offered",
        "SELECT count(*) FROM applications a JOIN organisations o ON o.id = a.company_id
         WHERE o.kind = 'GEIQ' AND a.refusal_reason IN ('non_eligible', 'prevent_objectives')",
    ),
];

/// A rule the data breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The rule.
    pub rule: &'static str,
    /// How many rows break it.
    pub rows: i64,
}

/// The rules the base breaks at `now`; none when all is well.
pub async fn check(db: &Db, now: chrono::DateTime<chrono::Utc>) -> sqlx::Result<Vec<Broken>> {
    // Side by side: each reads the whole of the biggest tables.
    let (first, others) = RULES.split_at(RULES.len() / 2);
    let (mut broken, others) = tokio::try_join!(broken(db, first, now), broken(db, others, now))?;
    broken.extend(others);
    Ok(broken)
}

async fn broken(
    db: &Db,
    rules: &'static [(&'static str, &'static str)],
    now: chrono::DateTime<chrono::Utc>,
) -> sqlx::Result<Vec<Broken>> {
    let mut broken = Vec::new();
    for (rule, sql) in rules {
        let mut query = sqlx::query_scalar::<_, i64>(*sql);
        if sql.contains("$1") {
            query = query.bind(now);
        }
        let rows = query.fetch_one(db).await?;
        if rows > 0 {
            broken.push(Broken { rule, rows });
        }
    }
    Ok(broken)
}
