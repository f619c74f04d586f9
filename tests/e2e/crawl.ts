// Every kind of page each person reaches from link to link, looked at once: by axe in light and in dark, where colours are
// forced, at 320 pixels, and its HTML.
import { expect, type Page } from '@playwright/test';
import { HtmlValidate } from 'html-validate';
import { TAGS, violations } from './axe';
import { Journey } from './journey';
import { people } from './people';

/** What is asked of the HTML: all that is recommended, but for what these lines say why not. */
const html = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    // The form of the house: boolean attributes without a value, blank ends of lines where a condition writes nothing.
    'attribute-boolean-style': 'off',
    'no-trailing-whitespace': 'off',
    // RGAA asks for the roles of the landmarks to be written (12.6), and for a list without bullets to stay one.
    'no-redundant-role': 'off',
    // A list says of what it is, which HTML allows.
    'aria-label-misuse': ['error', { allowAnyNamable: true }],
    // A title says which page of whom: it is as long as names are.
    'long-title': 'off',
    // A phone breaks nowhere: the style sheet sees to it.
    'tel-non-breaking': 'off',
    // Boxes of one question bear its name.
    'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'submit', 'button', 'reset'] }],
  },
});

type Person = keyof typeof people;

/** Those who read the controls, whose pages change while a campaign goes on. The one with most pages first. */
export const READ_CONTROLS: Person[] = ['staff', 'inspector', 'employer'];

/** All others, and whoever has not signed in; one of each kind: a second employer would see the same pages. */
export const OTHERS: (Person | null)[] = [
  ...(Object.keys(people) as Person[]).filter((who) => who !== 'otherEmployer' && !READ_CONTROLS.includes(who)),
  null,
];

export async function everyKindOfPage(page: Page, who: Person | null) {
  const journey = new Journey(page, `crawl-${who ?? 'visitor'}`);
  if (who) await journey.signIn(who);
  const defects: string[] = [];
  const waiting = ['/', ...(who ? ['/dashboard'] : ['/login'])];
  const seen = new Set(waiting.map(shape));
  for (let address = waiting.shift(); address; address = waiting.shift()) {
    const answer = await page.goto(address);
    defects.push(...(await defectsOf(page, (await answer?.text()) ?? '')).map((defect) => `${shape(address ?? '')}: ${defect}`));
    for (const next of await links(page)) {
      if (seen.has(shape(next))) continue;
      seen.add(shape(next));
      waiting.push(next);
    }
  }
  expect(seen.size).toBeGreaterThan(5);
  expect([...defects, ...journey.defects]).toEqual([]);
}

/** Pages alike are one: ids, values of filters, orders and places in a list do not tell them apart. */
function shape(address: string): string {
  const { pathname, searchParams } = new URL(address, 'http://here');
  const path = pathname.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '{id}');
  const asked = [...searchParams.keys()].filter((key) => ['update', 'candidate', 'company', 'draft', 'after'].includes(key));
  return [path, ...new Set(asked.sort())].join(' ');
}

/** Where the links of the page lead, on the platform; files and what ends the session left out. */
async function links(page: Page): Promise<string[]> {
  const hrefs = await page.locator('a[href^="/"]').evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
  return hrefs
    .map((href) => href.split('#')[0] ?? '')
    .filter((href) => !/^\/(login\/|static\/)|format=|\/cv$|\/proof$|\/picture|\.pdf$|\/file$|\/report$|^\/documents\//.test(href));
}

async function defectsOf(page: Page, source: string): Promise<string[]> {
  const defects: string[] = [];
  await page.setViewportSize({ width: 320, height: 800 });
  const sticksOut = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (sticksOut > 0) defects.push(`${sticksOut} pixels wider than 320`);
  await page.setViewportSize({ width: 1280, height: 900 });
  const told = await violations(page, { type: 'tag', values: [...TAGS, 'best-practice'] });
  defects.push(...told.map((one) => `axe, ${one}`));
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await violations(page, { type: 'rule', values: ['color-contrast'] });
  defects.push(...dark.map((one) => `axe in dark, ${one}`));
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'active' });
  defects.push(...(await page.evaluate(shapeless)));
  await page.emulateMedia({ forcedColors: 'none' });
  const report = await html.validateString(source);
  defects.push(...report.results.flatMap(({ messages }) => messages.map(({ ruleId, message, line }) => `HTML, ${ruleId}: ${message} (line ${line})`)));
  return defects;
}

/** Where colours are forced: what can be pressed or filled without an edge, and what is current without a mark of its own. */
function shapeless(): string[] {
  const edge = (element: Element) => {
    const { borderTopWidth, borderTopColor, backgroundColor } = getComputedStyle(element);
    return parseFloat(borderTopWidth) > 0 && borderTopColor !== backgroundColor;
  };
  const visible = (element: Element) => element.getClientRects().length > 0;
  const bare = [...document.querySelectorAll('.fr-btn, .fr-input, .fr-select')].filter((one) => visible(one) && !edge(one));
  const unmarked = [...document.querySelectorAll('.site-nav__link[aria-current], .tabs__tab[aria-current]')].filter((current) => {
    const other = current.closest('ul')?.querySelector('a:not([aria-current])');
    const mark = (one: Element) => getComputedStyle(one).borderBottomColor;
    return visible(current) && other && mark(current) === mark(other);
  });
  return [
    ...bare.map((one) => `no edge where colours are forced: ${one.outerHTML.slice(0, 80)}`),
    ...unmarked.map((one) => `current, and alike where colours are forced: ${one.textContent?.trim()}`),
  ];
}
