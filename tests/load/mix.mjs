// What the country asks for: pages as visits are shared between profiles, and three requests in a hundred that write.
import { byZipf, cards, posts, searches, weighted } from '../bench/draws.mjs';
import { browsers, candidates, employers, prescribers } from './people.mjs';
import { Writes } from './writes.mjs';

/** Of all requests, those that change something. */
export const WRITES = 0.03;
/** Visits of a hundred by profile, and pages of a hundred by kind: kinds are addresses, or what a person has to read of that name. */
const PROFILES = {
  anonymous: { share: 62, pages: { home: 15, search: 35, jobs: 10, card: 28, post: 12 } },
  employer: {
    share: 19,
    pages: { '/dashboard': 15, '/applications': 25, '/applications?state=new&state=processing': 10, application: 30, '/pass': 8, pass: 12 },
  },
  prescriber: {
    share: 14,
    pages: { '/dashboard': 15, '/applications': 25, application: 22, '/candidates': 13, person: 10, search: 15 },
  },
  candidate: { share: 5, pages: { '/dashboard': 40, '/applications': 25, '/my-file': 10, search: 25 } },
};
/** A kind that is an address: everyone of the profile has that page. */
const isAddress = (kind) => kind.startsWith('/');
/** Pages that are looked at together, to see that they answer. */
const AT_ONCE = 4;
/** Of the pages prepared, those that may answer otherwise than expected. */
const MOST_LOST = 0.05;

/** Signs people in, looks at every page they will ask for, and prepares forms for that many requests. Gives what draws a request. */
export async function mixed(database, random, requests) {
  const open = { home: ['/'], search: searches(database), jobs: searches(database, '/jobs'), card: cards(database), post: posts(database) };
  const people = { employer: await employers(database), prescriber: await prescribers(database), candidate: await candidates(database) };
  const visitor = { browser: browsers[0], reads: open };
  await keepRead([visitor], PROFILES.anonymous.pages);
  for (const [profile, of] of Object.entries(people)) {
    for (const person of of) person.reads = { ...person.reads, search: open.search };
    await keepRead(of, PROFILES[profile].pages, ['search']);
  }
  const writes = await Writes.prepared(database, people, random, Math.ceil(requests * WRITES * 1.2) + 20);
  const names = Object.keys(PROFILES);
  const profile = weighted(random, names, names.map((name) => PROFILES[name].share));
  const draws = Object.fromEntries(names.map((name) => [name, reading(random, people[name] ?? [visitor], PROFILES[name].pages)]));
  const anywhere = () => browsers[Math.floor(random() * browsers.length)];
  return () => {
    if (random() < WRITES) return writes.next();
    const name = profile();
    const request = { ...draws[name](), kind: name, status: 200 };
    return name === 'anonymous' ? { ...request, browser: anywhere() } : request;
  };
}

/** Draws someone, the first more often, then a page of theirs. */
function reading(random, people, pages) {
  const each = people.map(({ browser, cookie, reads }) => {
    const kinds = Object.keys(pages).filter((kind) => isAddress(kind) || reads[kind]?.length > 0);
    const kind = weighted(random, kinds, kinds.map((one) => pages[one]));
    const path = Object.fromEntries(kinds.map((one) => [one, byZipf(random, isAddress(one) ? [one] : reads[one])]));
    return () => ({ browser, cookie, path: path[kind()]() });
  });
  const who = byZipf(random, each);
  return () => who()();
}

/**
 * Keeps of what people have to read what they may: a hire that was handed over is no longer theirs. Nearly all must be there, and every
 * page that is the same address for all.
 */
async function keepRead(people, pages, known = []) {
  const read = (kind) => pages[kind] && !known.includes(kind);
  const same = Object.keys(pages).filter(isAddress);
  const left = people.flatMap((person) => [
    ...same.map((path) => ({ person, kind: path, path })),
    ...Object.entries(person.reads).flatMap(([kind, paths]) => (read(kind) ? paths.map((path) => ({ person, kind, path })) : [])),
  ]);
  const total = left.length;
  const lost = [];
  const worker = async () => {
    for (let one = left.pop(); one; one = left.pop()) {
      const { status } = await one.person.browser.ask({ path: one.path, cookie: one.person.cookie });
      if (status !== 200) lost.push({ ...one, status });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  const refused = lost.find(({ kind }) => isAddress(kind));
  if (refused) throw new Error(`${refused.path} de ${refused.person.email} : ${refused.status}`);
  for (const { person, kind, path } of lost) person.reads[kind] = person.reads[kind].filter((one) => one !== path);
  if (lost.length > total * MOST_LOST) throw new Error(`${lost.length} pages sur ${total} : ${lost[0].path} : ${lost[0].status}`);
}
