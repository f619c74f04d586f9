//! What the doctor reads, streamed.

use chrono::NaiveDate;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt as _, TryStreamExt as _};
use iae_domain::pass::{Parcours, PassNumber};
use sqlx::PgConnection;
use sqlx::types::Json;

use super::Finding;
use crate::error::{Error, Result};

/// A PASS, its stored end beside all that makes it.
#[derive(sqlx::FromRow)]
pub(super) struct Stored {
    pub number: PassNumber,
    pub ends_on: NaiveDate,
    pub parcours: Json<Parcours>,
}

/// Every PASS. Suspensions and prolongations are read once and joined: asked for each PASS, they would take most of the time.
pub(super) fn passes(tx: &mut PgConnection) -> BoxStream<'_, Result<Stored>> {
    sqlx::query_as(
        "SELECT p.number
              , p.ends_on
              , jsonb_build_object(
                    'issued', jsonb_build_object('start', p.starts_on, 'end', p.starts_on + p.issued_days - 1),
                    'suspensions', coalesce(s.periods, '[]'),
                    'prolongations', coalesce(l.periods, '[]'),
                    'closed_on', p.closed_on
                ) AS parcours
         FROM passes p
         LEFT JOIN (
             SELECT pass_id
                  , jsonb_agg(jsonb_build_object('start', starts_on, 'end', ends_on) ORDER BY starts_on) AS periods
             FROM suspensions GROUP BY pass_id
         ) s ON s.pass_id = p.id
         LEFT JOIN (
             SELECT pass_id
                  , jsonb_agg(jsonb_build_object('start', starts_on, 'end', ends_on) ORDER BY starts_on) AS periods
             FROM prolongations GROUP BY pass_id
         ) l ON l.pass_id = p.id",
    )
    .fetch(tx)
    .map_err(Error::from)
    .boxed()
}

/// What must hold between PASS, hires and numbers: each query gives what is broken, `about` and `said`.
pub(super) const RULES: &[&str] = &[
    // One PASS at most covers a day for a person (rule book 03 §8, I6).
    "SELECT 'PASS ' || number AS about
          , 'commence le ' || starts_on || ', attendu après la fin du précédent de la même personne, le ' || before AS said
     FROM (SELECT number, starts_on
                , max(ends_on) OVER (PARTITION BY candidate_id ORDER BY starts_on ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
           FROM passes) p
     WHERE before >= starts_on",
    // No number stays provisional once its transaction ended (ADR 45).
    "SELECT 'PASS ' || number AS about
          , 'numéro provisoire, attendu un numéro d’ordre' AS said
     FROM passes
     WHERE number !~ '[0-9]{7}$' AND left(number, 5) IN (SELECT prefix FROM pass_counters)",
    // Numbers go up one by one, those of cancelled PASS included, from the first to that of the counter (rule book 03 §4.2).
    "SELECT 'PASS ' || number AS about
          , 'numéro d’ordre ' || rank || ', attendu ' || (before + 1) AS said
     FROM (SELECT number, right(number, 7)::int AS rank
                , lag(right(number, 7)::int, 1, 0) OVER (PARTITION BY left(number, 5) ORDER BY number) AS before
           FROM (SELECT number FROM passes UNION ALL SELECT number FROM cancelled_passes) given
           WHERE left(number, 5) IN (SELECT prefix FROM pass_counters) AND number ~ '[0-9]{7}$') n
     WHERE rank <> before + 1",
    "SELECT 'compteur ' || c.prefix AS about
          , 'dernier numéro ' || c.last_sequence || ', attendu ' || coalesce(max(right(p.number, 7)::int), 0) AS said
     FROM pass_counters c
     LEFT JOIN (SELECT number FROM passes UNION ALL SELECT number FROM cancelled_passes) p
            ON left(p.number, 5) = c.prefix AND p.number ~ '[0-9]{7}$'
     GROUP BY c.prefix, c.last_sequence
     HAVING c.last_sequence <> coalesce(max(right(p.number, 7)::int), 0)",
    // No PASS without an accepted hire.
    "SELECT 'PASS ' || p.number AS about
          , 'aucune embauche, attendue au moins une candidature acceptée' AS said
     FROM passes p
     WHERE NOT EXISTS (SELECT FROM applications a WHERE a.pass_id = p.id AND a.state = 'accepted')",
    // The cap of a reason holds when a prolongation is written (rule book 03 §6.4, W7).
    "SELECT 'PASS ' || p.number AS about
          , 'prolongations de ' || used || ' jours, attendues ' || cap || ' au plus pour ce motif' AS said
     FROM (SELECT pass_id
                , CASE reason WHEN 'rqth' THEN 1095 WHEN 'particular_difficulties' THEN 1095 WHEN 'age_50' THEN 1825 END AS cap
                , sum(ends_on - starts_on) OVER (PARTITION BY pass_id ORDER BY created_at, starts_on) AS used
           FROM prolongations) l
     JOIN passes p ON p.id = l.pass_id
     WHERE used > cap",
    // The PASS of a hire is its person's (rule book 03 §8, I14), and only a hire has one (I13).
    "SELECT 'candidature ' || a.id AS about
          , 'rattachée au PASS ' || p.number || ', attendue avec un PASS de la même personne et acceptée' AS said
     FROM applications a
     JOIN passes p ON p.id = a.pass_id
     WHERE p.candidate_id <> a.candidate_id OR a.state <> 'accepted'",
    // What the list of a company reads is what it hired under (ADR 39).
    "SELECT 'PASS ' || p.number AS about
          , 'dans la liste de la structure ' || coalesce(listed.company_id, hired.company_id)
                || coalesce(' avec une fin au ' || listed.ends_on, ' : rien')
                || ', attendu ' || CASE WHEN hired.company_id IS NULL THEN 'rien' ELSE 'une fin au ' || p.ends_on END AS said
     FROM hired_passes listed
     FULL JOIN (SELECT DISTINCT a.pass_id, a.company_id
                FROM applications a
                WHERE a.pass_id IS NOT NULL AND a.state = 'accepted') hired
            ON hired.pass_id = listed.pass_id AND hired.company_id = listed.company_id
     JOIN passes p ON p.id = coalesce(listed.pass_id, hired.pass_id)
     WHERE listed.company_id IS NULL OR hired.company_id IS NULL OR listed.ends_on <> p.ends_on",
    // A DDETS reads the auto-prescriptions of the SIAE of its département (rule book 01 P47), by what is noted on the hire…
    "SELECT 'candidature ' || a.id AS about
          , 'auto-prescription du département ' || coalesce(a.self_prescribed_department, 'inconnu')
                || ', attendu ' || coalesce(o.department_code, 'inconnu') AS said
     FROM applications a
     JOIN organisations o ON o.id = a.company_id
     WHERE a.self_prescribed AND a.self_prescribed_department IS DISTINCT FROM o.department_code",
    // … and company by company, by what was counted of them (ADR 15).
    "SELECT 'structure ' || coalesce(listed.company_id, counted.company_id) AS about
          , coalesce(listed.hires, 0) || ' auto-prescriptions dont ' || coalesce(listed.anomalies, 0)
                || ' à regarder, la dernière le ' || coalesce(listed.last_accepted_at::text, 'jamais')
                || ', département ' || coalesce(listed.department_code, 'inconnu')
                || ', attendu ' || coalesce(counted.hires, 0) || ' dont ' || coalesce(counted.anomalies, 0)
                || ', le ' || coalesce(counted.last_accepted_at::text, 'jamais')
                || ', département ' || coalesce(counted.department_code, 'inconnu') AS said
     FROM (SELECT company_id, department_code, hires, anomalies, last_accepted_at
           FROM self_prescribers
           WHERE hires > 0) listed
     FULL JOIN (SELECT a.company_id
                     , o.department_code
                     , count(*) AS hires
                     , count(*) FILTER (WHERE a.anomalies <> '{}') AS anomalies
                     , max(a.processed_at) AS last_accepted_at
                FROM applications a
                JOIN organisations o ON o.id = a.company_id
                WHERE a.self_prescribed
                GROUP BY a.company_id, o.department_code) counted
            ON counted.company_id = listed.company_id
     WHERE (listed.department_code, listed.hires, listed.anomalies, listed.last_accepted_at)
           IS DISTINCT FROM
           (counted.department_code, counted.hires, counted.anomalies, counted.last_accepted_at)",
    // An organisation is shown the people its members accompany, once each, at their last action (ADR 43)…
    "SELECT 'organisation ' || coalesce(listed.organisation_id, acted.organisation_id)
                || ', personne ' || coalesce(listed.candidate_id, acted.candidate_id) AS about
          , 'dernière action le ' || coalesce(listed.last_action_at::text, 'jamais')
                || CASE WHEN listed.candidate_search <> c.search THEN ' sous un autre nom' ELSE '' END
                || ', attendu ' || coalesce(acted.last_action_at::text, 'jamais') AS said
     FROM followed_people listed
     FULL JOIN (SELECT organisation_id, candidate_id, max(last_action_at) AS last_action_at
                FROM candidate_relations
                GROUP BY organisation_id, candidate_id) acted
            ON acted.organisation_id = listed.organisation_id AND acted.candidate_id = listed.candidate_id
     LEFT JOIN candidates c ON c.id = coalesce(listed.candidate_id, acted.candidate_id)
     WHERE listed.last_action_at IS DISTINCT FROM acted.last_action_at OR listed.candidate_search <> c.search",
    // … each of them under their name…
    "SELECT 'organisation ' || r.organisation_id || ', personne ' || r.candidate_id AS about
          , 'accompagnée par ' || r.user_id || ' sous un autre nom, attendue sous celui de son dossier' AS said
     FROM candidate_relations r
     JOIN candidates c ON c.id = r.candidate_id
     WHERE r.candidate_search <> c.search",
    // … and of its applications, how many there are in each state.
    "SELECT 'organisation ' || organisation_id AS about
          , counted || ' candidatures ' || CASE WHEN is_received THEN 'reçues' ELSE 'envoyées' END
                || ' comptées à l’état « ' || state || ' » (' || month || '), attendu ' || there AS said
     FROM application_counts_amiss",
];

/// What breaks a rule.
pub(super) fn broken<'tx>(tx: &'tx mut PgConnection, rule: &'static str) -> BoxStream<'tx, Result<Finding>> {
    let rows = sqlx::query_as::<_, (String, String)>(rule).fetch(tx);
    rows.map_ok(|(about, said)| Finding { about, said }).map_err(Error::from).boxed()
}
