// What is measured: pages people open all day, on the biggest organisations of the base.
import { sql } from './database.mjs';

/**
 * The works, each with its name, its path, and the address of who does it (none: a visitor). `before`: pages a second
 * of the service in use today, measured on such a machine at 8 connections (dashboards: at one); `times`: our aim.
 */
export function works(database) {
  const ask = (statement) => sql(database, statement)[0];
  const member = (organisation) =>
    ask(`SELECT u.email FROM memberships m JOIN users u ON u.id = m.user_id
         WHERE m.organisation_id = '${organisation}' AND m.is_active AND u.is_active ORDER BY m.is_admin, u.email LIMIT 1`)[0];

  const [company, received] = ask(`SELECT company_id, count(*) FROM applications GROUP BY 1 ORDER BY 2 DESC LIMIT 1`);
  const [organisation, sent] = ask(
    `SELECT sender_organisation_id, count(*) FROM applications WHERE sender_kind = 'prescriber' GROUP BY 1 ORDER BY 2 DESC LIMIT 1`,
  );
  const [application] = ask(
    `SELECT id FROM applications WHERE company_id = '${company}' AND state = 'processing' ORDER BY submitted_at DESC LIMIT 1`,
  );
  const [pass] = ask(
    `SELECT p.id FROM passes p JOIN applications a ON a.pass_id = p.id
     WHERE a.company_id = '${company}' AND a.state = 'accepted' ORDER BY p.created_at DESC LIMIT 1`,
  );
  const [job] = ask(`SELECT id FROM job_descriptions WHERE company_id = '${company}' AND is_active ORDER BY id LIMIT 1`);
  const [city] = ask(`SELECT slug FROM communes WHERE insee_code = '57463'`);
  const [department] = ask(`SELECT department_code FROM organisations WHERE id = '${company}'`);
  const [inspector] = ask(
    `SELECT u.email FROM memberships m JOIN users u ON u.id = m.user_id JOIN organisations o ON o.id = m.organisation_id
     WHERE o.kind = 'DDETS IAE' AND o.department_code = '${department}' AND m.is_active AND u.is_active ORDER BY 1 LIMIT 1`,
  );
  const employer = member(company);
  const prescriber = member(organisation);
  return [
    { name: 'Home', path: '/', before: 93, times: 100 },
    { name: 'Search of SIAE, 25 km', path: `/employers?city=${city}&distance=25`, before: 8.7, times: 100 },
    { name: 'Search, words, 25 km', path: `/employers?q=espaces+verts&city=${city}&distance=25` },
    { name: 'Search, words, 100 km', path: `/employers?q=espaces+verts&city=${city}&distance=100` },
    { name: 'Search of posts, words, 100 km', path: `/jobs?q=espaces+verts&city=${city}&distance=100` },
    { name: 'Card of the biggest SIAE', path: `/employers/${company}`, before: 38, times: 100 },
    { name: 'Post', path: `/jobs/${job}` },
    { name: `Applications received (${received})`, path: '/applications', who: employer, before: 2.7, times: 200 },
    { name: 'Applications received, filtered', path: '/applications?state=new&state=processing', who: employer },
    { name: 'Applications received, by name', path: '/applications?sort=person', who: employer },
    { name: 'Application', path: `/applications/${application}`, who: employer, before: 5.9, times: 100 },
    { name: 'Acceptance, form', path: `/applications/${application}/acceptance`, who: employer },
    { name: 'Dashboard of the SIAE', path: '/dashboard', who: employer, before: 1000 / 158, times: 100 },
    { name: 'PASS, list', path: '/pass', who: employer, before: 4.6, times: 100 },
    { name: 'PASS', path: `/pass/${pass}`, who: employer, before: 16, times: 100 },
    { name: `Applications sent (${sent})`, path: '/applications', who: prescriber, before: 0.75, times: 500 },
    { name: 'Candidates of the organisation', path: '/candidates', who: prescriber, before: 0.5, times: 500 },
    { name: 'Dashboard of the prescriber', path: '/dashboard', who: prescriber, before: 1000 / 91, times: 100 },
    { name: 'Self-prescriptions of the département', path: '/self-prescriptions', who: inspector },
    { name: 'Self-prescriptions by company', path: '/self-prescriptions/companies', who: inspector },
  ];
}

/**
 * Applications ready to be accepted with a new diagnosis and a new PASS, one for each person, of at most `companies`
 * SIAE: id, company, address of a member.
 */
export function acceptable(database, companies, most) {
  // Nearly all who wait have a valid diagnosis: it ends first, so that the SIAE makes its own.
  sql(
    database,
    `UPDATE eligibility_diagnoses d SET expires_on = current_date
     WHERE d.expires_on > current_date
       AND d.candidate_id IN (SELECT candidate_id FROM applications WHERE state IN ('processing', 'postponed'))
       AND NOT EXISTS (SELECT FROM passes p WHERE p.candidate_id = d.candidate_id)`,
  );
  const rows = sql(
    database,
    `WITH employers AS (
       SELECT m.organisation_id AS id, min(u.email) AS email
       FROM memberships m
       JOIN users u ON u.id = m.user_id AND u.is_active
       JOIN organisations o ON o.id = m.organisation_id AND o.kind IN ('ACI', 'AI', 'EI', 'ETTI')
       -- Who is of one organisation only: their session acts for it.
       WHERE m.is_active AND (SELECT count(*) FROM memberships other WHERE other.user_id = u.id AND other.is_active) = 1
       GROUP BY 1
     ), waiting AS (
       SELECT DISTINCT ON (a.candidate_id) a.id, a.company_id, e.email, a.state
       FROM applications a
       JOIN employers e ON e.id = a.company_id
       JOIN candidates c ON c.id = a.candidate_id AND c.nir IS NOT NULL AND c.birth_date IS NOT NULL
       WHERE a.state IN ('processing', 'postponed')
         AND NOT EXISTS (SELECT FROM passes p WHERE p.candidate_id = a.candidate_id)
         AND NOT EXISTS (SELECT FROM eligibility_diagnoses d WHERE d.candidate_id = a.candidate_id AND d.expires_on > current_date)
       ORDER BY a.candidate_id, a.id
     ), chosen AS (
       SELECT company_id FROM waiting GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT ${companies}
     )
     SELECT id, company_id, email, state FROM waiting WHERE company_id IN (SELECT company_id FROM chosen) ORDER BY id LIMIT ${most}`,
  );
  return rows.map(([id, company, email, state]) => ({ id, company, email, state }));
}
