// What was measured stands in docs/performance.md between two marks; the words around them are written by hand.
import { readFileSync, writeFileSync } from 'node:fs';

const FILE = 'docs/performance.md';

/** Puts this text between the marks of that name. Where there are none yet, a section of this title is added at the end. */
export function put(name, title, text) {
  const [begin, end] = ['begin', 'end'].map((side) => `<!-- ${name}: ${side} -->`);
  const document = readFileSync(FILE, 'utf8');
  const whole = document.includes(begin) ? document : `${document.trimEnd()}\n\n## ${title}\n\n${begin}\n${end}\n`;
  const [before, rest] = whole.split(begin);
  const after = rest.slice(rest.indexOf(end));
  writeFileSync(FILE, `${before}${begin}\n\n${text}\n\n${after}`);
}
