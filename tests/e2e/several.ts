// One person, three employers, one refusal, one reminder, one hire; and what it takes, in clicks and pages.
import { expect, type Locator, type Page } from '@playwright/test';
import { Counted } from './count';
import { Mouse } from './hand';
import { Journey } from './journey';
import { APPLY, COMPANY, newcomer, type Newcomer } from './people';
import { openCompany, theEmployerDeclines, theEmployerHires } from './story';

const OTHER = 'Moselle Rénovation';

export async function onePersonSeveralEmployers(page: Page) {
  const hand = new Counted(page, new Mouse(page));
  // Looking at a page changes its size, not its count.
  const journey = new Journey(page, 'several', { hand, axe: true });
  const person = newcomer();

  await journey.signIn('prescriber');
  await openCompany(journey, () => hand.restart());
  await journey.apply(person, true);
  expect(hand.took('a new person, to one employer').pages).toBeLessThanOrEqual(9);

  await toAnother(journey, OTHER);
  await hand.restart();
  await send(journey);
  const known = hand.took('a known person, to one employer');
  expect(known.pages, 'pages for a known person').toBeLessThanOrEqual(5);
  expect(known.clicks, 'clicks for a known person').toBeLessThanOrEqual(8);

  await toTwoMore(journey, hand);
  await aReminder(journey);
  // Once hired, what the person has elsewhere is obsolete: the refusal comes first.
  await theOtherDeclines(journey, person);
  await theEmployerHires(journey, person.lastName);
  expect(journey.defects).toEqual([]);
}

/** From the end page to the results for the same person, where the employer is. */
async function toAnother(journey: Journey, name: string) {
  const { page, hand } = journey;
  await hand.press(page.getByRole('link', { name: /Postuler aussi chez d.autres employeurs/ }));
  const here = new URL(page.url());
  here.searchParams.delete('after');
  here.searchParams.set('city', 'metz-57');
  here.searchParams.set('distance', '50');
  here.searchParams.set('q', name);
  await page.goto(here.toString());
  await page.waitForLoadState();
  await journey.look(`results for ${name}`);
}

/** From the results to the end page: message and CV are proposed again. */
async function send(journey: Journey) {
  const { page, hand } = journey;
  await hand.press(page.getByRole('main').getByRole('link', { name: APPLY }).first());
  await journey.look('posts');
  await goOn(journey);
  await expect(page.locator('#message')).not.toBeEmpty();
  await journey.look('message proposed again');
  await hand.press(journey.button('Continuer'));
  await journey.look('summary');
  await journey.agree();
  await hand.press(page.locator('form[action$="/submission"] button[type=submit]'));
  await expect(page).toHaveURL(/\/sent$/);
  await page.waitForLoadState();
}

/** Two employers more in one sending, found around the person; those the person was proposed to are left out. */
async function toTwoMore(journey: Journey, hand: Counted) {
  const { page } = journey;
  await toAnother(journey, '');
  await hand.restart();
  const way = page.getByRole('link', { name: APPLY });
  await hand.press(unknown(page.getByRole('main').locator('article').filter({ has: way })).getByRole('link', { name: APPLY }).first());
  for (let step = 0; step < 4 && !/\/summary$/.test(page.url()); step += 1) await goOn(journey);
  await hand.press(page.getByRole('link', { name: 'Ajouter un employeur' }));
  await journey.look('another employer');
  const add = page.getByRole('button', { name: /^Ajouter / });
  await hand.press(unknown(page.getByRole('main').locator('section').filter({ has: add })).getByRole('button').first());
  await journey.look('posts of two employers');
  await goOn(journey);
  await expect(page).toHaveURL(/\/summary$/);
  await journey.look('summary of two employers');
  await journey.agree();
  await hand.press(journey.button('Envoyer les 2 candidatures'));
  await expect(page.locator('h1')).toHaveText('2 candidatures envoyées');
  await journey.look('two applications sent');
  hand.took('two employers more, in one sending');
}

/** Those the person was not proposed to yet. */
function unknown(cards: Locator): Locator {
  return cards.filter({ hasNotText: COMPANY }).filter({ hasNotText: OTHER }).first();
}

/** The next step; where an employer takes no spontaneous application, for its first post. */
async function goOn(journey: Journey) {
  const { page, hand } = journey;
  for (const choice of await page.locator('fieldset[data-either]').all()) {
    if ((await choice.locator('input:checked').count()) === 0) await hand.tick(choice.locator('input').first());
  }
  await hand.press(journey.button('Continuer'));
}

/** An application that has waited for more than a week: the employer is reminded. */
async function aReminder(journey: Journey) {
  const { page, hand } = journey;
  await page.goto('/dashboard');
  await hand.press(page.getByRole('main').getByRole('link', { name: /Relancer/ }).first());
  await hand.press(journey.button('Envoyer une relance'));
  await expect(page.locator('.flash')).toBeVisible();
  await journey.look('employer reminded');
}

async function theOtherDeclines(journey: Journey, person: Newcomer) {
  await journey.signIn('otherEmployer');
  await theEmployerDeclines(journey, person.lastName);
}
