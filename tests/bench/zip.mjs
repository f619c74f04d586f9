// The whole file of a control, of 400 proofs of 1 MB: how long it takes, and the memory of a platform that does nothing else.
import { createHash, randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';

import { sql } from './database.mjs';
import { base, memory, servePages, stop } from './platform.mjs';
import { Visitor } from './visitor.mjs';

const { BENCH_FOLDER } = process.env;
const HIRES = 40;
const CRITERIA = 10;
const SIZE = 2 ** 20;

/** Milliseconds to the first byte and to the last, bytes, proofs, and memory. */
export async function zipped(database, { other: control, inspector }) {
  const proofs = prepare(database, control);
  const platform = await servePages(database);
  const visitor = await Visitor.signedIn(inspector);
  await visitor.get(`${base}/controls/${control}/review`);
  const before = memory(platform);
  const started = performance.now();
  const response = await fetch(`${base}/controls/${control}/file`, { headers: { cookie: visitor.cookie }, redirect: 'manual' });
  if (response.status !== 200) throw new Error(`dossier d’un contrôle : ${response.status}`);
  let first;
  let bytes = 0;
  for await (const piece of response.body) {
    first ??= performance.now() - started;
    bytes += piece.length;
  }
  const total = performance.now() - started;
  if (bytes < proofs * SIZE) throw new Error(`dossier d’un contrôle : ${bytes} octets pour ${proofs} justificatifs`);
  const used = memory(platform);
  await stop(platform);
  return { proofs, first, total, bytes, before, memory: used };
}

/** Gives a control hires of its list and proofs of them, all submitted: the same content under as many names. */
function prepare(database, control) {
  const folder = `${BENCH_FOLDER}/files/proof`;
  mkdirSync(folder, { recursive: true });
  const content = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(SIZE - 15), Buffer.from('%%EOF\n')]);
  const sha256 = createHash('sha256').update(content).digest('hex');
  sql(
    database,
    `DELETE FROM control_criteria WHERE hire_id IN (SELECT id FROM control_hires WHERE control_id = '${control}');
     DELETE FROM control_hires WHERE control_id = '${control}';
     INSERT INTO control_hires (id, control_id, application_id, candidate_id, rank, pass_number, starts_on, criteria)
     SELECT gen_random_uuid(), c.id, l.application_id, l.candidate_id, row_number() OVER (ORDER BY l.company_id = c.company_id DESC, l.application_id),
            l.pass_number, l.starts_on, l.criteria
     FROM controls c JOIN control_list_lines l ON l.campaign_id = c.campaign_id
     WHERE c.id = '${control}' ORDER BY l.company_id = c.company_id DESC, l.application_id LIMIT ${HIRES};
     INSERT INTO control_criteria (id, hire_id, candidate_id, criterion_code, uploaded_at, submitted_at)
     SELECT gen_random_uuid(), h.id, h.candidate_id, e.code, now(), now()
     FROM control_hires h CROSS JOIN (SELECT code FROM eligibility_criteria ORDER BY level, rank LIMIT ${CRITERIA}) e
     WHERE h.control_id = '${control}'`,
  );
  const keys = sql(
    database,
    `INSERT INTO documents (id, kind, candidate_id, control_criterion_id, storage_key, size_bytes, sha256, uploaded_by, organisation_id, uploaded_at)
     SELECT gen_random_uuid(), 'proof', x.candidate_id, x.id, 'proof/' || replace(gen_random_uuid()::text, '-', ''), ${content.length},
            decode('${sha256}', 'hex'), (SELECT min(m.user_id::text)::uuid FROM memberships m WHERE m.organisation_id = c.company_id), c.company_id, now()
     FROM control_criteria x JOIN control_hires h ON h.id = x.hire_id JOIN controls c ON c.id = h.control_id
     WHERE c.id = '${control}' RETURNING storage_key`,
  ).flat();
  const [one, ...others] = keys.map((key) => `${BENCH_FOLDER}/files/${key}`);
  writeFileSync(one, content);
  for (const other of others) linkSync(one, other);
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return keys.length;
}
