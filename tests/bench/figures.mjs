// Numbers, and how they are written.

/** Median and high percentiles of some times. */
export function percentiles(times) {
  const sorted = Float64Array.from(times).sort();
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

/** « 1 234 », « 12,3 » as English documents write them. */
export function number(value, digits = 0) {
  return value.toLocaleString('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** Milliseconds, with as many digits as they deserve. */
export function ms(value) {
  return number(value, value < 9.95 ? 2 : value < 99.5 ? 1 : 0);
}

/** A table of Markdown, its first column text and the others numbers. */
export function table(heads, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  const rule = heads.map((_, place) => (place === 0 ? '---' : '---:'));
  return [line(heads), line(rule), ...rows.map(line)].join('\n');
}

/** What a base holds, in words. */
export function holds({ companies, applications, passes, bytes }) {
  return `${number(companies)} companies, ${number(applications)} applications, ${number(passes)} PASS, ${number(bytes / 2 ** 20)} MiB`;
}
