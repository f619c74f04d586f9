// A PASS is suspended: by the SIAE of the last hire, which lifts the suspension when the person comes back; by the prescriber who
// follows the person, once the contract is over (D6).
import { expect, type Page } from '@playwright/test';
import { inDays } from './calendar';
import { Journey, type Manner } from './journey';
import { aMailCame } from './mails';
import { endOf, openPass, openPassThatOffers, said } from './pass';
import { people } from './people';
import { aSuspensionIsTried, endSimulated } from './simulator';

const SUSPEND = 'Suspendre le PASS IAE';
const CHECK = 'Voir ce que cela change';

/** Someone in parcours whom the employer hired and the prescriber follows, whose PASS ends too late to be prolonged. */
export type Holder = { lastName: string; email: string };

/** The prescriber tries a suspension; the employer opens what they tried, does it, and lifts it. */
export async function aSuspensionIsTriedMadeAndLifted(page: Page, name: string, holder: Holder, manner: Manner = {}) {
  const journey = new Journey(page, name, manner);
  await journey.signIn('prescriber');
  await openPass(journey, holder.lastName);
  const before = await endOf(page);
  const tried = await aSuspensionIsTried(journey);

  await journey.signIn('employer');
  await page.goto(tried.address);
  expect(await endSimulated(page), 'the address holds the simulation').toBe(tried.end);
  await journey.hand.press(page.getByRole('link', { name: 'Revenir au PASS IAE' }));
  expect(await endOf(page), 'nothing is saved by the simulator').toBe(before);
  await theSiaeSuspends(journey, tried.end);
  await aMailCame(holder.email, 'Votre PASS IAE est suspendu', tried.end);
  await aMailCame(people.prescriber.email, holder.lastName.toUpperCase(), 'est suspendu', tried.end);
  await theSiaeLifts(journey);
  await aMailCame(holder.email, 'met fin à la suspension de votre PASS IAE');
  await aMailCame(people.prescriber.email, holder.lastName.toUpperCase(), 'met fin à la suspension');
  expect(journey.defects).toEqual([]);
}

async function theSiaeSuspends(journey: Journey, end: string) {
  const { page, hand } = journey;
  await hand.press(page.getByRole('link', { name: SUSPEND }));
  await hand.tick(page.locator('input[name=reason][value=contract_suspended]'));
  await hand.write(page.locator('#starts_on'), inDays(-10));
  await hand.write(page.locator('#ends_on'), inDays(-20));
  await hand.write(page.locator('#explanation'), 'Une opération, puis une rééducation.');
  await hand.press(journey.button(CHECK));
  await expect(page.locator('#ends_on-error')).toContainText('ne peut pas précéder le premier');
  await expect(page.locator('#certified-error')).toBeVisible();
  await expect(page.locator('input[name=reason][value=contract_suspended]')).toBeChecked();
  await expect(page.locator('#starts_on')).toHaveValue(inDays(-10));
  await expect(page.locator('#ends_on')).toHaveValue(inDays(-20));
  await expect(page.locator('#explanation')).toHaveValue('Une opération, puis une rééducation.');
  await journey.look('suspension, wrong days');

  await hand.write(page.locator('#ends_on'), inDays(60));
  await hand.tick(page.locator('#certified'));
  await hand.press(journey.button(CHECK));
  await expect(said(page, 'Fin du PASS IAE')).toContainText(end);
  await expect(said(page, 'Jours restants')).toContainText('jours');
  await journey.look('suspension checked');
  await hand.press(journey.button(SUSPEND));
  await expect(page.locator('.flash')).toContainText('PASS IAE suspendu');
  await expect(page.getByRole('main')).toContainText(`Il se termine le ${end}`);
  await expect(page.locator('.timeline__bar--suspension')).not.toHaveCount(0);
  await expect(page.getByRole('link', { name: SUSPEND })).toHaveCount(0);
  await journey.look('PASS suspended');
}

async function theSiaeLifts(journey: Journey) {
  const { page, hand } = journey;
  const suspended = await endOf(page);
  await hand.press(page.getByRole('link', { name: 'Lever la suspension' }));
  await hand.tick(page.locator('input[name=action][value=return]'));
  await hand.write(page.locator('#back_on'), inDays(90));
  await hand.press(journey.button(CHECK));
  await expect(page.locator('#back_on-error')).toBeVisible();
  await expect(page.locator('#back_on')).toHaveValue(inDays(90));
  await journey.look('return too late');
  await hand.write(page.locator('#back_on'), inDays(0));
  await hand.press(journey.button(CHECK));
  await expect(said(page, 'Fin du PASS IAE')).toContainText('avant');
  await journey.look('return checked');
  await hand.press(journey.button('Lever la suspension'));
  await expect(page.locator('.flash')).toContainText('Suspension levée');
  expect(await endOf(page) < suspended, 'the days that were not suspended are counted again').toBe(true);
  await expect(page.getByRole('link', { name: 'Lever la suspension' })).toHaveCount(0);
  await journey.look('suspension lifted');
}

/** The prescriber suspends the PASS of someone whose contract is over; the SIAE that hired them last reads it. `rank`: the PASS of
 * their list, of those that they can suspend, the last to end first. */
export async function aPrescriberSuspends(page: Page, name: string, rank: number, manner: Manner = {}) {
  const journey = new Journey(page, name, manner);
  const { hand } = journey;
  await journey.signIn('prescriber');
  await page.goto('/pass?state=valid&kind=EI&sort=-end');
  const hired = page.locator('main tbody tr').filter({ hasText: /Moselle Rénovation/i }).filter({ hasNotText: people.candidate.name });
  await openPassThatOffers(journey, hired.locator('a[href^="/pass/"]'), SUSPEND, rank);
  const [before, holder] = [await endOf(page), (await said(page, 'Titulaire').innerText()).trim()];
  await hand.press(page.getByRole('link', { name: SUSPEND }));
  await expect(page.locator('input[name=reason][value=contract_suspended]'), 'no contract runs').toHaveCount(0);
  await hand.tick(page.locator('input[name=reason][value=contract_finished]'));
  await hand.write(page.locator('#ends_on'), inDays(90));
  await hand.tick(page.locator('#no_end'));
  await hand.tick(page.locator('#certified'));
  await hand.press(journey.button(CHECK));
  await expect(page.locator('#ends_on-error')).toContainText('pas les deux');
  await expect(page.locator('#ends_on')).toHaveValue(inDays(90));
  await expect(page.locator('#no_end')).toBeChecked();
  await journey.look('suspension with two ends');
  await hand.write(page.locator('#ends_on'), '');
  await hand.press(journey.button(CHECK));
  await expect(said(page, 'Suspension')).toContainText('la date de fin n’est pas connue');
  await journey.look('suspension by a prescriber, checked');
  await hand.press(journey.button(SUSPEND));
  await expect(page.locator('.flash')).toContainText('PASS IAE suspendu');
  expect(await endOf(page) > before).toBe(true);
  await expect(page.getByRole('main')).toContainText('Mission locale du Pays messin');
  await journey.look('PASS suspended by a prescriber');
  await aMailCame(people.otherEmployer.email, holder, 'est suspendu', 'Mission locale du Pays messin');
  expect(journey.defects).toEqual([]);
}
