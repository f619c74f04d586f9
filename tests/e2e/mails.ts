// The mails that the platform sent, as they lie in the folder of the demonstration.
import { expect } from '@playwright/test';
import { readdirSync, readFileSync } from 'node:fs';

const FOLDER = process.env.MAIL_DIR;

/** Waits until a mail to this address holds all of these words, in its subject or its text. Where no folder is told, nothing is
 * waited for. */
export async function aMailCame(address: string, ...words: string[]) {
  if (!FOLDER) return;
  await expect
    .poll(() => mailsTo(address).some((mail) => words.every((word) => mail.includes(word))), {
      message: `a mail to ${address} that says ${words.join(', ')}`,
      timeout: 30_000,
    })
    .toBe(true);
}

/** The address that a mail to this one leads to, of those that begin with this path: what its reader presses. */
export async function linkIn(address: string, path: string): Promise<string> {
  if (!FOLDER) throw new Error('links are read in the folder of mails, which scripts/e2e tells with MAIL_DIR');
  const links = () => mailsTo(address).flatMap((mail) => mail.match(/https?:\/\/\S+/g) ?? []);
  const wanted = () => links().filter((link) => new URL(link).pathname.startsWith(path));
  await expect
    .poll(() => wanted().length, { message: `a mail to ${address} that leads to ${path}`, timeout: 30_000 })
    .toBeGreaterThan(0);
  return wanted()[0] ?? '';
}

/** The mails to this address, each as its subject and its text. */
export function mailsTo(address: string): string[] {
  if (!FOLDER) return [];
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.eml'));
  const mails = files.map((file) => readFileSync(`${FOLDER}/${file}`, 'utf8'));
  return mails.filter((mail) => to(mail).includes(address)).map(readable);
}

/** The header that says whom it is to, unfolded. */
function to(mail: string): string {
  return /^To: (.*(?:\r\n[ \t].*)*)/m.exec(mail)?.[1] ?? '';
}

/** Its subject and its text, decoded, with ordinary spaces. */
function readable(mail: string): string {
  const subject = /^Subject: (.*(?:\r\n[ \t].*)*)/m.exec(mail)?.[1] ?? '';
  // Up to the next part; those of Inclusion Connect have one part alone.
  const part = /^Content-Type: text\/plain.*\r\nContent-Transfer-Encoding: (\S+)\r\n\r\n([^]*?)(?:\r\n--|(?![^]))/m;
  const [, encoding, text] = part.exec(mail) ?? [];
  return `${inWords(subject)}\n${decoded(encoding, text)}`.replaceAll(/[\u00a0\u202f]/g, ' ');
}

/** A header whose words may be encoded, each on a line of its own (RFC 2047). */
function inWords(header: string): string {
  const words = header.replaceAll(/\?=\s+=\?/g, '?==?').replaceAll(/\r\n[ \t]/g, ' ');
  return words.replaceAll(/=\?utf-8\?b\?([^?]*)\?=/gi, (_, word: string) => decoded('base64', word));
}

function decoded(encoding = '', text = ''): string {
  if (encoding === 'base64') return Buffer.from(text, 'base64').toString();
  if (encoding !== 'quoted-printable') return text;
  const bytes = text.replaceAll('=\r\n', '').replaceAll(/=([0-9A-F]{2})/g, (_, byte: string) => String.fromCharCode(parseInt(byte, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}
