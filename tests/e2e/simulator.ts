// « Et si… ? »: what a suspension or a prolongation would change is seen before anything is done, and what is done then gives the
// same end.
import { expect, type Page } from '@playwright/test';
import { inDays, later } from './calendar';
import { Journey, type Manner } from './journey';
import { openPassThatOffers, endOf } from './pass';

const TRY = 'Voir ce que cela change';

/** From the page of a PASS: a suspension from ten days ago to sixty from now, wrong first; then a prolongation. Returns the address
 * that holds the suspension, and the end it would give. */
export async function aSuspensionIsTried(journey: Journey): Promise<{ address: string; end: string }> {
  const { page, hand } = journey;
  const before = await endOf(page);
  await hand.press(page.getByRole('link', { name: /^Et si on suspendait/ }));
  const suspension = page.locator('form').filter({ has: page.locator('#starts_on') });
  await hand.write(page.locator('#starts_on'), inDays(-10));
  await hand.write(page.locator('#ends_on'), inDays(-20));
  await hand.press(suspension.getByRole('button', { name: TRY }));
  await expect(page.locator('#ends_on-error')).toContainText('ne peut pas précéder le premier');
  await expect(page.locator('#starts_on')).toHaveValue(inDays(-10));
  await expect(page.locator('#ends_on')).toHaveValue(inDays(-20));
  await journey.look('simulator, wrong days');

  await hand.write(page.locator('#ends_on'), inDays(60));
  await hand.press(suspension.getByRole('button', { name: TRY }));
  await expect(page.getByRole('status')).toContainText('recule de 70 jours');
  await expect(page.locator('#ends_on')).toHaveValue(inDays(60));
  await journey.look('suspension simulated');
  const [address, end] = [page.url(), await endSimulated(page)];

  await aProlongationIsTried(journey, before);
  return { address, end };
}

/** From the simulator: a training of thirty days more than this end. */
async function aProlongationIsTried(journey: Journey, before: string): Promise<string> {
  const { page, hand } = journey;
  const prolongation = page.locator('form').filter({ has: page.locator('#until') });
  await hand.pick(page.locator('#reason'), 'training');
  await hand.write(page.locator('#until'), later(before, 30));
  await hand.press(prolongation.getByRole('button', { name: TRY }));
  await expect(page.getByRole('status')).toContainText('recule de 30 jours');
  await expect(page.locator('#until')).toHaveValue(later(before, 30));
  return endSimulated(page);
}

/** The end the simulator gives, in words. */
export async function endSimulated(page: Page): Promise<string> {
  const row = page.locator('main tbody tr').filter({ has: page.getByRole('rowheader', { name: 'Fin', exact: true }) });
  return (await row.locator('td').last().innerText()).trim();
}

/** An employer tries a prolongation, then declares it. `rank`: as for those that are asked. */
export async function aProlongationIsTriedThenDeclared(page: Page, name: string, rank: number, manner: Manner = {}) {
  const journey = new Journey(page, name, manner);
  const { hand } = journey;
  await journey.signIn('otherEmployer');
  await page.goto('/pass?state=valid');
  await openPassThatOffers(journey, page.locator('main tbody a[href^="/pass/"]'), 'Prolonger ce PASS IAE', rank);
  const [address, before] = [page.url(), await endOf(page)];
  await hand.press(page.getByRole('link', { name: /^Et si on suspendait/ }));
  const end = await aProlongationIsTried(journey, before);
  await journey.look('prolongation simulated');
  await hand.press(page.getByRole('link', { name: 'Revenir au PASS IAE' }));
  await expect(page).toHaveURL(address);
  expect(await endOf(page), 'nothing is saved by the simulator').toBe(before);

  await hand.press(page.getByRole('link', { name: 'Prolonger ce PASS IAE' }));
  await hand.tick(page.locator('input[name=reason][value=training]'));
  await hand.write(page.locator('#ends_on'), later(before, 30));
  await hand.press(journey.button('Vérifier avant de confirmer'));
  await expect(page.getByRole('main')).toContainText(end);
  await journey.look('prolongation to declare');
  await hand.tick(page.locator('#certified'));
  await hand.press(page.locator('button[name=step][value=confirm]'));
  await expect(page.locator('.flash')).toBeVisible();
  await expect(page).toHaveURL(address);
  expect(await endOf(page)).toBe(later(before, 30));
  await expect(page.getByRole('main')).toContainText(`se termine le ${end}`);
  await expect(page.locator('.timeline__bar--prolongation')).not.toHaveCount(0);
  await journey.look('PASS prolonged');
  expect(journey.defects).toEqual([]);
}
