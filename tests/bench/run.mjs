// Loads data of size M once, measures each work at 1, 8 and 32 connections beside what Postgres alone takes, and writes
// the tables of docs/performance.md. Started by scripts/bench.
import { mkdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { acceptances } from './acceptance.mjs';
import { Acts } from './acts.mjs';
import { grown, launched, shown, turned } from './campaigns.mjs';
import { pgbench, run, sql, statementsOf, talkative } from './database.mjs';
import { examined } from './doctor.mjs';
import { exported } from './exports.mjs';
import { grants } from './grants.mjs';
import { base, iae, memory, servePages, servePagesAlone, serveIdentities, stop } from './platform.mjs';
import { tables, write } from './report.mjs';
import { Visitor } from './visitor.mjs';
import { works } from './works.mjs';
import { zipped } from './zip.mjs';

const { DATABASE_URL, BENCH_FOLDER } = process.env;
const CONNECTIONS = [1, 8, 32];
const SECONDS = Number(process.env.BENCH_SECONDS ?? 8);
const WARM_UP = 20;
const STARTS = 5;
/** Forms sent at each number of connections. */
const SENT = 100;
const wanted = process.argv.slice(2);
const copy = Object.assign(new URL(DATABASE_URL), { pathname: '/bench' }).href;
const say = (text) => console.error(`\x1b[1m${text}\x1b[0m`);

prepare();
const identities = await serveIdentities(copy);
const starts = await startTimes();
say('Exports');
const exports = await exported(copy);
say('Campagnes de contrôle, jusqu’au tirage');
const region = await launched(copy);
await drained();
const pages = [];
const visitors = new Map();
const isWanted = (name) => wanted.length === 0 || wanted.some((text) => name.includes(text));
const all = works(copy).filter(({ name }) => isWanted(name));

const listening = await servePagesAlone(talkative(copy));
for (const work of all) pages.push({ ...work, ...(await told(work)) });
await stop(listening);

const platform = await servePages(copy);
for (const page of pages) {
  say(page.name);
  page.loads = CONNECTIONS.map((connections) => ({ connections, ...load(page, connections) }));
  page.alone = CONNECTIONS.map((connections) => ({ connections, ...pgbench(copy, page.statements, connections, Math.ceil(SECONDS / 2)) }));
}
const reading = memory(platform);
await stop(platform);
const acts = [
  await sending('Acceptance of an application, with a new diagnosis and a new PASS', acceptances),
  await sending('Grant of a prolongation', grants),
].filter(Boolean);
say('Dossier d’un contrôle');
const zip = await zipped(copy, shown(copy));
await stop(identities);
say('Contrôle de la base');
const doctor = await examined(copy);
const loaded = size();
say('Campagnes de contrôle, jusqu’à leur fin');
// Last: SIAE change départements.
const campaigns = [await turned(copy, region), ...(await grown(copy))];
const measured = { pages, acts, exports, zip, campaigns, doctor, starts, reading, base: loaded };
if (wanted.length === 0) write(measured);
else console.log(tables(measured));

/** A base of size M, and a fresh copy of it to measure. */
function prepare() {
  mkdirSync(`${BENCH_FOLDER}/mail`, { recursive: true });
  iae(DATABASE_URL, 'migrate');
  if (sql(DATABASE_URL, 'SELECT 1 FROM users LIMIT 1').length === 0) iae(DATABASE_URL, 'seed', '--size', 'm');
  say('Copie des données');
  const maintenance = Object.assign(new URL(DATABASE_URL), { pathname: '/postgres' }).href;
  sql(maintenance, 'DROP DATABASE IF EXISTS bench WITH (FORCE)');
  sql(maintenance, `CREATE DATABASE bench TEMPLATE "${new URL(DATABASE_URL).pathname.slice(1)}"`);
  sql(copy, 'VACUUM (ANALYZE)');
  sql(copy, 'CHECKPOINT');
}

/** Sends the mails of what was done: no task is left to run beside the pages. */
async function drained() {
  const sending = await servePages(copy);
  while (sql(copy, 'SELECT 1 FROM graphile_worker._private_jobs WHERE run_at <= now() LIMIT 1').length > 0) await sleep(200);
  await stop(sending);
}

/** Milliseconds from the start of the process to its first answer, a few times. */
async function startTimes() {
  const times = [];
  for (let time = 0; time < STARTS; time += 1) {
    const started = await servePages(copy);
    times.push({ ms: started.startMs, memory: memory(started).now });
    await stop(started);
  }
  return times;
}

/** The page as Postgres hears it, and its length. */
async function told(work) {
  const visitor = await visitorOf(work);
  const read = () => visitor.get(base + work.path);
  // Twice, so that everything a process does once is done.
  await read();
  const page = await read();
  if (page.status !== 200 || page.url !== base + work.path) throw new Error(`${work.name} : ${page.status} ${page.url}`);
  const { statements } = await statementsOf(read);
  return { statements, bytes: page.bytes, cookie: visitor.cookie };
}

async function visitorOf({ who }) {
  if (!visitors.has(who)) visitors.set(who, who ? await Visitor.signedIn(who) : new Visitor());
  return visitors.get(who);
}

/** What wrk sees at that many connections, asking for compressed pages as a browser does. */
function load({ path, cookie }, connections) {
  const headers = ['-H', 'Accept-Encoding: gzip, deflate, br', ...(cookie ? ['-H', `Cookie: ${cookie}`] : [])];
  const threads = Math.min(connections, 2);
  const measured = (seconds) =>
    JSON.parse(
      run('wrk', ['-t', threads, '-c', connections, '-d', seconds, '--timeout', 10, '-s', 'tests/bench/wrk.lua', ...headers, base + path].map(String))
        .trim().split('\n').at(-1),
    );
  measured(1);
  const result = measured(SECONDS);
  if (result.errors > 0) throw new Error(`${path} : ${result.errors} erreurs`);
  return result;
}

/** What sending each of these forms takes, at each number of connections; nothing when it is not asked for. */
async function sending(name, list) {
  if (!isWanted(name)) return undefined;
  say(name);
  const acts = new Acts(list(copy, CONNECTIONS.length * SENT + 5 * WARM_UP));
  let platform = await servePages(copy);
  await acts.signIn();
  await acts.send(WARM_UP, 1);
  const most = Math.min(SENT, Math.floor((acts.count - 2 * WARM_UP) / CONNECTIONS.length));
  const loads = [];
  for (const connections of CONNECTIONS) loads.push({ connections, ...(await acts.send(most, connections)) });
  const used = memory(platform);
  await stop(platform);
  platform = await servePagesAlone(talkative(copy));
  await acts.send(WARM_UP / 2, 1);
  const { statements } = await statementsOf(() => acts.send(1, 1));
  const { ms } = await statementsOf(() => acts.send(WARM_UP / 4, 1));
  await stop(platform);
  return { name, loads, statements, alone: ms / (WARM_UP / 4), memory: used };
}

function size() {
  const [[bytes, applications, passes, companies]] = sql(
    copy,
    `SELECT pg_database_size(current_database()), (SELECT count(*) FROM applications), (SELECT count(*) FROM passes),
            (SELECT count(*) FROM companies)`,
  );
  return { bytes: Number(bytes), applications: Number(applications), passes: Number(passes), companies: Number(companies) };
}
