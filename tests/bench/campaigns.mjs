// Campaigns of control (rule book 04 §1): what each step takes for every DDETS, and for one DDETS as its SIAE grow in
// number. Each step is a command, as an operator runs it: its start counts.
import { ran } from './command.mjs';
import { sql } from './database.mjs';
import { defended, defendedAnew } from './defences.mjs';

/** Which contracts are controlled: two whole years, so that the SIAE have hires as in a région. */
const HIRED = `(date_trunc('year', now()) - interval '2 years')::date, now()::date`;
/** Départements whose SIAE are put together under one DDETS. */
const GATHERED = [1, 2, 5, 10];
const VALUE = '4 8 15 16 23, numéro chance 4';
/** The most a DDETS may control, in percent. */
const RATIO = 40;

/** Opens the campaigns of every DDETS and draws them; SIAE and DDETS do what they would. Gives them, and what each step took. */
export async function launched(database) {
  // A base that was measured before has campaigns over the same hires.
  const campaigns = await opened(database, ['--confirm-overlap']);
  const steps = await begun(database, campaigns);
  return { name: `Every DDETS (${campaigns.length})`, campaigns, steps, ...size(database, campaigns) };
}

/** Turns campaigns that were launched to their end. */
export async function turned(database, { campaigns, steps, ...about }) {
  return { ...about, campaigns, steps: { ...steps, ...(await ended(database, campaigns)) } };
}

/** The same for one DDETS, whose département is given the SIAE of others, a few more each time: on a base nothing else is measured on. */
export async function grown(database) {
  const departments = sql(
    database,
    `SELECT department_code FROM organisations WHERE kind = 'DDETS IAE' ORDER BY department_code = '57' DESC, department_code`,
  ).flat();
  const rows = [];
  for (const count of GATHERED.filter((count) => count <= departments.length)) {
    const gathered = departments.slice(0, count).map((code) => `'${code}'`).join(',');
    sql(database, `UPDATE organisations SET department_code = '57' WHERE family = 'company' AND department_code IN (${gathered})`);
    const campaigns = await opened(database, ['--ddets', '57', '--confirm-overlap']);
    const steps = { ...(await begun(database, campaigns)), ...(await ended(database, campaigns)) };
    rows.push({ name: `One DDETS, SIAE of ${count} département${count > 1 ? 's' : ''}`, campaigns, steps, ...size(database, campaigns) });
  }
  return rows;
}

/** What pages show: the campaign that controls most SIAE and one of its agents; of its SIAE whose proofs wait, the one with most hires, one
 * of them and one of its members; another of its controls. */
export function shown(database) {
  // Who is of one organisation only: their session acts for it.
  const alone = '(SELECT count(*) FROM memberships other WHERE other.user_id = u.id AND other.is_active) = 1';
  const [[campaign, inspector, siae]] = sql(
    database,
    `SELECT k.id, min(u.email), (SELECT count(*) FROM controls c WHERE c.campaign_id = k.id) AS siae
     FROM control_campaigns k
     JOIN memberships m ON m.organisation_id = k.institution_id AND m.is_active
     JOIN users u ON u.id = m.user_id AND u.is_active AND ${alone}
     WHERE k.launched_at IS NOT NULL AND k.ended_at IS NULL
     GROUP BY k.id ORDER BY siae DESC, k.id LIMIT 1`,
  );
  const [[control, hire, employer]] = sql(
    database,
    `SELECT c.id, (SELECT h.id FROM control_hires h WHERE h.control_id = c.id AND EXISTS (SELECT FROM control_criteria x WHERE x.hire_id = h.id)
                   ORDER BY h.rank LIMIT 1), e.email
     FROM controls c
     JOIN company_activity a ON a.organisation_id = c.company_id AND a.active_until = 'infinity'
     JOIN LATERAL (
       SELECT min(u.email) AS email FROM memberships m JOIN users u ON u.id = m.user_id AND u.is_active AND ${alone}
       WHERE m.organisation_id = c.company_id AND m.is_active
     ) e ON e.email IS NOT NULL
     WHERE c.campaign_id = '${campaign}'
       AND EXISTS (SELECT FROM control_hires h JOIN control_criteria x ON x.hire_id = h.id WHERE h.control_id = c.id AND x.review = 'pending')
     ORDER BY (SELECT count(*) FROM control_hires h WHERE h.control_id = c.id) DESC, c.id LIMIT 1`,
  );
  const [[other]] = sql(database, `SELECT id FROM controls WHERE campaign_id = '${campaign}' AND id <> '${control}' ORDER BY id LIMIT 1`);
  return { campaign, inspector, siae, control, hire, employer, other };
}

async function opened(database, options) {
  const [[from, to, launch, adversarial, last]] = sql(
    database,
    `SELECT ${HIRED}, now()::date, now()::date + 80, coalesce(max(id::text), '0') FROM control_campaigns`,
  );
  const days = ['--from', from, '--to', to, '--launch', launch, '--adversarial', adversarial];
  await ran(database, 'control', 'open', ...days, ...options, ...asStaff(database));
  const campaigns = sql(database, `SELECT id FROM control_campaigns WHERE id::text > '${last}' ORDER BY id`).flat();
  sql(database, `UPDATE control_campaigns SET ratio = ${RATIO}, ratio_set_at = now() WHERE id IN (${listed(campaigns)})`);
  return campaigns;
}

/** From the list to the draw. */
async function begun(database, campaigns) {
  const list = await all(database, campaigns, 'freeze-list', '--value-name', 'Loto');
  const launch = await all(database, campaigns, 'launch', '--value', VALUE);
  sql(database, defended(campaigns));
  sql(database, 'ANALYZE control_list_lines, controls, control_hires, control_criteria');
  return { list, launch };
}

/** From the amicable phase to the end. */
async function ended(database, campaigns) {
  await all(database, campaigns, 'freeze');
  const adversarial = await all(database, campaigns, 'adversarial');
  sql(database, defendedAnew(campaigns));
  await all(database, campaigns, 'freeze');
  const close = await all(database, campaigns, 'close');
  return { adversarial, close };
}

/** A step of all these campaigns, one after the other: seconds in all, memory of the command that took most. */
async function all(database, campaigns, step, ...options) {
  const took = { seconds: 0, memory: 0 };
  for (const campaign of campaigns) {
    const one = await ran(database, 'control', step, campaign, ...options, ...asStaff(database));
    took.seconds += one.seconds;
    took.memory = Math.max(took.memory, one.memory);
  }
  return took;
}

function asStaff(database) {
  const [[email]] = sql(database, `SELECT email FROM users WHERE kind = 'itou_staff' AND is_superuser AND is_active ORDER BY 1 LIMIT 1`);
  return ['--as', email];
}

/** How many SIAE and hires could be drawn, and were. */
function size(database, campaigns) {
  const [row] = sql(
    database,
    `SELECT (SELECT count(DISTINCT (campaign_id, company_id)) FROM control_list_lines WHERE campaign_id IN (${listed(campaigns)})),
            (SELECT count(*) FROM control_list_lines WHERE campaign_id IN (${listed(campaigns)})),
            count(DISTINCT c.id), count(h.id)
     FROM controls c LEFT JOIN control_hires h ON h.control_id = c.id WHERE c.campaign_id IN (${listed(campaigns)})`,
  );
  const [companies, hires, drawnCompanies, drawnHires] = row.map(Number);
  return { companies, hires, drawnCompanies, drawnHires };
}

const listed = (ids) => ids.map((id) => `'${id}'`).join(',');
