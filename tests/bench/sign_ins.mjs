// What the identity provider signs in a second, beside what a password costs alone; the sign-ins of an agency of 300 behind one
// address; its memory through 200 at once, and through 2,000 that are abandoned while their password is checked. Started by
// scripts/sign-ins.
import { mkdirSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import { sql } from './database.mjs';
import { base, iae, memory, serveIdentities, stop } from './platform.mjs';

const { DATABASE_URL, IAE_CONNECT_PORT, BENCH_FOLDER } = process.env;
const AT_ONCE = 200;
const ABANDONED = 2000;
/** Abandoned ones that are there at the same time, and for how long. */
const WAVE = 100;
const PATIENCE_MS = 60;
/** Addresses they come from: agencies. */
const ADDRESSES = 10;
/** What the allocator and the pool have to settle down. */
const REST_MS = 3000;
const PASSWORD = 'parcours-iae-demo';
/** Visitors who sign in one after the other, for so long. */
const VISITORS = 8;
const SECONDS = 20;
/** An agency in the morning: so many agents behind one address, evenly over a minute. */
const AGENTS = 300;
const MINUTE_MS = 60_000;

mkdirSync(`${BENCH_FOLDER}/mail`, { recursive: true });
iae(DATABASE_URL, 'migrate');
if (sql(DATABASE_URL, 'SELECT 1 FROM users LIMIT 1').length === 0) iae(DATABASE_URL, 'seed', '--size', 's');
const emails = sql(DATABASE_URL, `SELECT email FROM connect.accounts WHERE active ORDER BY email LIMIT ${AGENTS}`).flat();
const provider = await serveIdentities(DATABASE_URL);

await signIn(await begin(0), 0);
await sleep(REST_MS);
const rest = memory(provider).now;
const throughput = await through(`as many as ${VISITORS} visitors can, ${SECONDS} s`, steadily);
const rows = [
  throughput,
  await through(`${AGENTS} from one address in a minute`, agency),
  await through(`${AT_ONCE} at once`, together),
  await through(`${ABANDONED} abandoned`, abandoned),
];
await stop(provider);
console.log(`| Sign-ins | Before | Highest | ${REST_MS / 1000} s after | Answers |\n| --- | ---: | ---: | ---: | --- |`);
for (const row of rows) console.log(`| ${row.join(' | ')} |`);
console.log(`\nAt rest, after one sign-in: ${rest.toFixed(0)} MiB.`);

/** Memory before, at its highest, and after. */
async function through(name, work) {
  // Forgets the highest so far.
  writeFileSync(`/proc/${provider.child.pid}/clear_refs`, '5');
  const before = memory(provider).now;
  const begun = performance.now();
  const statuses = await work();
  const seconds = (performance.now() - begun) / 1000;
  // What was abandoned goes on by itself.
  while (sql(DATABASE_URL, 'SELECT 1 FROM connect.login_failures WHERE is_pending').length > 0) await sleep(500);
  await sleep(REST_MS);
  const { now, highest } = memory(provider);
  const counts = [...new Set(statuses)].map((one) => `${one} × ${statuses.filter((status) => status === one).length}`);
  const mib = (value) => `${value.toFixed(0)} MiB`;
  return [name, mib(before), mib(highest), mib(now), `${counts.join(', ')} in ${seconds.toFixed(1)} s`];
}

/** Each visitor signs in again and again, as somebody else each time. */
async function steadily() {
  const until = performance.now() + SECONDS * 1000;
  const statuses = [];
  let next = 0;
  const visit = async () => {
    while (performance.now() < until) {
      const which = next++;
      statuses.push(await signIn(await begin(which), which));
    }
  };
  await Promise.all(Array.from({ length: VISITORS }, visit));
  return statuses;
}

/** Everybody at their own moment, whoever is still waiting. */
async function agency() {
  const waiting = [];
  for (let agent = 0; agent < AGENTS; agent += 1) {
    waiting.push(begin(0).then((page) => signIn(page, 0, undefined, agent)));
    await sleep(MINUTE_MS / AGENTS);
  }
  return Promise.all(waiting);
}

async function together() {
  const pages = [];
  for (let which = 0; which < AT_ONCE; which += 1) pages.push(await begin(which));
  return Promise.all(pages.map((page, which) => signIn(page, which)));
}

async function abandoned() {
  const statuses = [];
  for (let done = 0; done < ABANDONED; done += WAVE) {
    const pages = await Promise.all(Array.from({ length: WAVE }, (_, which) => begin(which)));
    statuses.push(...(await Promise.all(pages.map((page, which) => signIn(page, which, PATIENCE_MS)))));
  }
  return statuses;
}

/** The login page a relying party sends someone to, and the cookie of the browser it is for. */
async function begin(which) {
  const query = new URLSearchParams({
    client_id: 'parcours-iae',
    redirect_uri: `${base}/login/ic/callback`,
    response_type: 'code',
    scope: 'openid profile email',
    state: 'state',
    nonce: 'nonce',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  });
  const { headers } = await ask('GET', `/authorize?${query}`, which);
  const cookie = headers['set-cookie'].map((one) => one.split(';')[0]).join('; ');
  return { path: headers.location, cookie };
}

/** Types the password, of whoever's turn it is; gives the status of the answer, or says that nobody waited for it. */
async function signIn({ path, cookie }, which, patience, who = which) {
  const body = new URLSearchParams({ email: emails[who % emails.length], password: PASSWORD }).toString();
  return (await ask('POST', path, which, { body, cookie }, patience)).status;
}

function ask(method, path, which, { body, cookie } = {}, patience) {
  return new Promise((resolve) => {
    const asked = request({
      method,
      path,
      host: '127.0.0.1',
      port: IAE_CONNECT_PORT,
      localAddress: `127.0.0.${2 + (which % ADDRESSES)}`,
      agent: new Agent({ keepAlive: false }),
      headers: body
        ? {
            cookie,
            'content-type': 'application/x-www-form-urlencoded',
            'content-length': body.length,
            'sec-fetch-site': 'same-origin',
          }
        : {},
    });
    asked.once('response', (response) => response.resume().once('end', () => resolve({ status: response.statusCode, headers: response.headers })));
    asked.once('error', () => resolve({ status: 'abandoned', headers: {} }));
    asked.end(body);
    if (patience) setTimeout(() => asked.destroy(), patience);
  });
}
