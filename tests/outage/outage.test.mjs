// Postgres stops and starts again while people use the platform: pages say 503, what was confirmed is kept, and
// pages and tasks come back by themselves. Run by scripts/outage, with IAE_DATA_DIR and the ports of a demonstration
// that scripts/with-postgres started around this file.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { endAll, get, sql, startPostgres, startServer, stopPostgres, until } from './machine.mjs';

const VISITORS = 8;
const AWAY_MS = 4000;
// The worker tries again every five seconds.
const RECOVERY_MS = 20_000;
const TASKS_MS = 150_000;

before(startServer);
after(endAll);

test('Postgres away under load: 503 pages, nothing confirmed is lost, recovery without help', async () => {
  const answers = [];
  let going = true;
  const visitors = Array.from({ length: VISITORS }, async (_, visitor) => {
    while (going) {
      // A login begun is a row written; a page with a session cookie is a session read.
      const begins = visitor % 2 === 0;
      const response = begins ? await get('/login/ic') : await get('/dashboard', { cookie: `session=${'A'.repeat(22)}` });
      answers.push({ at: Date.now(), begins, status: response.status, body: await response.text() });
      await sleep(20);
    }
  });
  await sleep(2000);

  const stopped = Date.now();
  stopPostgres();
  await sleep(AWAY_MS);
  startPostgres();
  const started = Date.now();
  await until(() => answers.at(-1).status !== 503 && answers.at(-1).at > started, RECOVERY_MS, 'pages come back');
  await sleep(2000);
  going = false;
  await Promise.all(visitors);

  const statuses = new Set(answers.map(({ status }) => status));
  assert.deepEqual([...statuses].sort(), [303, 503], 'every answer is what was asked or a 503');
  const refused = answers.filter(({ status }) => status === 503);
  assert.ok(refused.every(({ at }) => at >= stopped), 'nothing fails before the stop');
  assert.match(refused[0].body, /<h1>/, 'the 503 is a page');
  const confirmed = answers.filter(({ begins, status }) => begins && status === 303).length;
  const kept = Number(await sql('SELECT count(*) FROM login_attempts'));
  assert.ok(kept >= confirmed, `${confirmed} logins begun were confirmed, ${kept} are kept`);

  await sql("SELECT graphile_worker.add_job('purge', '{}')");
  const left = (which) => async () => (await sql(`SELECT count(*) FROM graphile_worker._private_jobs ${which}`)) === '0';
  await until(left('WHERE locked_at IS NULL OR locked_at > now() - interval \'20 s\''), RECOVERY_MS, 'tasks run again');
  // What was under way as Postgres stopped is begun again once its worker was silent for a minute.
  await until(left(''), TASKS_MS, 'every task ends');
  console.log(`${answers.length} answers, ${refused.length} of them 503`);
});
