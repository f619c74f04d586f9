// What a machine runs: a demonstration and its Postgres, to be ended well or badly.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const { PG_BIN, PG_DATA, DATABASE_URL, IAE_DATA_DIR, IAE_HTTP_PORT, SERVER_ACCOUNT } = process.env;
const LOG = `${IAE_DATA_DIR}/server.log`;
// Three machines start side by side, on the cores there are.
const START_MS = 180_000;
// Under the account of the server, and never longer than the tests.
const account = process.getuid() === 0 ? ['--reuid', SERVER_ACCOUNT, '--clear-groups'] : [];
const asServer = ['setpriv', ...account, '--pdeathsig', 'INT', '--'];

let demo;
let postgres;

/** Starts the demonstration, and waits for it to answer. */
export async function startServer() {
  const log = openSync(LOG, 'a');
  demo = spawn('target/debug/iae', ['demo'], { stdio: ['ignore', log, log] });
  await until(async () => (await get('/health')).status === 200, START_MS, 'the platform starts');
}

/** Kills the demonstration where it is, and starts it again. */
export async function killServer() {
  demo.kill('SIGKILL');
  await once(demo, 'exit');
  await startServer();
}

/** What the demonstration says went wrong, for whoever reads a failure. */
export function errors() {
  return readFileSync(LOG, 'utf8').split('\n').filter((line) => line.includes('ERROR')).join('\n');
}

/** Stops Postgres as an operator does. */
export function stopPostgres() {
  run([...asServer, `${PG_BIN}/pg_ctl`, '-D', PG_DATA, 'stop', '-m', 'fast']);
}

/** Starts Postgres as it was started first. */
export function startPostgres() {
  const options = readFileSync(`${PG_DATA}/postmaster.opts`, 'utf8').match(/"[^"]*"/g).map((text) => text.slice(1, -1));
  const [setpriv, ...rest] = [...asServer, `${PG_BIN}/postgres`, ...options];
  postgres = spawn(setpriv, rest, { stdio: 'ignore' });
}

/** Kills every process of Postgres where it is, starts it again, and waits until it has recovered. */
export async function killPostgres() {
  const postmaster = readFileSync(`${PG_DATA}/postmaster.pid`, 'utf8').split('\n', 1)[0];
  const children = spawnSync('pgrep', ['-P', postmaster], { encoding: 'utf8' }).stdout.split('\n').filter(Boolean);
  run(['kill', '-9', postmaster]);
  spawnSync('kill', ['-9', ...children]);
  await sleep(200);
  startPostgres();
  await until(async () => answers(), START_MS, 'Postgres recovers');
}

/** Ends all of it. */
export async function endAll() {
  for (const [child, signal] of [[demo, 'SIGTERM'], [postgres, 'SIGINT']]) {
    if (!child || child.exitCode !== null || child.signalCode !== null) continue;
    child.kill(signal);
    await once(child, 'exit');
  }
}

/** `iae doctor` finds nothing to say. */
export function doctor() {
  run(['target/debug/iae', 'doctor']);
}

export function get(path, headers = {}) {
  const none = { status: 0, text: () => '' };
  return fetch(`http://127.0.0.1:${IAE_HTTP_PORT}${path}`, { redirect: 'manual', headers }).catch(() => none);
}

export async function until(condition, limit, what) {
  const end = Date.now() + limit;
  while (!(await condition())) {
    assert.ok(Date.now() < end, `${what} within ${limit} ms`);
    await sleep(100);
  }
}

const psql = (statement) => ['psql', '-XqAt', DATABASE_URL, '-c', statement];

function answers() {
  const [command, ...args] = psql('SELECT');
  return spawnSync(command, args).status === 0;
}

/** What a statement gives, once Postgres answers if one is `patient`. */
export async function sql(statement, { patient = false } = {}) {
  if (patient) await until(async () => answers(), START_MS, 'Postgres answers');
  return run(psql(statement)).trim();
}

function run([command, ...args]) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  assert.equal(status, 0, `${command} ${args.join(' ')}: ${stdout}${stderr}`);
  return stdout;
}
