// Acceptances, each with a new diagnosis of the SIAE and a new PASS: what one person does once is done here by many.
import { acceptable } from './works.mjs';
import { percentiles } from './figures.mjs';
import { base } from './platform.mjs';
import { attribute, Visitor } from './visitor.mjs';

const COMPANIES = 24;

/** Applications to accept, their employers signed in. */
export class Acceptances {
  #left;
  #employers = new Map();

  constructor(database, most) {
    this.#left = acceptable(database, COMPANIES, most);
  }

  /** Signs every employer in. */
  async signIn() {
    for (const email of new Set(this.#left.map((one) => one.email))) {
      this.#employers.set(email, await Visitor.signedIn(email));
    }
  }

  /** Accepts `count` applications, `connections` at a time. */
  async accept(count, connections) {
    if (this.#left.length < count) throw new Error(`il ne reste que ${this.#left.length} candidatures à accepter`);
    const turn = this.#left.splice(0, count);
    const times = [];
    const started = performance.now();
    const worker = async () => {
      for (let one = turn.pop(); one !== undefined; one = turn.pop()) times.push(await this.#one(one));
    };
    await Promise.all(Array.from({ length: connections }, worker));
    const seconds = (performance.now() - started) / 1000;
    return { perSecond: count / seconds, ...percentiles(times) };
  }

  /** Confirms one, and gives the milliseconds until the answer. */
  async #one({ id, company, email, state }) {
    const started = performance.now();
    const response = await fetch(`${base}/applications/${id}/acceptance`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: this.#employers.get(email).cookie },
      body: new URLSearchParams({
        step: 'confirm',
        seen: state,
        acting_for: company,
        starts_on: new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10),
        level_1_criteria: 'RSA',
      }),
    });
    const text = await response.text();
    if (response.status !== 303) {
      const why = response.status === 422 ? attribute(text, /<div class="error-summary[^>]*>(.*?)<\/div>/s) : '';
      throw new Error(`acceptation de ${id} : ${response.status} ${why.replaceAll(/<[^>]+>|\s+/g, ' ')}`);
    }
    return performance.now() - started;
  }
}
