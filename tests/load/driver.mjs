// Requests that come at their own moment, whatever became of those before: a platform that slows down makes nobody come later. The time of
// each counts from the moment it was meant to leave.
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

import { PATIENCE_MS } from '../bench/browser.mjs';
import { percentiles } from '../bench/figures.mjs';
import { now } from './instant.mjs';

/** A driver that sends later than this, at its own 99th percentile, says nothing of the platform. */
export const MOST_LAG_MS = 2;
/** For the thread of the clock to be there. */
const SET_OUT_MS = 300;
/** Where a form that is done may lead: wherever one needs no signing in. */
const ANYWHERE = /^\/(?!login)/;

/**
 * Sends so many requests a second for so many seconds: `next` gives each, with the browser that sends it, the status it should get, its
 * kind, and for a form `leads`, the pattern of where it leads; `random` draws how far apart they are. Gives milliseconds of all and of each
 * kind, how many there were, how many were answered otherwise by what they got, and what the driver itself took: how late it was at its
 * 99th percentile, cores, and whether it was served first.
 */
export async function driven({ rate, seconds, next, random }) {
  const moments = arrivals(rate, seconds, random);
  const requests = moments.map(next);
  const times = new Float64Array(moments.length);
  const lags = new Float64Array(moments.length);
  const errors = new Map();
  const start = now() + SET_OUT_MS;
  const clock = new Worker(new URL('./clock.mjs', import.meta.url), { workerData: { start, moments } });
  await once(clock, 'online');
  const isFirst = first();
  const used = process.cpuUsage();
  let [sent, answered] = [0, 0];
  await new Promise((resolve, reject) => {
    const send = (rank) => {
      const { browser, status, leads, ...request } = requests[rank];
      lags[rank] = now() - start - moments[rank];
      browser.ask(request).then((answer) => {
        times[rank] = now() - start - moments[rank];
        const fault = wrong(answer, { status, leads }, times[rank]);
        if (fault !== undefined) errors.set(fault, (errors.get(fault) ?? 0) + 1);
        answered += 1;
        if (answered === moments.length) resolve();
      });
    };
    clock.on('message', (due) => {
      for (; sent < due; sent += 1) send(sent);
    });
    clock.once('error', reject);
  });
  const elapsed = now() - start;
  const { user, system } = process.cpuUsage(used);
  last();
  return {
    rate,
    sent: moments.length,
    perSecond: (moments.length / elapsed) * 1000,
    ...percentiles(times),
    kinds: byKind(requests, times),
    errors: [...errors],
    lag: percentiles(lags).p99,
    cores: (user + system) / 1000 / elapsed,
    isFirst,
  };
}

/** What an answer is instead of what was expected: its status, where it leads, or that it came too late; nothing when it is that. */
function wrong(answer, { status, leads = ANYWHERE }, took) {
  if (answer.status !== status) return String(answer.status);
  // Who has no session any more is led to sign in, as a form that is done leads elsewhere.
  if (status === 303 && !leads.test(answer.location ?? '')) return `303 to ${kindOf(answer.location ?? 'nowhere')}`;
  return took > PATIENCE_MS ? 'too late' : undefined;
}

/** An address without what it names nor asks. */
const kindOf = (address) => address.split('?', 1)[0].replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '{id}');

/** Moments of requests that know nothing of each other: what separates them is exponential. */
function arrivals(rate, seconds, random) {
  const moments = [];
  for (let at = 0; at < seconds * 1000; at += (-Math.log(1 - random()) * 1000) / rate) moments.push(at);
  return moments;
}

function byKind(requests, times) {
  const kinds = new Map();
  requests.forEach(({ kind }, rank) => {
    if (!kinds.has(kind)) kinds.set(kind, []);
    kinds.get(kind).push(times[rank]);
  });
  return new Map([...kinds].map(([kind, of]) => [kind, percentiles(of)]));
}

/**
 * Visitors have machines of their own: on this one, where it may, the driver is served before the platform, for the sixth of a core that it
 * takes. Processes it starts are not. Says whether it is.
 */
function first() {
  const { status } = spawnSync('chrt', ['--all-tasks', '--reset-on-fork', '--rr', '--pid', '1', process.pid]);
  return status === 0;
}

function last() {
  spawnSync('chrt', ['--all-tasks', '--other', '--pid', '0', process.pid]);
}
