// The invented people of the demonstration, and someone new for each run.

export const PASSWORD = 'parcours-iae-demo';

/** What newcomers choose, strong enough here and at Inclusion Connect. */
export const NEW_PASSWORD = 'Trois chats, une gare 57';

export const people = {
  prescriber: { email: 'claire.weber@mission-locale-metz.example', name: 'Claire Weber' },
  orienter: { email: 'sophie.marchal@relais-sablon.example', name: 'Sophie Marchal' },
  employer: { email: 'karim.benali@chantiers-verts-metz.example', name: 'Karim Benali' },
  otherEmployer: { email: 'laurent.becker@moselle-renovation.example', name: 'Laurent Becker' },
  candidate: { email: 'nadia.ferhat@courriel.example', name: 'Nadia Ferhat' },
  inspector: { email: 'helene.fournier@ddets57.example', name: 'Hélène Fournier' },
  staff: { email: 'lea.martin@parcours-iae.example', name: 'Léa Martin' },
};

/** The company of the employer. */
export const COMPANY = 'Chantiers verts du Pays messin';

/** The way to an application, named after the person when one is known. */
export const APPLY = /^(Postuler|Proposer)/;

export type Newcomer = { firstName: string; lastName: string; email: string; nir: string; birthDate: string };

/** The end of the last number given: each worker has its own half of them, so that no two people of a run share one. */
let last = Number(process.env.TEST_PARALLEL_INDEX ?? 0) * 450 + Math.floor(Math.random() * 400);

/** A man born in Metz in July 1995, under a name and a valid NIR that no earlier run took. His first name is as long as
 * they come: it pushes nothing out of a narrow page. */
export function newcomer(): Newcomer {
  last += 1;
  const rank = 100 + (last % 900);
  const letters = Array.from({ length: 8 }, () => String.fromCharCode(97 + Math.floor(Math.random() * 26))).join('');
  const body = `1950757463${rank}`;
  const key = 97n - (BigInt(body) % 97n);
  return {
    firstName: 'Andriantsimiavontimanana',
    lastName: `Essai${letters}`,
    email: `yanis.${letters}@courriel.example`,
    nir: body + key.toString().padStart(2, '0'),
    birthDate: '1995-07-14',
  };
}
