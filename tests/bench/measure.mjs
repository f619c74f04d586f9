// One page: as Postgres hears it, and as many visitors at once see it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { run, statementsOf } from './database.mjs';
import { base } from './platform.mjs';
import { Visitor } from './visitor.mjs';

/** How long each load lasts. */
export const SECONDS = Number(process.env.BENCH_SECONDS ?? 8);
const visitors = new Map();

/** The statements of the page, its length, and the cookie of who reads it. */
export async function told(work) {
  const visitor = await visitorOf(work);
  // Two before the one that counts, so that everything a process does once is done; others of its kind, so that none is kept ready.
  const paths = work.paths ? [...new Set(work.paths)].slice(-3) : Array(3).fill(work.path);
  const read = (path) => visitor.get(base + path);
  await read(paths[0]);
  const page = await read(paths[1]);
  if (page.status !== 200 || page.url !== base + paths[1]) throw new Error(`${work.name} : ${page.status} ${page.url}`);
  const { statements } = await statementsOf(() => read(paths[2]));
  return { statements, bytes: page.bytes, cookie: visitor.cookie };
}

async function visitorOf({ who }) {
  if (!visitors.has(who)) visitors.set(who, who ? await Visitor.signedIn(who) : new Visitor());
  return visitors.get(who);
}

/** What wrk sees at that many connections, asking for compressed pages as a browser does. */
export function load({ path, paths, cookie }, connections) {
  const folder = mkdtempSync(join(tmpdir(), 'wrk-'));
  const file = join(folder, 'paths');
  if (paths) writeFileSync(file, `${paths.join('\n')}\n`);
  const headers = ['-H', 'Accept-Encoding: gzip, deflate, br', ...(cookie ? ['-H', `Cookie: ${cookie}`] : [])];
  const what = paths ? [base + paths[0], '--', file] : [base + path];
  const measured = (seconds) => {
    const how = ['-t', Math.min(connections, 2), '-c', connections, '-d', seconds, '--timeout', 10, '-s', 'tests/bench/wrk.lua'];
    return JSON.parse(run('wrk', [...how, ...headers, ...what].map(String)).trim().split('\n').at(-1));
  };
  measured(1);
  const result = measured(SECONDS);
  rmSync(folder, { recursive: true });
  if (result.errors > 0) throw new Error(`${path ?? paths[0]} : ${result.errors} erreurs`);
  return result;
}
