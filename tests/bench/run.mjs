// Measures each work at 1, 8 and 32 connections beside what Postgres alone takes, and writes the tables of docs/performance.md. Started by
// scripts/bench.
import { setTimeout as sleep } from 'node:timers/promises';

import { acceptances } from './acceptance.mjs';
import { Acts } from './acts.mjs';
import { counts, isInPlace, ready, say, size } from './base.mjs';
import { compared, kept } from './beside.mjs';
import { grown, launched, shown, turned } from './campaigns.mjs';
import { pgbench, sql, statementsOf, talkative } from './database.mjs';
import { examined } from './doctor.mjs';
import { exported } from './exports.mjs';
import { grants } from './grants.mjs';
import { load, SECONDS, told } from './measure.mjs';
import { onceEach } from './once.mjs';
import { memory, servePages, servePagesAlone, serveIdentities, stop } from './platform.mjs';
import { tables } from './report.mjs';
import { put } from './sections.mjs';
import { controls, works } from './works.mjs';
import { zipped } from './zip.mjs';

const CONNECTIONS = [1, 8, 32];
const WARM_UP = 20;
const STARTS = 5;
/** Forms sent at each number of connections. */
const SENT = 100;
const ACTS = [
  ['Acceptance of an application, with a new diagnosis and a new PASS', acceptances],
  ['Grant of a prolongation', grants],
];
const wanted = process.argv.slice(2);
const isWhole = wanted.length === 0;
const isWanted = (name) => isWhole || wanted.some((text) => name.includes(text));
const acting = ACTS.filter(([name]) => isWanted(name));
// Works of controls need campaigns.
const hasControls = isWhole || wanted.some((text) => text.includes('Control'));

const { database, wasWritten } = ready({ writes: isWhole || hasControls || acting.length > 0, isWhole });
const identities = await serveIdentities(database);
const starts = await startTimes();
if (isWhole) say('Exports');
const exports = isWhole ? await exported(database) : undefined;
if (hasControls) say('Campagnes de contrôle, jusqu’au tirage');
const region = hasControls ? await launched(database) : undefined;
if (hasControls) await drained();

const pages = [];
const listening = await servePagesAlone(talkative(database));
for (const work of [...works(database), ...(hasControls ? controls(database) : [])].filter(({ name }) => isWanted(name))) {
  pages.push({ ...work, ...(await told(work)) });
}
await stop(listening);

const platform = await servePages(database);
for (const page of pages) {
  say(page.name);
  if (!page.once) page.loads = CONNECTIONS.map((connections) => ({ connections, ...load(page, connections) }));
  page.alone = CONNECTIONS.map((connections) => alone(page, connections));
}
const reading = memory(platform);
await stop(platform);
for (const page of pages.filter(({ once }) => once)) page.loads = await eachOnce(page);

const acts = [];
for (const [name, list] of acting) acts.push(await sending(name, list));
const rest = isWhole ? await whole() : {};
const measured = { pages, acts, exports, starts, reading, base: counts(database), wasWritten, ...rest };
if (isWhole) {
  put(size === 'm' ? 'measured' : `measured on ${size}`, size === 'm' ? 'One région' : 'The whole country', tables(measured));
  // The country is held beside a région as both were loaded.
  if (!wasWritten) kept(pages);
  const beside = compared();
  if (beside) put('l beside m', 'The country beside a région', beside);
} else {
  console.log(tables(measured));
}
await stop(identities);

/** The file of a control, the examination of the whole base, and the end of the campaigns. */
async function whole() {
  say('Dossier d’un contrôle');
  const zip = await zipped(database, shown(database));
  say('Contrôle de la base');
  const doctor = await examined(database);
  say('Campagnes de contrôle, jusqu’à leur fin');
  const campaigns = [await turned(database, region)];
  // Last, and never where the base is kept: SIAE change départements.
  if (!isInPlace) campaigns.push(...(await grown(database)));
  return { zip, doctor, campaigns };
}

/** What Postgres alone takes for the statements of a page; nothing when it was asked for none. */
function alone({ statements }, connections) {
  return statements.length > 0 ? pgbench(database, statements, connections, Math.ceil(SECONDS / 2)) : undefined;
}

/** Pages that are asked for once each, of a platform that just started. */
async function eachOnce({ name, paths }) {
  say(name);
  const loads = [];
  for (const connections of CONNECTIONS) {
    const fresh = await servePages(database);
    loads.push({ connections, ...(await onceEach(paths, connections)) });
    await stop(fresh);
  }
  return loads;
}

/** Sends the mails of what was done: no task is left to run beside the pages. */
async function drained() {
  const sending = await servePages(database);
  while (sql(database, 'SELECT 1 FROM graphile_worker._private_jobs WHERE run_at <= now() LIMIT 1').length > 0) await sleep(200);
  await stop(sending);
}

/** Milliseconds from the start of the process to its first answer, a few times. */
async function startTimes() {
  const times = [];
  for (let time = 0; time < STARTS; time += 1) {
    const started = await servePages(database);
    times.push({ ms: started.startMs, memory: memory(started).now });
    await stop(started);
  }
  return times;
}

/** What sending each of these forms takes, at each number of connections. */
async function sending(name, list) {
  say(name);
  const acts = new Acts(list(database, CONNECTIONS.length * SENT + 5 * WARM_UP));
  let platform = await servePages(database);
  await acts.signIn();
  await acts.send(WARM_UP, 1);
  const most = Math.min(SENT, Math.floor((acts.count - 2 * WARM_UP) / CONNECTIONS.length));
  const loads = [];
  for (const connections of CONNECTIONS) loads.push({ connections, ...(await acts.send(most, connections)) });
  const used = memory(platform);
  await stop(platform);
  platform = await servePagesAlone(talkative(database));
  await acts.send(WARM_UP / 2, 1);
  const { statements } = await statementsOf(() => acts.send(1, 1));
  const { ms } = await statementsOf(() => acts.send(WARM_UP / 4, 1));
  await stop(platform);
  return { name, loads, statements, alone: ms / (WARM_UP / 4), memory: used };
}
