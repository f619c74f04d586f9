// What is measured: pages people open all day, on the biggest organisations of the base.
import { shown } from './campaigns.mjs';
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
  // Of the biggest employer, the one that was suspended and prolonged most.
  const [eventful] = ask(
    `SELECT p.id FROM passes p JOIN applications a ON a.pass_id = p.id
     WHERE a.company_id = '${company}' AND a.state = 'accepted'
     ORDER BY (SELECT count(*) FROM suspensions s WHERE s.pass_id = p.id)
            + (SELECT count(*) FROM prolongations r WHERE r.pass_id = p.id) DESC, p.id LIMIT 1`,
  );
  const until = ask(`SELECT ends_on + 30 FROM passes WHERE id = '${pass}'`)[0];
  const [job] = ask(`SELECT id FROM job_descriptions WHERE company_id = '${company}' AND is_active ORDER BY id LIMIT 1`);
  const [city] = ask(`SELECT slug FROM communes WHERE insee_code = '57463'`);
  const [department] = ask(`SELECT department_code FROM organisations WHERE id = '${company}'`);
  const [inspector] = ask(
    `SELECT u.email FROM memberships m JOIN users u ON u.id = m.user_id JOIN organisations o ON o.id = m.organisation_id
     WHERE o.kind = 'DDETS IAE' AND o.department_code = '${department}' AND m.is_active AND u.is_active ORDER BY 1 LIMIT 1`,
  );
  const employer = member(company);
  const prescriber = member(organisation);
  const controlled = shown(database);
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
    { name: 'PASS with most suspensions and prolongations', path: `/pass/${eventful}`, who: employer },
    { name: 'PASS, simulator', path: `/pass/${pass}/simulation?what=prolongation&reason=training&until=${until}`, who: employer },
    { name: 'PASS, attestation', path: `/pass/${pass}/certificate`, who: employer },
    { name: 'PASS, attestation as PDF', path: `/pass/${pass}/certificate.pdf`, who: employer },
    { name: `Applications sent (${sent})`, path: '/applications', who: prescriber, before: 0.75, times: 500 },
    { name: 'Candidates of the organisation', path: '/candidates', who: prescriber, before: 0.5, times: 500 },
    { name: 'Dashboard of the prescriber', path: '/dashboard', who: prescriber, before: 1000 / 91, times: 100 },
    { name: 'Self-prescriptions of the département', path: '/self-prescriptions', who: inspector },
    { name: 'Self-prescriptions by company', path: '/self-prescriptions/companies', who: inspector },
    { name: `Controlled SIAE (${controlled.siae})`, path: `/control-campaigns/${controlled.campaign}/controls`, who: controlled.inspector },
    { name: 'Control of an SIAE, for its DDETS', path: `/controls/${controlled.control}/review`, who: controlled.inspector },
    { name: 'Control of an SIAE, one hire', path: `/control-hires/${controlled.hire}`, who: controlled.inspector },
    { name: 'Control of an SIAE, for itself', path: `/controls/${controlled.control}`, who: controlled.employer },
  ];
}
