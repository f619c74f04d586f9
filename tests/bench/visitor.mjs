// Someone with a browser: cookies, redirections, and the login forms of the identity provider and of the team.
import { createHmac } from 'node:crypto';

import { base } from './platform.mjs';

const PASSWORD = 'parcours-iae-demo';

export class Visitor {
  /** Cookies of each site, by name. */
  #cookies = new Map();

  /** Signs in as the person of this address. */
  static async signedIn(email) {
    const visitor = new Visitor();
    const form = await visitor.get(`${base}/login/ic?login_hint=${encodeURIComponent(email)}`);
    const action = new URL(attribute(form.text, /<form method="post" action="([^"]+)"/), form.url);
    const { url } = await visitor.post(action.href, { email, password: PASSWORD });
    if (!url.startsWith(`${base}/dashboard`)) throw new Error(`connexion de ${email} refusée : ${url}`);
    return visitor;
  }

  /** Signs in as the candidate of this address, who has a password on the platform itself. */
  static async ofCandidate(email) {
    const visitor = new Visitor();
    const { url } = await visitor.post(`${base}/login`, { email, password: PASSWORD, return_to: '/dashboard' });
    if (!url.startsWith(`${base}/dashboard`)) throw new Error(`connexion de ${email} refusée : ${url}`);
    return visitor;
  }

  /**
   * Signs in as the member of the team of this address, who has a password on the platform itself, and adds an application of
   * codes: once for each address, for a code is good once.
   */
  static async ofTheTeam(email) {
    const visitor = new Visitor();
    const { url, text } = await visitor.post(`${base}/login`, { email, password: PASSWORD, return_to: '/dashboard' });
    const sealed = attribute(text, /name="sealed" value="([^"]+)"/);
    const code = codeOf(attribute(text, /<code>([^<]+)<\/code>/));
    const { status } = await visitor.post(url, { sealed, return_to: '/dashboard', name: 'Banc de mesure', code_of_application: code });
    if (status !== 200) throw new Error(`connexion de ${email} refusée : ${status}`);
    return visitor;
  }

  /** The value of the header that says who they are to the platform. */
  get cookie() {
    return this.#header(base);
  }

  async get(url) {
    return this.#follow(url, {});
  }

  /** Sends a form; a value that is a list is sent once for each. */
  async post(url, fields) {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(fields)) [value].flat().forEach((one) => body.append(name, one));
    return this.#follow(url, { method: 'POST', body });
  }

  async #follow(url, options) {
    const { origin } = new URL(url);
    const response = await fetch(url, { ...options, redirect: 'manual', headers: { cookie: this.#header(origin) } });
    const jar = this.#jar(origin);
    for (const line of response.headers.getSetCookie()) {
      const [name, value] = line.split(';', 1)[0].split(/=(.*)/s);
      jar.set(name, value);
    }
    const body = Buffer.from(await response.arrayBuffer());
    const to = response.headers.get('location');
    return to ? this.#follow(new URL(to, url).href, {}) : { status: response.status, url, text: body.toString(), bytes: body.length };
  }

  #jar(origin) {
    if (!this.#cookies.has(origin)) this.#cookies.set(origin, new Map());
    return this.#cookies.get(origin);
  }

  #header(origin) {
    return [...this.#jar(origin)].map(([name, value]) => `${name}=${value}`).join('; ');
  }
}

/** What the pattern's group finds in a page. */
export function attribute(html, pattern) {
  const found = html.match(pattern);
  if (!found) throw new Error(`${pattern} n’est pas dans la page`);
  return found[1].replaceAll('&amp;', '&').replaceAll('&#38;', '&');
}

/** The code that an application of codes shows now for this key (RFC 6238). */
function codeOf(key) {
  const bits = [...key.replaceAll(/[^A-Z2-7]/g, '')].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const bytes = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const moment = Buffer.alloc(8);
  moment.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const digest = createHmac('sha1', bytes).update(moment).digest();
  const from = digest[19] & 15;
  return String((digest.readUInt32BE(from) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
