// What is written: applications begun, sent and refused, and people hired, in the proportions of a month of the country.
import { acceptances } from '../bench/acceptance.mjs';
import { sql } from '../bench/database.mjs';
import { weighted } from '../bench/draws.mjs';
import { Visitor } from '../bench/visitor.mjs';
import { written } from './drafts.mjs';
import { browsers } from './people.mjs';

/** Thousands a month: applications begun, those sent by prescribers and by candidates, refusals and hires (spec 06). */
const SHARES = { begun: 62, sent: 38, refusal: 12, hire: 8 };
const ALL = Object.values(SHARES).reduce((sum, share) => sum + share);
/** Where a form leads that did what it is there for; the others lead anywhere but to sign in. */
const LEADS = { begun: /^\/application-drafts\/[^/]+\//, sent: /^\/applications\/[^/]+\/sent$/ };
const ANSWER = 'Bonjour, nous n’avons pas de poste à vous proposer en ce moment. Nous vous souhaitons une bonne continuation.';

export class Writes {
  #forms;
  #kind;

  /** `forms`: those of each kind, each sent once. */
  constructor(forms, random) {
    const kinds = Object.keys(SHARES);
    this.#forms = forms;
    this.#kind = weighted(random, kinds, kinds.map((kind) => SHARES[kind]));
  }

  /** Prepares so many forms, of these people and of whoever may hire. */
  static async prepared(database, { employer, prescriber }, random, count) {
    const most = (kind) => Math.ceil((count * SHARES[kind]) / ALL) + 20;
    // Those who are about to be hired are left alone by the others.
    const hire = enough('hire', await hiring(database, most('hire')), most('hire'));
    const hired = listed(hire.map(({ application }) => application));
    const companies = takers(database, most('begun'));
    const forms = {
      begun: begun(companies, prescriber, most('begun')),
      sent: await written(database, { people: prescriber, companies, hired }, most('sent')),
      refusal: waiting(database, employer, hired, most('refusal')).map(refused),
      hire,
    };
    for (const kind of Object.keys(SHARES)) enough(kind, forms[kind], most(kind));
    return new Writes(forms, random);
  }

  /** One of a kind that is drawn. */
  next() {
    const kind = this.#kind();
    const form = this.#forms[kind].pop();
    if (!form) throw new Error(`il ne reste plus de formulaire « ${kind} » à envoyer`);
    return { ...form, kind: 'writes', status: 303, leads: LEADS[kind] };
  }
}

/** These forms, when there are enough: others would not be the mix of the country. */
function enough(kind, forms, most) {
  if (forms.length >= most) return forms;
  throw new Error(`${forms.length} formulaires « ${kind} » pour ${most} : tenez moins longtemps (LOAD_SECONDS) ou chargez les données de nouveau`);
}

/** Companies that take applications for no post in particular. */
function takers(database, most) {
  return sql(
    database,
    `SELECT organisation_id FROM directory_employers
     WHERE has_members AND is_spontaneous_open AND NOT is_blocked ORDER BY md5(organisation_id::text) LIMIT ${most}`,
  ).flat();
}

/** Forms that begin an application of a prescriber to a company, for nobody yet. */
function begun(companies, people, most) {
  if (companies.length === 0) return [];
  return Array.from({ length: most }, (_, rank) => {
    const [company, person] = [companies, people].map((list) => list[rank % list.length]);
    const fields = { acting_for: person.organisation, company, spontaneous: company };
    return { ...by(person), path: '/application-drafts', fields };
  });
}

/** Applications that wait at these companies, of people who are not about to be hired, each with who answers. */
function waiting(database, people, hired, most) {
  const found = sql(
    database,
    `SELECT id, company_id, state FROM applications
     WHERE state IN ('new', 'processing') AND company_id IN (${listed(people.map(({ organisation }) => organisation))})
       AND candidate_id NOT IN (SELECT candidate_id FROM applications WHERE id IN (${hired}))
     ORDER BY md5(id::text) LIMIT ${most}`,
  );
  return found.map(([id, company, state]) => ({ id, state, person: people.find(({ organisation }) => organisation === company) }));
}

const refused = ({ id, state, person }) => ({
  ...by(person),
  path: `/applications/${id}/refusal`,
  fields: { acting_for: person.organisation, seen: state, reason: 'no_position', answer: ANSWER, same_message: 'true' },
});

/** Forms that hire, of people who are all signed in here. */
async function hiring(database, most) {
  const cookies = new Map();
  const forms = acceptances(database, most);
  for (const { email } of forms) if (!cookies.has(email)) cookies.set(email, (await Visitor.signedIn(email)).cookie);
  const [browser] = browsers;
  return forms.map(({ path, email, fields }) => ({ application: path.split('/')[2], path, fields, cookie: cookies.get(email), browser }));
}

const listed = (texts) => texts.map((text) => `'${text}'`).join(',');
const by = ({ cookie, browser }) => ({ cookie, browser });
