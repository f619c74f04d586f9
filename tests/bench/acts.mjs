// What one person does once, a form that is confirmed, done here by many at once.
import { percentiles } from './figures.mjs';
import { base } from './platform.mjs';
import { attribute, Visitor } from './visitor.mjs';

/** Forms to send, each with its path, its fields and the address of who sends it. */
export class Acts {
  #left;
  #people = new Map();

  constructor(forms) {
    this.#left = forms;
  }

  /** How many are left. */
  get count() {
    return this.#left.length;
  }

  /** Signs everyone in who has one to send. */
  async signIn() {
    for (const email of new Set(this.#left.map((one) => one.email))) this.#people.set(email, await Visitor.signedIn(email));
  }

  /** Sends `count` of them, `connections` at a time. */
  async send(count, connections) {
    if (this.#left.length < count) throw new Error(`il ne reste que ${this.#left.length} formulaires à envoyer`);
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

  /** Sends one, and gives the milliseconds until it is confirmed. */
  async #one({ path, email, fields }) {
    const started = performance.now();
    const response = await fetch(base + path, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: this.#people.get(email).cookie },
      body: new URLSearchParams(fields),
    });
    const text = await response.text();
    if (response.status !== 303) {
      const why = response.status === 422 ? attribute(text, /<div class="error-summary[^>]*>(.*?)<\/div>/s) : '';
      throw new Error(`${path} : ${response.status} ${why.replaceAll(/<[^>]+>|\s+/g, ' ')}`);
    }
    return performance.now() - started;
  }
}
