// The driver against a platform that stalls, and against one that no longer knows anybody. Run by scripts/test.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

const STALL_MS = 200;
/** When it stalls, after its first request. */
const STALLS_AT_MS = 500;
const RATE = 100;
const SECONDS = 2;
/** Requests exactly as far apart as their rate says. */
const regular = () => 1 - 1 / Math.E;

const answered = { count: 0, since: undefined };
const platform = createServer(async (request, response) => {
  answered.since ??= performance.now();
  const at = performance.now() - answered.since;
  if (request.url === '/' && at >= STALLS_AT_MS && at < STALLS_AT_MS + STALL_MS) await sleep(STALLS_AT_MS + STALL_MS - at);
  answered.count += 1;
  const leads = { '/done': '/applications', '/lost': '/login?return_to=%2F' }[request.url];
  response.writeHead(leads ? 303 : 200, leads && { location: leads }).end();
}).listen(0, '127.0.0.1');
await once(platform, 'listening');
process.env.IAE_HTTP_PORT = String(platform.address().port);
const { Browser } = await import('../bench/browser.mjs');
const { driven } = await import('./driver.mjs');
const browser = new Browser();
test.after(() => {
  browser.close();
  platform.close();
});

test('whoever comes while the platform stalls waits for its end, and nobody comes later for it', async () => {
  const next = () => ({ browser, path: '/', kind: 'anonymous', status: 200 });
  const { p50, p99, sent, errors } = await driven({ rate: RATE, seconds: SECONDS, next, random: regular });
  assert.ok(p99 >= 150, `p99 of ${p99} ms`);
  assert.ok(p50 < p99);
  assert.deepEqual([sent, answered.count, errors], [RATE * SECONDS, RATE * SECONDS, []]);
});

test('a form that leads to sign in did nothing', async () => {
  const paths = ['/done', '/lost'];
  const next = (_, rank) => ({ browser, path: paths[rank % 2], fields: { seen: 'new' }, kind: 'writes', status: 303 });
  const { sent, errors } = await driven({ rate: RATE, seconds: 1, next, random: regular });
  assert.deepEqual(errors, [['303 to /login', sent / 2]]);
});
