// How everyone is answered at once, as tables of Markdown.
import { cpus } from 'node:os';

import { holds, ms, number, table } from '../bench/figures.mjs';
import { MOST_LAG_MS } from './driver.mjs';

const mib = (value) => (value === undefined ? '–' : `${number(value)} MiB`);
/** A driver that was late measured itself. */
const isVoid = ({ lag }) => lag > MOST_LAG_MS;

/** The tables, of what was measured at each rate. */
export function tables({ rows, seconds, base, wasWritten }) {
  const day = new Date().toISOString().slice(0, 10);
  const kinds = [...new Set(rows.flatMap((row) => [...row.kinds.keys()]))].sort();
  const written = wasWritten ? ', measures having written in it since it was loaded' : '';
  return [
    `Measured on ${day}: ${cpus().length} cores shared by the platform, Postgres and the driver, each rate held ${seconds} s; ${holds(base)}${written}. ` +
      `Requests come at their own moments, and their milliseconds count from these; a rate is void when the driver sent more than ${MOST_LAG_MS} ms late at its 99th percentile. ${served(rows)}`,
    table(['Requests/s', 'Answered/s', 'p50', 'p95', 'p99', 'Errors', 'Driver: late at p99', 'Driver: cores'], rows.map(times)),
    'What it takes, memory at its highest for the platform, at the end for Postgres:',
    table(['Requests/s', 'Platform: cores', 'Platform: memory', 'Postgres: cores', 'Postgres: memory'], rows.map(taken)),
    'p95 by who asks, in milliseconds:',
    table(['Requests/s', ...kinds], rows.map((row) => [row.rate, ...kinds.map((kind) => (isVoid(row) || !row.kinds.has(kind) ? '–' : ms(row.kinds.get(kind).p95)))])),
  ].join('\n\n');
}

/** Whether the driver had a machine of its own, as visitors do. */
function served(rows) {
  return rows.every(({ isFirst }) => isFirst) ? 'The driver was served in real time.' : 'The driver could not be served in real time: it took its turn.';
}

function times(row) {
  const took = ['p50', 'p95', 'p99'].map((share) => (isVoid(row) ? 'void' : ms(row[share])));
  return [row.rate, number(row.perSecond), ...took, failed(row.errors), `${ms(row.lag)} ms`, number(row.cores, 2)];
}

const taken = ({ rate, platform, postgres }) => [rate, number(platform.cores, 2), mib(platform.memory), number(postgres.cores, 2), mib(postgres.memory)];

/** How many requests were answered otherwise than expected, by what they got; 0: no answer in time. */
function failed(errors) {
  const count = errors.reduce((sum, [, times]) => sum + times, 0);
  return count === 0 ? '0' : `${number(count)} (${errors.map(([fault, times]) => `${fault} × ${times}`).join(', ')})`;
}
