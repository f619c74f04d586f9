// What is measured: pages people open all day, on the biggest organisations of the base.
import { shown } from './campaigns.mjs';
import { sql } from './database.mjs';
import { cards, drawn, searches } from './draws.mjs';

/**
 * The works, each with its name, its path, and the address of who does it (none: a visitor). Some have `paths`: asked for in turn, or, `once`,
 * once each. `before`: pages a second of the service in use today, measured beside ours at 8 connections on a quiet machine of two cores;
 * `times`: how many times as many we aim at; `grows`: how many times the median at size M that at size L may be.
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
  const companies = cards(database);
  return [
    { name: 'Home', path: '/', before: 173, times: 100, grows: 1 },
    { name: 'Home, for who is signed in', path: '/', who: employer, before: 173, times: 100, grows: 1 },
    { name: 'Search of SIAE, 25 km', path: `/employers?city=${city}&distance=25`, before: 16.5, times: 100, grows: 1.1 },
    { name: 'Searches of SIAE, of 500 by Zipf', paths: drawn(searches(database)), before: 16.5, times: 100, grows: 1.1 },
    { name: 'Search, words, 25 km', path: `/employers?q=espaces+verts&city=${city}&distance=25`, grows: 1.2 },
    { name: 'Search, words, 100 km', path: `/employers?q=espaces+verts&city=${city}&distance=100`, grows: 1.2 },
    { name: 'Search of posts, words, 100 km', path: `/jobs?q=espaces+verts&city=${city}&distance=100`, grows: 1.2 },
    { name: 'Card of the biggest SIAE', path: `/employers/${company}`, before: 71.7, times: 150, grows: 1 },
    { name: 'Cards, of 500 by Zipf', paths: drawn(companies), before: 71.7, times: 150, grows: 1 },
    { name: 'Cards, each once', paths: companies, once: true, before: 71.7, times: 150, grows: 1 },
    { name: 'Post', path: `/jobs/${job}`, grows: 1 },
    { name: `Applications received (${received})`, path: '/applications', who: employer, before: 5.7, times: 250, grows: 1.1 },
    { name: 'Applications received, filtered', path: '/applications?state=new&state=processing', who: employer, grows: 1.1 },
    { name: 'Applications received, by name', path: '/applications?sort=person', who: employer, grows: 1.1 },
    { name: 'Application', path: `/applications/${application}`, who: employer, before: 14.7, times: 150, grows: 1.1 },
    { name: 'Acceptance, form', path: `/applications/${application}/acceptance`, who: employer, grows: 1.1 },
    { name: 'Dashboard of the SIAE', path: '/dashboard', who: employer, before: 35.2, times: 60, grows: 1.1 },
    { name: 'PASS, list', path: '/pass', who: employer, before: 13.7, times: 150, grows: 1.1 },
    { name: 'PASS', path: `/pass/${pass}`, who: employer, before: 33.7, times: 120, grows: 1 },
    { name: 'PASS with most suspensions and prolongations', path: `/pass/${eventful}`, who: employer, grows: 1 },
    { name: 'PASS, simulator', path: `/pass/${pass}/simulation?what=prolongation&reason=training&until=${until}`, who: employer, grows: 1 },
    { name: 'PASS, attestation', path: `/pass/${pass}/certificate`, who: employer, grows: 1 },
    { name: 'PASS, attestation as PDF', path: `/pass/${pass}/certificate.pdf`, who: employer, grows: 1 },
    { name: `Applications sent (${sent})`, path: '/applications', who: prescriber, before: 1.2, times: 1000, grows: 1.2 },
    { name: 'Candidates of the organisation', path: '/candidates', who: prescriber, before: 4.7, times: 500, grows: 1.2 },
    { name: 'Dashboard of the prescriber', path: '/dashboard', who: prescriber, before: 45.9, times: 50, grows: 1.1 },
    { name: 'Self-prescriptions of the département', path: '/self-prescriptions', who: inspector, grows: 1.2 },
    { name: 'Self-prescriptions by company', path: '/self-prescriptions/companies', who: inspector, grows: 1.2 },
  ];
}

/** The works of controls: a campaign is under way. */
export function controls(database) {
  const { campaign, inspector, siae, control, hire, employer } = shown(database);
  return [
    { name: `Controlled SIAE (${siae})`, path: `/control-campaigns/${campaign}/controls`, who: inspector },
    { name: 'Control of an SIAE, for its DDETS', path: `/controls/${control}/review`, who: inspector },
    { name: 'Control of an SIAE, one hire', path: `/control-hires/${hire}`, who: inspector },
    { name: 'Control of an SIAE, for itself', path: `/controls/${control}`, who: employer },
  ];
}
