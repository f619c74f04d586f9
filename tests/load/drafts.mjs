// Applications written up to their summary, as prescribers write them: what is left is the form that sends them.
import { sql } from '../bench/database.mjs';
import { base } from '../bench/platform.mjs';
import { attribute } from '../bench/visitor.mjs';

/** Applications that are written together. */
const AT_ONCE = 4;
/** People tried for each form that is wanted: some lack what an application needs, or were proposed there yesterday. */
const TRIED = 2;
/** No application has more steps. */
const STEPS = 6;
const MESSAGE =
  'Bonjour, je vous propose la candidature d’une personne motivée, disponible tout de suite, qui connaît déjà ce métier et habite près de chez vous.';

/**
 * The forms that send as many applications, each of another person whom the organisation of one of `people` follows, to one of
 * `companies`; nobody who is `hired`, a list of applications. Fewer when there are not that many.
 */
export async function written(database, { people, companies, hired }, most) {
  const authors = new Map(people.map((person) => [person.organisation, person]));
  const followed = sql(
    database,
    `SELECT candidate_id, min(sender_organisation_id::text) FROM applications
     WHERE sender_organisation_id IN (${[...authors.keys()].map((id) => `'${id}'`).join(',')}) AND sender_kind = 'prescriber'
       AND candidate_id NOT IN (SELECT candidate_id FROM applications WHERE id IN (${hired}))
     GROUP BY 1 ORDER BY md5(candidate_id::text) LIMIT ${most * TRIED}`,
  );
  const left = companies.length === 0 ? [] : followed.map(([candidate, organisation], rank) => [authors.get(organisation), candidate, companies[rank % companies.length]]);
  const forms = [];
  const worker = async () => {
    for (let one = left.pop(); one && forms.length < most; one = left.pop()) {
      const form = await toItsSummary(...one);
      if (form) forms.push(form);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return forms.slice(0, most);
}

/** Writes one, step after step, without validating anything; nothing when a step asks for more. */
async function toItsSummary(author, candidate, company) {
  const { organisation, cookie, browser } = author;
  const common = { acting_for: organisation, person: candidate };
  const answers = {
    previous: { again: company },
    eligibility: { without: 'true' },
    message: { message: MESSAGE },
  };
  let at = await post('/application-drafts', cookie, { acting_for: organisation, company, spontaneous: company, candidate });
  for (let step = 0; step < STEPS && at; step += 1) {
    const name = at.split('/').at(-1);
    if (name === 'summary') {
      const page = await fetch(base + at, { headers: { cookie } });
      const told = attribute(await page.text(), /name="told" value="([^"]+)"/);
      const path = at.replace(/summary$/, 'submission');
      return { path, cookie, browser, fields: { ...common, told, informed: 'true', consents: company } };
    }
    if (!answers[name]) return undefined;
    at = await post(at, cookie, { ...common, ...answers[name] }, name === 'message');
  }
  return undefined;
}

/** Sends a form, as one that may carry a file does or as the others, and gives where it leads; nothing when it is not taken. */
async function post(path, cookie, fields, carriesFiles = false) {
  const body = carriesFiles ? new FormData() : new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  const response = await fetch(base + path, { method: 'POST', redirect: 'manual', headers: { cookie }, body });
  await response.arrayBuffer();
  return response.status === 303 ? response.headers.get('location') : undefined;
}
