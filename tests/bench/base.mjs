// The base that is measured, of the size that is asked for. It is loaded once. A région is measured on a copy; the country in place, for
// disks are not that big: a whole measure writes in it, and the next one loads it anew.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

import { sql } from './database.mjs';
import { number } from './figures.mjs';
import { iae } from './platform.mjs';

const { BENCH_FOLDER, BENCH_KEEP, BENCH_SIZE, DATABASE_URL } = process.env;
/** What it is a base of: `m`, a région, or `l`, the country. */
export const size = BENCH_SIZE;
/** Whether it is measured where it was loaded. */
export const isInPlace = size === 'l';
/** Says whether the loading ended, and whether something was measured there since. */
const STATE = `${BENCH_FOLDER}/state`;

export const say = (text) => console.error(`\x1b[1m${text}\x1b[0m`);

/**
 * Address of the base to measure, with all its tables fresh from a VACUUM, and whether a measure wrote in it since it was loaded; `writes`
 * says whether this one will write much, `isWhole` whether it must find it as it was loaded.
 */
export function ready({ writes, isWhole }) {
  // Mails of another measure.
  rmSync(`${BENCH_FOLDER}/mail`, { recursive: true, force: true });
  mkdirSync(`${BENCH_FOLDER}/mail`, { recursive: true });
  const state = existsSync(STATE) ? readFileSync(STATE, 'utf8') : '';
  const isSpoilt = state === 'written' && isWhole && BENCH_KEEP !== 'yes';
  const isLost = state === 'loading' || isSpoilt;
  if (isLost) empty();
  iae(DATABASE_URL, 'migrate');
  if (sql(DATABASE_URL, 'SELECT 1 FROM users LIMIT 1').length === 0) {
    writeFileSync(STATE, 'loading');
    const started = performance.now();
    iae(DATABASE_URL, 'seed', '--size', size);
    writeFileSync(STATE, 'whole');
    say(`Chargées en ${number((performance.now() - started) / 1000)} s, ${number(counts(DATABASE_URL).bytes / 2 ** 20)} MiB`);
  }
  if (isInPlace && writes) writeFileSync(STATE, 'written');
  const measured = isInPlace ? DATABASE_URL : copied();
  sql(measured, 'VACUUM (ANALYZE)');
  sql(measured, 'CHECKPOINT');
  return { database: measured, wasWritten: isInPlace && state === 'written' && !isLost };
}

/** What it holds. */
export function counts(database) {
  const [figures] = sql(
    database,
    `SELECT pg_database_size(current_database()), (SELECT count(*) FROM applications), (SELECT count(*) FROM passes),
            (SELECT count(*) FROM companies)`,
  );
  const [bytes, applications, passes, companies] = figures.map(Number);
  return { bytes, applications, passes, companies };
}

const called = (name) => Object.assign(new URL(DATABASE_URL), { pathname: `/${name}` }).href;
const source = () => new URL(DATABASE_URL).pathname.slice(1);

/** Dropped and created rather than emptied: a table that is truncated keeps its files until the transaction that fills it again ends. */
function empty() {
  say('Les données ont servi à une mesure : elles sont chargées de nouveau');
  sql(called('postgres'), `DROP DATABASE IF EXISTS "${source()}" WITH (FORCE)`);
  sql(called('postgres'), `CREATE DATABASE "${source()}"`);
}

function copied() {
  say('Copie des données');
  sql(called('postgres'), 'DROP DATABASE IF EXISTS bench WITH (FORCE)');
  sql(called('postgres'), `CREATE DATABASE bench TEMPLATE "${source()}"`);
  return called('bench');
}
