// Who uses the platform: members of companies and of prescriber organisations, candidates. Each is signed in, at an address of the network of
// their own, with what they have to read.
import { Browser } from '../bench/browser.mjs';
import { sql } from '../bench/database.mjs';
import { Visitor } from '../bench/visitor.mjs';

/** Organisations of each side that have someone at work: the ten with most applications, and others down to the smallest. */
const ORGANISATIONS = 40;
const BIGGEST = 10;
const CANDIDATES = 20;
/** Of each organisation: applications, people and PASS that are opened. */
const READ = 30;
/** Addresses of the network, and connections of each: fewer in all than the platform keeps. */
const ADDRESSES = 32;
const CONNECTIONS = 20;

/** Browsers at as many addresses; a hundred offices and homes share them. */
export const browsers = Array.from({ length: ADDRESSES }, (_, rank) => new Browser(`127.0.0.${rank + 2}`, CONNECTIONS));

/** Members of companies, those with most applications first: each with their cookie, their organisation, and what they read by kind. */
export function employers(database) {
  return atWork(database, {
    by: 'company_id',
    where: 'true',
    members: `o.family = 'company' AND o.id IN (SELECT organisation_id FROM company_activity WHERE active_until = 'infinity')`,
    reads: ({ id, pass, state }) => ({ application: `/applications/${id}`, pass: pass && state === 'accepted' ? `/pass/${pass}` : undefined }),
  });
}

/** Members of prescriber organisations, likewise. */
export function prescribers(database) {
  return atWork(database, {
    by: 'sender_organisation_id',
    where: `sender_kind = 'prescriber'`,
    members: `o.family = 'prescriber'`,
    reads: ({ id, candidate }) => ({ application: `/applications/${id}`, person: `/candidates/${candidate}` }),
  });
}

/** Candidates who applied by themselves; they are given the password that the team has. */
export async function candidates(database) {
  const chosen = sql(
    database,
    `SELECT u.id, u.email
     FROM users u
     WHERE u.kind = 'job_seeker' AND u.is_active AND u.email IS NOT NULL
       AND u.id IN (SELECT candidate_id FROM applications WHERE sender_kind = 'job_seeker')
       AND NOT EXISTS (SELECT FROM identities i WHERE i.user_id = u.id)
     ORDER BY md5(u.id::text) LIMIT ${CANDIDATES}`,
  );
  if (chosen.length === 0) throw new Error('aucun candidat qui ait postulé seul : chargez les données de nouveau');
  sql(
    database,
    `INSERT INTO local_passwords (user_id, hash, set_at)
     SELECT u.id, team.hash, now()
     FROM users u
     CROSS JOIN LATERAL (
       SELECT p.hash FROM local_passwords p JOIN users staff ON staff.id = p.user_id WHERE staff.kind = 'itou_staff' ORDER BY p.user_id LIMIT 1
     ) team
     WHERE u.id IN (${listed(chosen.map(([id]) => id))})
     ON CONFLICT DO NOTHING`,
  );
  const people = [];
  for (const [rank, [, email]] of chosen.entries()) {
    people.push({ email, cookie: (await Visitor.ofCandidate(email)).cookie, browser: browsers[rank % ADDRESSES], reads: {} });
  }
  return people;
}

async function atWork(database, { by, where, members, reads }) {
  const organisations = sql(
    database,
    // Who is of one organisation only: their session acts for it.
    `WITH members AS (
       SELECT m.organisation_id AS id, min(u.email) AS email
       FROM memberships m
       JOIN users u ON u.id = m.user_id AND u.is_active
       JOIN organisations o ON o.id = m.organisation_id
       WHERE m.is_active AND ${members}
         AND (SELECT count(*) FROM memberships other WHERE other.user_id = u.id AND other.is_active) = 1
       GROUP BY 1
     ), counted AS (
       SELECT ${by} AS id, count(*) AS lines FROM applications WHERE ${where} GROUP BY 1
     )
     SELECT m.id, m.email FROM members m JOIN counted c ON c.id = m.id ORDER BY c.lines DESC, m.id LIMIT 10000`,
  );
  if (organisations.length === 0) throw new Error(`personne au travail parmi ceux de « ${by} » : chargez les données de nouveau`);
  const chosen = spread(organisations);
  const opened = sql(
    database,
    `SELECT organisation, id, candidate_id, coalesce(pass_id::text, ''), state
     FROM (
       SELECT ${by} AS organisation, id, candidate_id, pass_id, state,
              row_number() OVER (PARTITION BY ${by} ORDER BY submitted_at DESC, id) AS rank
       FROM applications WHERE ${by} IN (${listed(chosen.map(([id]) => id))}) AND ${where}
     ) last
     WHERE rank <= ${READ} ORDER BY organisation, rank`,
  );
  const people = [];
  for (const [rank, [organisation, email]] of chosen.entries()) {
    const of = { application: [], person: [], pass: [] };
    for (const [, id, candidate, pass, state] of opened.filter(([one]) => one === organisation)) {
      for (const [kind, path] of Object.entries(reads({ id, candidate, pass, state }))) if (path) of[kind].push(path);
    }
    people.push({ organisation, email, cookie: (await Visitor.signedIn(email)).cookie, browser: browsers[rank % ADDRESSES], reads: of });
  }
  return people;
}

/** The first of a list, then others evenly down to its end. */
function spread(list) {
  const rest = list.slice(BIGGEST);
  const step = Math.max(1, Math.floor(rest.length / (ORGANISATIONS - BIGGEST)));
  return [...list.slice(0, BIGGEST), ...rest.filter((_, rank) => rank % step === 0)].slice(0, ORGANISATIONS);
}

const listed = (ids) => ids.map((id) => `'${id}'`).join(',');
