// Acceptances, each with a new diagnosis of the SIAE and a new PASS.
import { sql } from './database.mjs';

const COMPANIES = 24;

/** The forms that accept, of `most` people at most. */
export function acceptances(database, most) {
  const startsOn = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
  return acceptable(database, COMPANIES, most).map(({ id, company, email, state }) => ({
    path: `/applications/${id}/acceptance`,
    email,
    fields: { step: 'confirm', seen: state, acting_for: company, starts_on: startsOn, level_1_criteria: 'RSA' },
  }));
}

/**
 * Applications ready to be accepted with a new diagnosis and a new PASS, one for each person, of at most `companies`
 * SIAE, those with most of them waiting: id, company, address of a member.
 */
export function acceptable(database, companies, most) {
  const chosen = sql(database, `WITH ${WAITING} SELECT company_id FROM waiting GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT ${companies}`);
  if (chosen.length === 0) return [];
  const theirs = `company_id IN (${chosen.map(([id]) => `'${id}'`).join(',')})`;
  // Nearly all who wait have a valid diagnosis: it ends first, so that the SIAE makes its own.
  sql(
    database,
    `WITH ${WAITING}
     UPDATE eligibility_diagnoses d SET expires_on = current_date
     WHERE d.expires_on > current_date AND d.candidate_id IN (SELECT candidate_id FROM waiting WHERE ${theirs})`,
  );
  const rows = sql(
    database,
    `WITH ${WAITING} SELECT id, company_id, email, state FROM waiting WHERE ${theirs} ORDER BY id LIMIT ${most}`,
  );
  return rows.map(([id, company, email, state]) => ({ id, company, email, state }));
}

/** Of each person without a PASS whose file is complete, one application that waits at a SIAE, and a member of it. */
const WAITING = `
  employers AS (
    SELECT m.organisation_id AS id, min(u.email) AS email
    FROM memberships m
    JOIN users u ON u.id = m.user_id AND u.is_active
    JOIN organisations o ON o.id = m.organisation_id AND o.kind IN ('ACI', 'AI', 'EI', 'ETTI')
    -- Who is of one organisation only: their session acts for it.
    -- A SIAE under withdrawal accepts nobody who lacks a diagnosis.
    WHERE m.is_active AND o.id NOT IN (SELECT company_id FROM company_withdrawals)
      AND (SELECT count(*) FROM memberships other WHERE other.user_id = u.id AND other.is_active) = 1
    GROUP BY 1
  ), waiting AS (
    SELECT DISTINCT ON (a.candidate_id) a.id, a.candidate_id, a.company_id, e.email, a.state
    FROM applications a
    JOIN employers e ON e.id = a.company_id
    JOIN candidates c ON c.id = a.candidate_id AND c.nir IS NOT NULL AND c.birth_date IS NOT NULL
    WHERE a.state IN ('processing', 'postponed')
      AND NOT EXISTS (SELECT FROM passes p WHERE p.candidate_id = a.candidate_id)
    ORDER BY a.candidate_id, a.id
  )`;
