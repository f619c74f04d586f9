// The server and Postgres are killed, which leaves them no time to end anything, while people are hired and suspended: what was
// confirmed is there once, nothing is there by half, every mail leaves. Run by scripts/outage, as its neighbour.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { acceptable } from '../bench/acceptance.mjs';
import { base } from '../bench/platform.mjs';
import { Visitor } from '../bench/visitor.mjs';
import { doctor, endAll, errors, killPostgres, killServer, sql, startServer, until } from './machine.mjs';

const COMPANIES = 8;
const PEOPLE = 40;
const AT_ONCE = 4;
// People hired before each kill, in turn the server and Postgres.
const KILLS = [4, 10, 16, 22, 28, 34];
const AGAIN_MS = 300;
// What a killed worker had begun is begun again a minute later.
const TASKS_MS = 150_000;
const today = new Date().toISOString().slice(0, 10);

before(startServer);
after(endAll);

test('killed in the middle of hires and suspensions: done once or not at all, and no mail lost', async () => {
  const waiting = acceptable(process.env.DATABASE_URL, COMPANIES, PEOPLE);
  assert.ok(waiting.length >= KILLS.at(-1), `${waiting.length} applications to accept`);
  const employers = new Map();
  for (const { email } of waiting) if (!employers.has(email)) employers.set(email, await Visitor.signedIn(email));
  const begun = await sql('SELECT now()');
  const earlier = Number(await sql("SELECT count(*) FROM audit_events WHERE action = 'application.accepted'"));

  const ids = waiting.map(({ id }) => id);
  const kills = [...KILLS];
  const confirmed = { hires: 0, suspensions: 0, again: 0 };
  const killing = { going: Promise.resolve() };
  const worker = async () => {
    for (let one = waiting.pop(); one; one = waiting.pop()) {
      const { cookie } = employers.get(one.email);
      const hired = post(`/applications/${one.id}/acceptance`, cookie, {
        step: 'confirm', seen: one.state, acting_for: one.company, starts_on: today, level_1_criteria: 'RSA',
      }, confirmed);
      // While it is under way.
      if (kills.length > 0 && confirmed.hires >= kills[0]) {
        const kill = kills.shift();
        const killed = kills.length % 2 ? killServer : killPostgres;
        killing.going = killing.going.then(() => sleep(5 * (kill % 7))).then(killed);
      }
      if ((await hired) === 303) confirmed.hires += 1;
      const [pass, end] = (await sql(`SELECT p.id || ' ' || p.ends_on FROM applications a JOIN passes p ON p.id = a.pass_id
                               WHERE a.id = '${one.id}'`, { patient: true })).split(' ');
      assert.ok(pass, `${one.id} was answered, and rests on a PASS`);
      const suspended = await post(`/pass/${pass}/suspension`, cookie, {
        step: 'confirm', seen: end, acting_for: one.company, reason: 'contract_suspended', starts_on: today, no_end: 'true', certified: 'true',
      }, confirmed);
      if (suspended === 303) confirmed.suspensions += 1;
    }
  };
  // All of it ends before the test does, also when one fails: nothing is started that nobody would stop.
  const workers = await Promise.allSettled(Array.from({ length: AT_ONCE }, worker));
  await killing.going;
  for (const { reason } of workers) assert.ifError(reason);
  assert.equal(kills.length, 0, 'every kill came');

  await until(async () => (await sql('SELECT count(*) FROM graphile_worker._private_jobs')) === '0', TASKS_MS, 'every task ends');
  const list = ids.map((id) => `'${id}'`).join(',');
  const hires = await sql(`SELECT count(*) FROM applications WHERE state = 'accepted' AND pass_id IS NOT NULL AND id IN (${list})`);
  assert.equal(Number(hires), ids.length, 'everyone is hired, at the last try if not at the first');
  const trail = Number(await sql("SELECT count(*) FROM audit_events WHERE action = 'application.accepted'")) - earlier;
  assert.equal(trail, ids.length, 'and once');
  const suspensions = await sql(`SELECT count(*), count(DISTINCT s.pass_id) FROM suspensions s
                           JOIN applications a ON a.pass_id = s.pass_id WHERE a.id IN (${list})`);
  assert.equal(suspensions, `${ids.length}|${ids.length}`, 'everyone is suspended once');
  const since = `FROM emails WHERE created_at >= '${begun}'`;
  assert.equal(await sql(`SELECT string_agg(DISTINCT kind || ' ' || status, ', ') ${since} AND status <> 'sent'`), '', 'no mail is lost');
  assert.equal(await sql(`SELECT count(*) FROM applications a WHERE a.id IN (${list})
                    AND NOT EXISTS (SELECT FROM emails m WHERE m.about_id = a.id)`), '0', 'nor was any left unwritten');
  const files = readdirSync(`${process.env.IAE_DATA_DIR}/mail`).length;
  assert.ok(files >= Number(await sql(`SELECT count(*) ${since}`)), 'each is in the folder');
  doctor();
  console.log(`${ids.length} hires and suspensions, ${confirmed.again} tries that a kill broke`);
});

/** Sends a form until it is answered, as someone does who sees an error; gives the status. */
async function post(path, cookie, fields, confirmed) {
  for (let tries = 0; tries < 100; tries += 1) {
    const sent = { method: 'POST', redirect: 'manual', headers: { cookie }, body: new URLSearchParams(fields) };
    const status = await fetch(base + path, sent).then((answer) => answer.text().then(() => answer.status)).catch(() => 0);
    // 409: the first try was done, its answer lost.
    if (status === 303 || status === 409) return status;
    assert.ok([0, 503].includes(status), `${path}: ${status}\n${errors()}`);
    confirmed.again += 1;
    await sleep(AGAIN_MS);
  }
  assert.fail(`${path} is never answered`);
}
