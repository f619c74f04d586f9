// What the platform and Postgres take of the machine.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';

const { BENCH_FOLDER } = process.env;
/** Of a second, what Linux counts CPU time in. */
const TICKS = 100;

/** What Postgres takes of memory, each page shared by several of its processes counted once, in MiB; nothing where that is not to be read. */
export function postgresMemory() {
  try {
    const kib = family().map(({ pid }) => Number(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8').match(/^Pss:\s+(\d+) kB/m)[1]));
    return kib.reduce((sum, one) => sum + one, 0) / 1024;
  } catch {
    return undefined;
  }
}

/** CPU seconds so far of the platform and of Postgres, those that ended included. */
export const cpu = ({ child }) => ({
  platform: own(child.pid).seconds,
  postgres: family().reduce((sum, { seconds }) => sum + seconds, 0),
});

/** Forgets the highest memory of a process so far. */
export const forgetHighest = ({ child }) => writeFileSync(`/proc/${child.pid}/clear_refs`, '5');

/** Postgres and the processes it started. */
function family() {
  const main = Number(readFileSync(`${BENCH_FOLDER}/postgres/postmaster.pid`, 'utf8').split('\n', 1)[0]);
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((pid) => own(pid) ?? []);
  return all.filter(({ pid, parent }) => pid === main || parent === main);
}

/** A process, its parent, and its CPU seconds with those of its children that ended; nothing of one that is gone. */
function own(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
    return { pid: Number(pid), parent: Number(fields[1]), seconds: fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS };
  } catch {
    return undefined;
  }
}
