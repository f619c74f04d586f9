// Postgres stops and starts again while people use the platform: pages say 503, what was confirmed is kept, and
// pages and tasks come back by themselves. Run by scripts/test, with IAE_DATA_DIR and the ports of a demonstration
// that scripts/with-postgres started around this file.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

const { PG_BIN, PG_DATA, DATABASE_URL, IAE_HTTP_PORT, SERVER_ACCOUNT } = process.env;
const platform = `http://127.0.0.1:${IAE_HTTP_PORT}`;
// Under the account of the server, and never longer than this file.
const account = process.getuid() === 0 ? ['--reuid', SERVER_ACCOUNT, '--clear-groups'] : [];
const asServer = ['setpriv', ...account, '--pdeathsig', 'INT', '--'];
const VISITORS = 8;
const AWAY_MS = 4000;
// The worker tries again every five seconds.
const RECOVERY_MS = 20_000;

let demo;
let restarted;

before(async () => {
  demo = spawn('target/debug/iae', ['demo'], { stdio: 'ignore' });
  await until(async () => (await get('/health')).status === 200, 60_000, 'the platform starts');
});

after(async () => {
  for (const child of [demo, restarted]) {
    child?.kill(child === demo ? 'SIGTERM' : 'SIGINT');
    await (child && once(child, 'exit'));
  }
});

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

  const options = readFileSync(`${PG_DATA}/postmaster.opts`, 'utf8').match(/"[^"]*"/g).map((text) => text.slice(1, -1));
  const stopped = Date.now();
  run([...asServer, `${PG_BIN}/pg_ctl`, '-D', PG_DATA, 'stop', '-m', 'fast']);
  await sleep(AWAY_MS);
  const [setpriv, ...rest] = [...asServer, `${PG_BIN}/postgres`, ...options];
  restarted = spawn(setpriv, rest, { stdio: 'ignore' });
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
  const kept = Number(sql('SELECT count(*) FROM login_attempts'));
  assert.ok(kept >= confirmed, `${confirmed} logins begun were confirmed, ${kept} are kept`);

  sql("SELECT graphile_worker.add_job('purge', '{}')");
  await until(() => sql('SELECT count(*) FROM graphile_worker._private_jobs') === '0', RECOVERY_MS, 'tasks run again');
  console.log(`${answers.length} answers, ${refused.length} of them 503`);
});

function get(path, headers = {}) {
  return fetch(platform + path, { redirect: 'manual', headers }).catch(() => ({ status: 0, text: () => '' }));
}

async function until(condition, limit, what) {
  const end = Date.now() + limit;
  while (!(await condition())) {
    assert.ok(Date.now() < end, `${what} within ${limit} ms`);
    await sleep(100);
  }
}

function sql(statement) {
  return run(['psql', '-XqAt', DATABASE_URL, '-c', statement]).trim();
}

function run([command, ...args]) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  assert.equal(status, 0, `${command} ${args.join(' ')}: ${stderr}`);
  return stdout;
}
