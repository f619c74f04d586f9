// What was measured as tables of Markdown.
import { cpus } from 'node:os';

import { holds, ms, number, percentiles, table } from './figures.mjs';

const mib = (value) => `${number(value, 0)} MiB`;

/** The tables, of what was measured: of some works only, or of all and of what is done with the whole base. */
export function tables({ pages, acts, exports, zip, campaigns, doctor, starts, reading, base, wasWritten }) {
  const day = new Date().toISOString().slice(0, 10);
  const started = percentiles(starts.map((start) => start.ms));
  return [
    `Measured on ${day}: ${cpus().length} cores shared by the platform, Postgres and the visitors; ${holds(base)}${wasWritten ? ', measures having written in it since it was loaded' : ''}.`,
    table(
      ['Start and memory', ''],
      [
        [`Start to first answer, median of ${starts.length}`, `${number(started.p50)} ms`],
        ['Resident memory at rest', mib(percentiles(starts.map((start) => start.memory)).p50)],
        ['after the pages below', `${mib(reading.now)}, at most ${mib(reading.highest)}`],
        ...acts.map(({ name, memory }) => [`after nothing but: ${name.split(',')[0]}`, `${mib(memory.now)}, at most ${mib(memory.highest)}`]),
      ],
    ),
    ...(pages.length > 0 ? pageTables(pages) : []),
    ...acts.flatMap(actTable),
    ...(exports ? exportsTable(exports) : []),
    ...(zip ? zipTable(zip) : []),
    ...(campaigns ? campaignsTable(campaigns) : []),
    ...(doctor ? [`\`iae doctor\` on all of it: ${number(doctor.seconds, 1)} s, at most ${mib(doctor.memory)}.`] : []),
  ].join('\n\n');
}

function pageTables(pages) {
  return [
    table(
      ['Page', 'Statements', 'HTML', 'Sent', ...pages[0].loads.map(({ connections }) => `Requests/s at ${connections}`)],
      pages.map((page) => [
        page.name,
        page.statements.length,
        `${number(page.bytes / 1024)} kB`,
        `${number(page.loads[0].bytes / 1024, 1)} kB`,
        ...page.loads.map((load) => number(load.perSecond)),
      ]),
    ),
    'Milliseconds, and in brackets what Postgres alone takes for the same statements at as many connections:',
    table(
      ['Page', ...pages[0].loads.flatMap(({ connections }) => [`p50 at ${connections}`, `p95 at ${connections}`, `p99 at ${connections}`])],
      pages.map((page) => [
        page.name,
        ...page.loads.flatMap((load, rank) =>
          ['p50', 'p95', 'p99'].map((share) => besideAlone(load[share], page.alone[rank]?.[share])),
        ),
      ]),
    ),
    ...comparison(pages.filter((page) => page.before)),
  ];
}

/** Nothing in brackets for a page that was kept ready: Postgres was asked nothing. */
const besideAlone = (took, alone) => (alone === undefined ? ms(took) : `${ms(took)} (${ms(alone)})`);

function comparison(pages) {
  if (pages.length === 0) return [];
  const rows = pages.map(({ name, before, times, loads }) => {
    const { perSecond } = loads.find(({ connections }) => connections === 8);
    return [name, number(before, before < 100 ? 1 : 0), number(perSecond), `${number(perSecond / before)} ×`, `${number(times)} ×`];
  });
  return [
    'Pages a second at 8 connections, beside the service in use, measured on a quiet machine of two cores with ours beside it:',
    table(['Page', 'In use', 'Here', 'Gain', 'Aim'], rows),
  ];
}

function exportsTable(exports) {
  return [
    `Export of the last ${number(exports[0].rows)} applications from the team's list, on a platform that just started:`,
    table(
      ['Format', 'First byte', 'Last byte', 'Size', 'Memory before', 'At most'],
      exports.map(({ format, first, total, bytes, before, memory }) => [
        format.toUpperCase(),
        `${ms(first)} ms`,
        `${ms(total)} ms`,
        `${number(bytes / 2 ** 20, 1)} MiB`,
        mib(before.highest),
        mib(memory.highest),
      ]),
    ),
  ];
}

function zipTable({ proofs, first, total, bytes, before, memory }) {
  return [
    `The whole file of a control, ${number(proofs)} proofs of 1 MiB, on a platform that just started:`,
    table(
      ['Format', 'First byte', 'Last byte', 'Size', 'Memory before', 'At most'],
      [['ZIP', `${ms(first)} ms`, `${ms(total)} ms`, `${number(bytes / 2 ** 20, 1)} MiB`, mib(before.highest), mib(memory.highest)]],
    ),
  ];
}

function campaignsTable(campaigns) {
  const seconds = (step) => `${number(step.seconds, 2)} s`;
  return [
    'Campaigns of control, the most SIAE a DDETS may draw, each step a command of its own, its start included; the memory is that of the command that took most:',
    table(
      ['Campaigns', 'SIAE, hires listed', 'SIAE, hires drawn', 'Frozen list', 'Launch', 'Transition', 'End', 'At most'],
      campaigns.map(({ name, companies, hires, drawnCompanies, drawnHires, steps }) => [
        name,
        `${number(companies)}, ${number(hires)}`,
        `${number(drawnCompanies)}, ${number(drawnHires)}`,
        ...[steps.list, steps.launch, steps.adversarial, steps.close].map(seconds),
        mib(Math.max(...Object.values(steps).map((step) => step.memory))),
      ]),
    ),
  ];
}

function actTable({ name, statements, alone, loads }) {
  return [
    `${name} (the request that does it): ${statements.length} statements, which take Postgres ${ms(alone)} ms one after the other.`,
    table(
      ['Connections', 'A second', 'p50 ms', 'p95 ms', 'p99 ms'],
      loads.map((load) => [load.connections, number(load.perSecond), ms(load.p50), ms(load.p95), ms(load.p99)]),
    ),
  ];
}
