// What journeys read on the page of a PASS, and how they come to it.
import { expect, type Locator, type Page } from '@playwright/test';
import type { Journey } from './journey';

/** The page of the PASS of this person, from the list of whoever is signed in. */
export async function openPass({ page, hand }: Journey, lastName: string) {
  await page.goto(`/pass?name=${encodeURIComponent(lastName)}`);
  await hand.press(page.locator('main tbody').getByRole('link', { name: new RegExp(lastName, 'i') }).first());
  await expect(page.locator('h1')).toContainText('PASS IAE');
}

/** Opens the PASS of this list one after another, until this link was offered `rank` times: several journeys take one each. */
export async function openPassThatOffers({ page }: Journey, list: Locator, name: string, rank: number) {
  const links = await list.evaluateAll((all) => all.map((a) => a.getAttribute('href')));
  let found = 0;
  for (const href of new Set(links)) {
    await page.goto(href ?? '');
    found += await page.getByRole('link', { name }).count();
    if (found === rank) return;
  }
  throw new Error(`${found} PASS offer « ${name} », ${rank} are needed`);
}

/** Last day of the PASS shown, as 2026-03-01. */
export async function endOf(page: Page): Promise<string> {
  const row = page.locator('main tbody tr').filter({ has: page.getByRole('rowheader', { name: 'Parcours', exact: true }) });
  return (await row.locator('time').last().getAttribute('datetime')) ?? '';
}

/** What a summary says under this label. */
export function said(page: Page, label: string): Locator {
  return page.locator('main .summary-list__row').filter({ has: page.locator('dt', { hasText: label }) }).locator('dd').first();
}
