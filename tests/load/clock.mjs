// A thread that only tells when requests are due: timers of the thread that sends them are a millisecond wide.
import { parentPort, workerData } from 'node:worker_threads';

import { now } from './instant.mjs';

const { start, moments } = workerData;
const asleep = new Int32Array(new SharedArrayBuffer(4));
let due = 0;
while (due < moments.length) {
  const left = start + moments[due] - now();
  if (left > 0) {
    Atomics.wait(asleep, 0, 0, left);
    continue;
  }
  const since = now() - start;
  while (due < moments.length && moments[due] <= since) due += 1;
  parentPort.postMessage(due);
}
