// Chance, the same at each run; and what visitors draw by Zipf among five hundred: of the cards of employers, and of searches around towns.
import { sql } from './database.mjs';

/** Cards, and searches, that are drawn from. */
const MOST = 500;
/** Requests of a load, before the same ones are sent again. */
const DRAWN = 8000;
/** One search in three has words. */
const WORDS = ['espaces verts', 'cuisine', 'ménage', 'vente', 'bâtiment', 'accueil'];

/** Numbers between 0 and 1 (mulberry32). */
export function chance(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Draws one of a list, each as often as its weight says. */
export function weighted(random, list, weights) {
  let sum = 0;
  const upTo = weights.map((weight) => (sum += weight));
  return () => {
    const drawn = random() * sum;
    let [low, high] = [0, upTo.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (upTo[middle] > drawn) high = middle;
      else low = middle + 1;
    }
    return list[low];
  };
}

/** Draws one of a list, the second half as often as the first, the third a third as often… */
export const byZipf = (random, list) => weighted(random, list, list.map((_, rank) => 1 / (rank + 1)));

/** Addresses of cards, in no order that says anything. */
export const cards = (database) =>
  sql(database, `SELECT organisation_id FROM directory_employers ORDER BY md5(organisation_id::text) LIMIT ${MOST}`).map(
    ([id]) => `/employers/${id}`,
  );

/** Addresses of posts, likewise. */
export const posts = (database) =>
  sql(database, `SELECT id FROM directory_jobs ORDER BY md5(id::text) LIMIT ${MOST}`).map(([id]) => `/jobs/${id}`);

/** Addresses of searches around towns where employers are, the biggest first. */
export function searches(database, path = '/employers') {
  const towns = sql(
    database,
    `SELECT slug FROM communes
     WHERE department_code IN (SELECT department_code FROM directory_employers)
     ORDER BY population DESC NULLS LAST, insee_code LIMIT ${MOST}`,
  );
  return towns.map(([city], rank) => {
    const words = rank % 3 === 2 ? { q: WORDS[Math.floor(rank / 3) % WORDS.length] } : {};
    return `${path}?${new URLSearchParams({ ...words, city, distance: 25 })}`;
  });
}

/** As many of these addresses as a load sends, drawn by Zipf. */
export function drawn(paths) {
  const draw = byZipf(chance(paths.length), paths);
  return Array.from({ length: DRAWN }, draw);
}
