// What the scripts of this folder need of a browser: cookies, forms, and a telephone that shows codes.
import { createHmac } from 'node:crypto';

/** A browser that keeps cookies and follows nothing by itself. */
export class Browser {
  #cookies = new Map();

  async fetch(url, { method = 'GET', form } = {}) {
    const headers = { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
    const body = form && new URLSearchParams(form);
    const response = await fetch(url, { method, redirect: 'manual', headers, body });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair, ...attributes] = cookie.split(';');
      const name = pair.slice(0, pair.indexOf('='));
      const gone = attributes.some((attribute) => /max-age=0/i.test(attribute));
      if (gone) this.#cookies.delete(name);
      else this.#cookies.set(name, pair.slice(name.length + 1));
    }
    return response;
  }

  /** Where an address leads, whole. */
  async location(url) {
    const response = await this.fetch(url);
    const location = response.headers.get('location');
    if (!location) throw new Error(`${response.status} and no redirection from ${new URL(url).pathname}`);
    return new URL(location, url);
  }

  /** Fills the first form of a page and sends it; gives the answer. */
  async submit(url, fields) {
    const page = await (await this.fetch(url)).text();
    const action = new URL(unescaped(/<form method="post" action="([^"]+)"/.exec(page)[1]), url);
    const hidden = [...page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
    const form = { ...Object.fromEntries(hidden.map(([, name, value]) => [name, unescaped(value)])), ...fields };
    return this.fetch(action, { method: 'POST', form });
  }
}

export function unescaped(text) {
  return text
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

/** The code that an application shows now for a key in base 32 (RFC 6238). */
export function totp(key) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...key].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const secret = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const hash = createHmac('sha1', secret).update(counter).digest();
  const number = hash.readUInt32BE(hash[19] & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}
