// Has the whole country use the platform at once, at a rate and then another, and writes how it answers. Started by scripts/load.
import { setTimeout as sleep } from 'node:timers/promises';

import { counts, ready, say, size } from '../bench/base.mjs';
import { chance } from '../bench/draws.mjs';
import { memory, servePages, serveIdentities, stop } from '../bench/platform.mjs';
import { put } from '../bench/sections.mjs';
import { driven } from './driver.mjs';
import { mixed } from './mix.mjs';
import { browsers } from './people.mjs';
import { cpu, forgetHighest, postgresMemory } from './processes.mjs';
import { tables } from './report.mjs';

/** The busiest moment of the country is 30; ten times as many is the aim, twice that again must be answered. */
const RATES = [30, 100, 300, 600];
const SECONDS = Number(process.env.LOAD_SECONDS ?? 60);
/** Of the same rate, before it counts. */
const WARM_UP = 10;
/** Between two rates, for what is left of the first. */
const REST_MS = 5000;
const wanted = process.argv.slice(2).map(Number);
const rates = wanted.length > 0 ? wanted : RATES;

const { database, wasWritten } = ready({ writes: true, isWhole: false });
const identities = await serveIdentities(database);
const platform = await servePages(database);
say('Connexions, et une première lecture de chaque page');
const random = chance(rates.length);
const requests = rates.reduce((sum, rate) => sum + rate * (SECONDS + WARM_UP), 0);
const next = await mixed(database, random, requests);
await stop(identities);

const rows = [];
for (const rate of rates) {
  say(`${rate} requêtes par seconde`);
  await driven({ rate, seconds: WARM_UP, next, random });
  rows.push(await measured(rate));
  await sleep(REST_MS);
}
const base = counts(database);
for (const browser of browsers) browser.close();
await stop(platform);
const text = tables({ rows, seconds: SECONDS, base, wasWritten });
console.log(text);
if (wanted.length === 0) put(size === 'm' ? 'load' : `load on ${size}`, size === 'm' ? 'Everyone at once, one région' : 'Everyone at once, the whole country', text);

/** What a rate takes of the platform and of Postgres, besides what requests see. */
async function measured(rate) {
  forgetHighest(platform);
  const before = cpu(platform);
  const started = performance.now();
  const answers = await driven({ rate, seconds: SECONDS, next, random });
  const seconds = (performance.now() - started) / 1000;
  const after = cpu(platform);
  const cores = (name) => (after[name] - before[name]) / seconds;
  return {
    ...answers,
    platform: { cores: cores('platform'), memory: memory(platform).highest },
    postgres: { cores: cores('postgres'), memory: postgresMemory() },
  };
}
