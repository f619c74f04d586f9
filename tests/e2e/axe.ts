// axe, inside the page: its source is given once to each page that is loaded, and only what is wrong comes back.
import type { Page } from '@playwright/test';
import { readFileSync } from 'node:fs';

const SOURCE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const IS_THERE = "typeof window.axe?.run === 'function'";

/** What every page is held to. */
export const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'RGAAv4'];

/** Every rule that bears one of these tags, or the rules of these names. */
export type Rules = { type: 'tag' | 'rule'; values: string[] };

/** What breaks these rules on the page as it is shown: a line for each rule, with the places. Needs scripts. */
export async function violations(page: Page, runOnly: Rules): Promise<string[]> {
  // Evaluated, not added as an element: the policy of content of the page forbids that. A frame is looked at by its own axe.
  for (const frame of page.frames()) {
    if (!(await frame.evaluate<boolean>(IS_THERE))) await frame.evaluate(SOURCE);
  }
  return page.evaluate(
    async (options) => {
      const { axe } = window as unknown as { axe: typeof import('axe-core') };
      const { violations } = await axe.run(document, options);
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
    },
    // Of what is not wrong, axe details one place alone: nothing reads it.
    { runOnly, resultTypes: ['violations' as const] },
  );
}
