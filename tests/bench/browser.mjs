// Requests as a browser sends them, over connections that it keeps. What is answered is counted, and thrown away.
import { Agent, request } from 'node:http';

const { IAE_HTTP_PORT } = process.env;
const HOST = '127.0.0.1';
/** An answer that takes longer, the wait for a connection included, is an error. Less than the silence after which the platform closes a connection (20 s). */
export const PATIENCE_MS = 10_000;

export class Browser {
  #agent;

  /** One of this address of the network, which opens so many connections at most. */
  constructor(localAddress = HOST, maxSockets = Infinity) {
    this.#agent = new Agent({ keepAlive: true, maxSockets, timeout: PATIENCE_MS, localAddress });
  }

  /**
   * Reads a page, or sends a form when there are fields. Gives its status, 0 when there was no answer in time, its length as sent, and
   * where it leads.
   */
  ask({ path, cookie, fields }) {
    const body = fields && new URLSearchParams(fields).toString();
    const headers = { 'accept-encoding': 'gzip, deflate, br' };
    if (cookie) headers.cookie = cookie;
    if (body) {
      headers['content-type'] = 'application/x-www-form-urlencoded';
      headers['content-length'] = Buffer.byteLength(body);
      headers['sec-fetch-site'] = 'same-origin';
    }
    return new Promise((resolve) => {
      const over = (answer) => {
        clearTimeout(patience);
        resolve(answer);
      };
      const failed = () => over({ status: 0, bytes: 0 });
      const asked = request({ method: body ? 'POST' : 'GET', host: HOST, port: IAE_HTTP_PORT, path, headers, agent: this.#agent });
      asked.once('response', (response) => {
        let bytes = 0;
        response.on('data', (piece) => (bytes += piece.length));
        response.once('end', () => over({ status: response.statusCode, bytes, location: response.headers.location }));
        response.on('error', failed);
      });
      const patience = setTimeout(() => {
        failed();
        asked.destroy();
      }, PATIENCE_MS);
      asked.on('error', failed);
      asked.end(body);
    });
  }

  /** Closes its connections. */
  close() {
    this.#agent.destroy();
  }
}
