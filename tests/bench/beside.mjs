// The country beside a région: what each page takes on one and on the other, once both were measured on this machine.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { ms, number, table } from './figures.mjs';

const { BENCH_FOLDER } = process.env;
const FILE = 'measured.json';
const FOLDERS = { m: 'bench', l: 'bench-l' };

/** Keeps what was measured of these pages beside the base it was measured on. */
export function kept(pages) {
  const figures = pages.map(({ name, grows, loads }) => ({ name: plain(name), grows, loads }));
  writeFileSync(join(BENCH_FOLDER, FILE), JSON.stringify({ day: new Date().toISOString().slice(0, 10), pages: figures }));
}

/** The table, or nothing until both sizes were measured. */
export function compared() {
  const [m, l] = ['m', 'l'].map(read);
  if (!m || !l) return undefined;
  const rows = l.pages.flatMap((big) => {
    const small = m.pages.find(({ name }) => name === big.name);
    if (!small) return [];
    const [before, after] = [at(small, 1).p50, at(big, 1).p50];
    const aim = big.grows ? number(big.grows, 1) : '–';
    return [[big.name, ms(before), ms(after), number(after / before, 2), aim, ms(at(small, 8).p95), ms(at(big, 8).p95)]];
  });
  return [
    `Milliseconds of each page on the région, measured on ${m.day}, and on the country, measured on ${l.day}:`,
    table(['Page', 'p50 at 1, région', 'p50 at 1, country', 'Country ÷ région', 'Aim', 'p95 at 8, région', 'p95 at 8, country'], rows),
  ].join('\n\n');
}

const at = (page, connections) => page.loads.find((load) => load.connections === connections);

/** The name without how many lines the list has there. */
const plain = (name) => name.replace(/ \(\d+\)$/, '');

function read(size) {
  const file = join(dirname(BENCH_FOLDER), FOLDERS[size], FILE);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
