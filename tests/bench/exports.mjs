// What a whole list costs to take away: the last 100,000 applications, as the team sees them, in each format.
import { setTimeout as sleep } from 'node:timers/promises';

import { sql } from './database.mjs';
import { base, memory, servePages, stop } from './platform.mjs';
import { Visitor } from './visitor.mjs';

const ROWS = 100_000;

/** Milliseconds to the first byte and to the last, bytes, and the memory of a platform that did nothing else. */
export async function exported(database) {
  const [[email]] = sql(database, `SELECT email FROM users WHERE kind = 'itou_staff' AND is_superuser AND is_active ORDER BY 1 LIMIT 1`);
  const [[from, rows]] = sql(
    database,
    `SELECT min(submitted_at)::date + 1, count(*)
     FROM (SELECT submitted_at FROM applications ORDER BY submitted_at DESC LIMIT ${ROWS}) last`,
  );
  // A base may be measured again, when the application of codes of the last time is lost.
  for (const table of ['second_factors', 'backup_codes']) {
    sql(database, `DELETE FROM ${table} WHERE user_id IN (SELECT id FROM users WHERE email = '${email}')`);
  }
  const measured = [];
  let visitor;
  for (const format of ['csv', 'xlsx']) {
    const platform = await servePages(database);
    visitor ??= await Visitor.ofTheTeam(email);
    await visitor.get(`${base}/applications`);
    const before = memory(platform);
    measured.push({ format, rows: Number(rows), before, ...(await download(visitor, format, from)), memory: memory(platform) });
    await stop(platform);
  }
  return measured;
}

/** A file too long to be waited for is first prepared: the time to its first byte counts all of that. */
async function download(visitor, format, from) {
  const started = performance.now();
  const ask = (address) => fetch(new URL(address, base), { headers: { cookie: visitor.cookie }, redirect: 'manual' });
  let response = await ask(`/applications?from=${from}&format=${format}`);
  const prepared = response.headers.get('location');
  if (prepared) response = await ask(await ready(prepared, ask));
  if (response.status !== 200) throw new Error(`export ${format} : ${response.status}`);
  let first;
  let bytes = 0;
  for await (const piece of response.body) {
    first ??= performance.now() - started;
    bytes += piece.length;
  }
  return { first, total: performance.now() - started, bytes, prepared: Boolean(prepared) };
}

/** The address of the file, once the page of the export leads to it. */
async function ready(address, ask) {
  for (;;) {
    const page = await (await ask(address)).text();
    const found = page.match(/href="([^"]*\/file)"/);
    if (found) return found[1];
    await sleep(100);
  }
}
