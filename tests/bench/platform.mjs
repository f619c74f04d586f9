// The release build as it runs in production: pages and tasks in one process, the identity provider in another.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const { IAE, IAE_HTTP_PORT, IAE_CONNECT_PORT, BENCH_FOLDER } = process.env;
export const base = `http://127.0.0.1:${IAE_HTTP_PORT}`;
const START_LIMIT_MS = 20_000;
const secret = (bytes) => randomBytes(bytes).toString('hex');

/** Settings of an instance on this machine, its keys made for this run. */
export const settings = {
  IAE_ACCOUNT_PAGES_PER_MINUTE: '4000000000',
  IAE_ANONYMOUS_PAGES_PER_MINUTE: '4000000000',
  IAE_BASE_URL: `${base}/`,
  IAE_COOKIE_KEY: secret(64),
  IAE_SUPPORT_EMAIL: 'equipe@exemple.fr',
  IAE_PASS_PREFIX: 'LOCAL',
  IAE_MAIL_URL: `file://${BENCH_FOLDER}/mail`,
  IAE_MAIL_FROM: 'Parcours IAE <ne-pas-repondre@exemple.fr>',
  IAE_FILES_URL: `file://${BENCH_FOLDER}/files`,
  IAE_OIDC_IC_ISSUER: `http://127.0.0.1:${IAE_CONNECT_PORT}`,
  IAE_OIDC_IC_CLIENT_ID: 'parcours-iae',
  IAE_OIDC_IC_CLIENT_SECRET: secret(32),
  IAE_CONNECT_KEYS_SECRET: secret(32),
  IAE_CONNECT_RENEWS_WEAK_PASSWORDS: 'false',
  RUST_LOG: 'warn',
};

const running = new Set();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/** Runs a command of `iae` to its end, in sight. */
export function iae(database, ...args) {
  const env = { ...process.env, ...settings, DATABASE_URL: database };
  const { status } = spawnSync(IAE, args, { env, stdio: 'inherit' });
  if (status !== 0) throw new Error(`iae ${args.join(' ')} a échoué`);
}

/** Starts the pages and the tasks; gives the process, and the milliseconds until it answered. */
export const servePages = (database) => serve(database, IAE_HTTP_PORT, 'serve', '--with-worker');

/** Starts the pages alone: no task speaks to the database between two requests. */
export const servePagesAlone = (database) => serve(database, IAE_HTTP_PORT, 'serve');

/** Starts the identity provider. */
export const serveIdentities = (database) => serve(database, IAE_CONNECT_PORT, 'connect');

/** Starts a command of `iae`; it does not outlive this process. */
export function begin(database, ...args) {
  const env = { ...process.env, ...settings, DATABASE_URL: database };
  const child = spawn(IAE, args, { env, stdio: ['ignore', 'inherit', 'inherit'] });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

async function serve(database, port, ...args) {
  const started = performance.now();
  const child = begin(database, ...args);
  while (!(await listens(port))) {
    if (child.exitCode !== null) throw new Error(`iae ${args.join(' ')} s’est arrêté`);
    if (performance.now() - started > START_LIMIT_MS) throw new Error(`iae ${args.join(' ')} ne démarre pas`);
    await sleep(2);
  }
  const health = await fetch(`http://127.0.0.1:${port}/${args[0] === 'serve' ? 'health' : ''}`);
  await health.arrayBuffer();
  return { child, startMs: performance.now() - started };
}

function listens(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(socket.destroy() && true)).once('error', () => resolve(false));
  });
}

/** Ends a process and waits for its end. */
export async function stop({ child }) {
  child.kill('SIGTERM');
  await once(child, 'exit');
}

/** Resident memory of a process, now and at its highest, in MiB; nothing of one that is ending. */
export function memory({ child }) {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  const mib = (field) => Number(status.match(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm'))?.[1] ?? 0) / 1024;
  return { now: mib('VmRSS'), highest: mib('VmHWM') };
}
