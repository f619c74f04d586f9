// scripts/advisories against small databases made here. Run by scripts/test.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

const folder = mkdtempSync(join(tmpdir(), 'advisories-'));
after(() => rmSync(folder, { recursive: true }));

/** A database with these advisories: { crate: [id, patched versions] }. */
function database(name, advisories) {
  const path = join(folder, name);
  mkdirSync(join(path, 'crates'), { recursive: true });
  for (const [crate, [id, patched]] of Object.entries(advisories)) {
    mkdirSync(join(path, 'crates', crate), { recursive: true });
    const head = `[advisory]\nid = "${id}"\npackage = "${crate}"\ndate = "2026-01-01"\n[versions]\npatched = [${patched}]\n`;
    writeFileSync(join(path, 'crates', crate, `${id}.md`), `\`\`\`toml\n${head}\`\`\`\n\n# A hole in ${crate}\n\nWords.\n`);
  }
  return path;
}

const check = (...options) => spawnSync('scripts/advisories', options, { encoding: 'utf8' });
const setAside = { rsa: ['RUSTSEC-2023-0071', ''], fxhash: ['RUSTSEC-2025-0057', ''] };

test('what is set aside is told with its reason, and nothing else is found', () => {
  const { status, stdout } = check(database('known', { ...setAside, tokio: ['RUSTSEC-2026-9001', '">= 1.0.0"'] }));
  assert.equal(status, 0, stdout);
  assert.match(stdout, /RUSTSEC-2023-0071 {2}rsa[^\n]*\n {4}mis de côté : a timing channel/);
  assert.match(stdout, /0 à traiter, [1-9]\d* mis de côté, 0 à retirer/);
});

test('an advisory nobody looked at stops', () => {
  const { status, stdout } = check(database('new', { ...setAside, tokio: ['RUSTSEC-2026-9002', '">= 99.0.0"'] }));
  assert.equal(status, 1);
  assert.match(stdout, /RUSTSEC-2026-9002 {2}tokio[^\n]* : A hole in tokio\n {4}À TRAITER/);
});

test('what is mended leaves the list', () => {
  const { status, stdout } = check(database('mended', { rsa: setAside.rsa }));
  assert.equal(status, 1);
  assert.match(stdout, /RUSTSEC-2025-0057 {2}ne nous concerne plus/);
});

test('a folder that is no database is said to be none', () => {
  assert.equal(check(folder).status, 2);
  assert.equal(check().status, 2);
});

test('each advisory set aside has a reason', () => {
  const ids = readFileSync('deny.toml', 'utf8').match(/RUSTSEC-[\d-]+/g);
  assert.deepEqual(ids.sort(), Object.values(setAside).map(([id]) => id).sort());
});
