// Postgres: questions asked with psql, the statements of a page read in its log, and what it takes to run them alone.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { percentiles } from './figures.mjs';

const { PG_BIN, POSTGRES_LOG } = process.env;
/** An entry of the log: the process of Postgres that serves the connection, and what it says, to the next entry. */
const ENTRY = /^\d{4}-\d\d-\d\d [\d:.]+ \S+ \[(\d+)\] (.*?)(?=^\d{4}-\d\d-\d\d [\d:.]+ \S+ \[\d+\] |(?![^]))/gms;

/** Rows of a statement, each a list of texts. */
export function sql(database, statement) {
  const args = ['-XqAt', '-F', '\t', '-v', 'ON_ERROR_STOP=1', database, '-c', statement];
  const lines = run(`${PG_BIN}/psql`, args).trim();
  return lines === '' ? [] : lines.split('\n').map((line) => line.split('\t'));
}

/** The same database, telling its log every statement and how long it took. */
export function talkative(database) {
  const url = new URL(database);
  url.searchParams.set('options', '-c log_min_duration_statement=0');
  return url.href;
}

/** What happened while `work` ran: statements in order, each with its parameters, and the milliseconds of them all. */
export async function statementsOf(work) {
  const start = statSync(POSTGRES_LOG).size;
  await work();
  const log = readFileSync(POSTGRES_LOG).subarray(start).toString();
  const statements = [];
  // Of each connection: a page may use several at once.
  const last = new Map();
  let ms = 0;
  for (const [, connection, entry] of log.matchAll(ENTRY)) {
    const timed = entry.match(/^LOG:  duration: ([\d.]+) ms  (?:(parse|bind|execute) ([^:]*)|statement): (.*)/s);
    if (timed) ms += Number(timed[1]);
    // What follows details this entry; the parameters are told at the bind too.
    if (timed) last.delete(connection);
    if (timed && ['execute', undefined].includes(timed[2])) {
      const statement = { text: timed[4].trim(), isPrepared: timed[3] !== '<unnamed>', parameters: [] };
      last.set(connection, statement);
      statements.push(statement);
    }
    const detail = entry.match(/^DETAIL:  [Pp]arameters: (.*)/s);
    if (detail && last.has(connection)) last.get(connection).parameters = parameters(detail[1]);
  }
  return { statements, ms };
}

/** « $1 = 'a', $2 = NULL » as values. */
function parameters(text) {
  const found = text.matchAll(/\$\d+ = (?:'((?:[^']|'')*)'|(NULL))/g);
  return [...found].map(([, value, isNull]) => (isNull ? null : value.replaceAll("''", "'")));
}

/**
 * What Postgres alone takes for these statements, over and over: those the platform prepares once are prepared once by
 * each connection, the others planned each time.
 */
export function pgbench(database, statements, connections, seconds) {
  const folder = mkdtempSync(join(tmpdir(), 'pgbench-'));
  // One line each: a comment would swallow the rest.
  const text = (statement) => statement.text.replaceAll(/--.*$/gm, '').replaceAll(/\s+/g, ' ');
  const prepared = statements.map((statement, rank) => (statement.isPrepared ? `PREPARE s${rank} AS ${text(statement)};` : ''));
  const executed = statements.map((statement, rank) => {
    const values = statement.parameters.map((value) => (value === null ? 'NULL' : `'${value.replaceAll("'", "''")}'`));
    if (!statement.isPrepared) return `${text(statement).replaceAll(/\$(\d+)/g, (_, place) => values[place - 1])};`;
    return `EXECUTE s${rank}${values.length > 0 ? `(${values.join(', ')})` : ''};`;
  });
  const script = ['\\if :is_ready', '\\else', ...prepared, '\\set is_ready 1', '\\endif', ...executed];
  writeFileSync(join(folder, 'page.sql'), script.join('\n'));
  const args = ['-n', '-M', 'simple', '-D', 'is_ready=0', '-c', connections, '-j', Math.min(connections, 2), '-T', seconds, '-l'];
  const files = ['--log-prefix', join(folder, 'log'), '-f', join(folder, 'page.sql')];
  const out = run(`${PG_BIN}/pgbench`, [...args, ...files, database].map(String));
  const times = readdirSync(folder).filter((name) => name.startsWith('log')).flatMap((name) =>
    readFileSync(join(folder, name), 'utf8').trim().split('\n').map((line) => Number(line.split(' ')[2]) / 1000),
  );
  rmSync(folder, { recursive: true });
  const tps = Number(out.match(/tps = ([\d.]+)/)[1]);
  return { perSecond: tps, ...percentiles(times) };
}

export function run(command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 30 });
  if (status !== 0) throw new Error(`${command} : ${stderr}`);
  return stdout;
}
