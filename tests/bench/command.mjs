// A command of `iae` run to its end: how long it takes, and its memory at its highest.
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

import { begin, memory } from './platform.mjs';

const LOOK_MS = 10;

/** Seconds and MiB; fails when the command does. */
export async function ran(database, ...args) {
  const started = performance.now();
  const child = begin(database, ...args);
  const ended = once(child, 'exit');
  let highest = 0;
  // The last look is a few milliseconds before the end.
  while (child.exitCode === null) {
    highest = Math.max(highest, memory({ child }).highest);
    await sleep(LOOK_MS);
  }
  const [code] = await ended;
  if (code !== 0) throw new Error(`iae ${args.join(' ')} : ${code}`);
  return { seconds: (performance.now() - started) / 1000, memory: highest };
}
