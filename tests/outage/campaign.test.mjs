// `iae control` is killed (kill -9) in the middle of each step of a campaign, and Postgres in the middle of the launch, of the transition
// and of the end: each step is done whole or not at all, its audit rows and its mails are there once (rule book 04 §1.6, §1.12). Run by
// scripts/outage, as its neighbours. `tests/http/control/kill.rs` cuts the connection at every lock.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { defended, defendedAnew } from '../bench/defences.mjs';
import { settings } from '../bench/platform.mjs';
import { doctor, endAll, killPostgres, sql, startServer, until } from './machine.mjs';

const { DATABASE_URL, IAE_DATA_DIR } = process.env;
const STAFF = 'lea.martin@parcours-iae.example';
const VALUE = '4 8 15 16 23, numéro chance 4';
/** Milliseconds of life given to a command, one try after another: before it connects, while it writes, once it has. */
const LIVES = [5, 40, 80, 120, 160, 200, 250, 300, 400, 600];
const TASKS_MS = 150_000;
const env = {
  ...process.env,
  ...settings,
  IAE_PASS_PREFIX: 'DEMO0',
  IAE_MAIL_URL: `file://${IAE_DATA_DIR}/mail`,
  IAE_FILES_URL: `file://${IAE_DATA_DIR}/files`,
};

/** The steps in their order: the column that says when one was done, its audit row, what is broken in the middle of it. */
const STEPS = [
  { ask: ['freeze-list', '--value-name', 'Loto du lendemain'], at: 'list_frozen_at', action: 'list_frozen', waits: ['audit_events'] },
  { ask: ['launch', '--value', VALUE], at: 'launched_at', action: 'launched', waits: ['audit_events', 'emails'], breaks: true },
  { ask: ['freeze'], at: 'submissions_frozen_at', action: 'submissions_frozen', waits: ['audit_events', 'emails'] },
  { ask: ['adversarial'], at: 'adversarial_at', action: 'adversarial_begun', waits: ['audit_events', 'emails'], breaks: true },
  { ask: ['freeze'], at: 'submissions_frozen_at', action: 'submissions_frozen', waits: ['audit_events'] },
  { ask: ['close'], at: 'ended_at', action: 'closed', waits: ['audit_events', 'emails'], breaks: true },
];
/** What SIAE and DDETS do before a step. */
const MEANWHILE = { 2: defended, 4: defendedAnew };

before(startServer);
after(endAll);

test('a campaign whose every step is killed: each is whole or not at all, and its mails are written once', async () => {
  const begun = await sql('SELECT now()');
  const campaign = await opened();
  const kills = { before: 0, after: 0 };
  for (const [rank, step] of STEPS.entries()) {
    if (MEANWHILE[rank]) await sql(MEANWHILE[rank](campaign));
    await done(campaign, step, kills);
  }
  assert.ok(kills.before > STEPS.length, `kills before the end of a step: ${JSON.stringify(kills)}`);

  const { status, said } = await iae('draw', '--verify', campaign);
  assert.equal(status, 0, said);
  await idle();
  const mails = `FROM emails m LEFT JOIN controls c ON c.id = m.about_id
                 WHERE m.created_at >= '${begun}' AND '${campaign}' IN (m.about_id, c.campaign_id)`;
  assert.equal(await sql(`SELECT string_agg(DISTINCT m.kind || ' ' || m.status, ', ') ${mails} AND m.status <> 'sent'`), '', 'every mail left');
  const ids = (await sql(`SELECT m.id ${mails}`)).split('\n');
  const folder = `${IAE_DATA_DIR}/mail`;
  const files = readdirSync(folder).filter((file) => file.endsWith('.eml')).map((file) => readFileSync(`${folder}/${file}`, 'utf8'));
  const sent = ids.map((id) => files.filter((file) => file.includes(id)).length);
  assert.ok(Math.min(...sent) >= 1, 'each is in the folder');
  doctor();
  console.log(`${kills.before} kills before a step was done, ${kills.after} after; ${ids.length} mails, ${sent.filter((times) => times > 1).length} left twice`);
});

/** A campaign of the département of the demonstration, about the hires of the year before. */
async function opened() {
  const [from, to, launch, adversarial] = (
    await sql(`SELECT date_trunc('year', now() - interval '1 year')::date, date_trunc('year', now())::date - 1, now()::date, now()::date + 60`)
  ).split('|');
  const days = ['--from', from, '--to', to, '--launch', launch, '--adversarial', adversarial];
  const { status, said } = await iae('open', ...days, '--ddets', '57', '--confirm-overlap', '--as', STAFF);
  assert.equal(status, 0, said);
  return said.trim().split('\n').at(-1);
}

/** Does a step, however often it is killed: nothing is there by half after any kill, all of it is there once in the end. */
async function done(campaign, { ask: [command, ...options], at, action, waits, breaks }, kills) {
  const ask = [command, campaign, ...options, '--as', STAFF];
  await idle();
  const begun = await sql('SELECT now()');
  const was = await kept(campaign);
  const isDone = async () => (await sql(`SELECT ${at} IS NOT NULL FROM control_campaigns WHERE id = '${campaign}'`, { patient: true })) === 't';
  const looked = async (why) => {
    const isSo = await isDone();
    if (isSo) await whole(campaign, action, begun);
    else assert.equal(await kept(campaign), was, `${command}: nothing is changed by half (${why})`);
    kills[isSo ? 'after' : 'before'] += 1;
    return isSo;
  };
  // In the middle for sure: all is written but what another session holds.
  for (const table of waits) {
    await killedAt(table, ask);
    assert.equal(await looked(`killed before it writes to ${table}`), false);
  }
  if (breaks) {
    const child = start(ask);
    const ended = once(child, 'exit');
    await sleep(100);
    await killPostgres();
    await ended;
    await looked('Postgres killed');
  }
  for (const life of LIVES) {
    if (await isDone()) break;
    const child = start(ask);
    await sleep(life + Math.random() * 20);
    if (child.exitCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await gone();
    await looked(`killed after ${life} ms`);
  }
  if (!(await isDone())) {
    const { status, said } = await iae(...ask);
    assert.equal(status, 0, said);
  }
  await whole(campaign, action, begun);
  const after = await kept(campaign);
  const { status, said } = await iae(...ask);
  assert.ok(status !== 0 && said.includes('rien n’a changé'), `${command}, again: ${said}`);
  assert.equal(await kept(campaign), after, `${command}: done once`);
}

/** All of a step that was done is there, once. */
async function whole(campaign, action, begun) {
  const count = async (statement) => Number(await sql(`SELECT count(*) FROM (${statement}) counted`));
  const trail = (subject, what) => `SELECT FROM audit_events e ${subject} AND e.action = '${what}' AND e.at >= '${begun}'`;
  const ofCampaign = `WHERE e.subject_id = '${campaign}'`;
  const ofControls = `JOIN controls c ON c.id = e.subject_id AND c.campaign_id = '${campaign}' WHERE true`;
  assert.equal(await count(trail(ofCampaign, `control_campaign.${action}`)), 1, `${action}: one audit row`);
  const toDdets = `FROM emails WHERE about_id = '${campaign}' AND created_at >= '${begun}'`;
  assert.equal(await count(`SELECT ${toDdets}`), await count(`SELECT DISTINCT recipient, kind ${toDdets}`), `${action}: the DDETS once`);
  const told = { launched: 'drawn', adversarial_begun: 'adversarial_begun', closed: 'closed' }[action];
  if (!told) return;
  const controls = await count(`SELECT FROM controls WHERE campaign_id = '${campaign}'`);
  assert.ok(controls > 0, 'some SIAE were drawn');
  assert.equal(await count(trail(ofControls, `control.${told}`)), controls, `${action}: one audit row for each SIAE`);
  // To each administrator of each SIAE that is told something, one mail.
  const admins = `JOIN memberships m ON m.organisation_id = c.company_id AND m.is_active AND m.is_admin
                  JOIN users u ON u.id = m.user_id AND u.is_active AND u.email IS NOT NULL`;
  const expected = await count(
    `SELECT FROM audit_events e JOIN controls c ON c.id = e.subject_id AND c.campaign_id = '${campaign}' ${admins}
     WHERE e.action = 'control.${told}' AND e.at >= '${begun}' AND (e.action = 'control.drawn' OR e.payload->>'mail' IS NOT NULL)`,
  );
  const about = `FROM emails e JOIN controls c ON c.id = e.about_id AND c.campaign_id = '${campaign}' WHERE e.created_at >= '${begun}'`;
  assert.equal(await count(`SELECT ${about}`), expected, `${action}: every administrator is written to`);
  assert.equal(await count(`SELECT DISTINCT e.recipient, e.about_id ${about}`), expected, `${action}: once`);
}

/** Every row of a campaign that a step may write, as one text. */
function kept(campaign) {
  const controls = `(SELECT id FROM controls WHERE campaign_id = '${campaign}')`;
  const rows = [
    `control_campaigns t WHERE t.id = '${campaign}'`,
    `control_list_lines t WHERE t.campaign_id = '${campaign}'`,
    `controls t WHERE t.campaign_id = '${campaign}'`,
    `control_hires t WHERE t.control_id IN ${controls}`,
    `control_criteria t WHERE t.hire_id IN (SELECT id FROM control_hires WHERE control_id IN ${controls})`,
    `(SELECT id, action, subject_id FROM audit_events) t WHERE t.subject_id = '${campaign}' OR t.subject_id IN ${controls}`,
    `(SELECT id, kind, recipient, about_id FROM emails) t WHERE t.about_id = '${campaign}' OR t.about_id IN ${controls}`,
  ];
  const digest = (from) => `md5(coalesce((SELECT string_agg(t::text, E'\\n' ORDER BY t::text) FROM ${from}), ''))`;
  return sql(`SELECT concat_ws(' ', ${rows.map(digest).join(', ')})`);
}

/** Starts a command, and kills it where it waits to write to this table. */
async function killedAt(table, ask) {
  const holder = spawn('psql', ['-XqAt', DATABASE_URL], { stdio: ['pipe', 'pipe', 'inherit'] });
  holder.stdin.write(`BEGIN;\nLOCK TABLE ${table} IN SHARE MODE;\nSELECT 'held';\n`);
  await once(holder.stdout, 'data');
  const child = start(ask);
  const waiting = `SELECT count(*) FROM pg_stat_activity
                   WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%INSERT INTO ${table}%'`;
  await until(async () => child.exitCode === null && (await sql(waiting)) !== '0', 20_000, `it comes to ${table}`);
  child.kill('SIGKILL');
  await once(child, 'exit');
  holder.stdin.end('ROLLBACK;\n');
  await once(holder, 'exit');
  await gone();
}

/** Waits until Postgres has noticed that nobody is there any more: no statement of a step goes on. */
function gone() {
  const working = `SELECT count(*) FROM pg_stat_activity
                   WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
                     AND state <> 'idle' AND query NOT LIKE '%graphile_worker%'`;
  return until(async () => (await sql(working, { patient: true })) === '0', 20_000, 'what was killed is rolled back');
}

/** Waits until every task ended, so that what comes next is broken alone. */
function idle() {
  const left = 'SELECT count(*) FROM graphile_worker._private_jobs';
  return until(async () => (await sql(left, { patient: true })) === '0', TASKS_MS, 'every task ends');
}

const start = (ask) => spawn('target/debug/iae', ['control', ...ask], { env, stdio: 'ignore' });

/** Runs a command to its end: its status, and what it says. */
async function iae(...ask) {
  const child = spawn('target/debug/iae', ['control', ...ask], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const out of [child.stdout, child.stderr]) out.on('data', (piece) => (said += piece));
  const [status] = await once(child, 'close');
  return { status, said };
}
