// What happens to a PASS after the hire: its attestation is printed and checked by who is handed it; a prolongation is asked and
// refused in writing.
import { expect, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { later } from './calendar';
import { Journey, PDF, type Manner } from './journey';
import { openPassThatOffers } from './pass';
import { people } from './people';

/** The person prints their attestation; whoever is handed it types its code, right, then wrong. */
export async function anAttestationIsChecked(page: Page, name: string, manner: Manner = {}) {
  const journey = new Journey(page, name, manner);
  const { hand } = journey;
  await journey.signIn('candidate');
  await hand.press(page.locator('main a[href^="/pass/"]').first());
  await hand.press(page.getByRole('link', { name: 'Imprimer l’attestation' }));
  await journey.look('attestation');
  const code = (await page.locator('main dd').last().innerText()).trim();
  expect(code).toMatch(/^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$/);
  await aPdfComes(page, 'Télécharger en PDF');

  // Someone else, who has the paper and no account.
  await page.context().clearCookies();
  await hand.press(page.locator('main a', { hasText: '/attestation' }));
  await journey.look('check of an attestation');
  await hand.press(journey.button('Vérifier'));
  await expect(page.locator('#code-error')).toBeVisible();
  await hand.write(page.locator('#code'), code.toLowerCase().replaceAll('-', ' '));
  await hand.press(journey.button('Vérifier'));
  await expect(page.getByRole('main')).toContainText('Ce PASS IAE est valide');
  await expect(page.getByRole('main')).not.toContainText('Ferhat');
  await journey.look('attestation that is valid');
  await hand.write(page.locator('#code'), `${code.slice(0, -1)}${code.endsWith('7') ? '8' : '7'}`);
  await hand.press(journey.button('Vérifier'));
  await expect(page.getByRole('main')).toContainText('Aucun PASS IAE ne porte ce code');
  expect(new URL(page.url()).search, 'the code is in no address').toBe('');
  await journey.look('code of nobody');
  expect(journey.defects).toEqual([]);
}

/** An SIAE asks, the prescriber refuses in three steps, and the letter is printed. `rank`: the PASS of its list, of those that
 * can be prolonged, so that two journeys take different ones. */
export async function aProlongationIsRefused(page: Page, name: string, rank: number, manner: Manner = {}) {
  const journey = new Journey(page, name, manner);
  await journey.signIn('employer');
  await openProlongable(journey, rank);
  const holder = await theSiaeAsks(journey);
  await thePrescriberRefuses(journey, holder);
  await theLetterIsPrinted(journey, holder);
  expect(journey.defects).toEqual([]);
}

/** The form of a prolongation, from the page of a PASS that has it. */
async function openProlongable(journey: Journey, rank: number) {
  const { page, hand } = journey;
  const prolong = 'Prolonger ce PASS IAE';
  // The list begins with what ends soonest: nothing is prolonged more than a year before its end.
  await page.goto('/pass?state=valid');
  await openPassThatOffers(journey, page.locator('main tbody a[href^="/pass/"]'), prolong, rank);
  await hand.press(page.getByRole('link', { name: prolong }));
}

async function theSiaeAsks(journey: Journey): Promise<string> {
  const { page, hand } = journey;
  await journey.look('prolongation');
  const title = await page.locator('h1').innerText();
  const holder = title.replace(/^Prolonger le PASS IAE d(e |[’'])/, '').trim();
  await hand.press(journey.button('Vérifier avant de confirmer'));
  await expect(page.locator('#reason-legend')).toBeVisible();
  await journey.look('prolongation incomplete');
  const end = await page.locator('input[name=seen]').inputValue();
  await hand.tick(page.locator('input[name=reason][value=particular_difficulties]'));
  await hand.write(page.locator('#ends_on'), later(end, 30));
  await hand.write(page.locator('#prescriber'), people.prescriber.email);
  await hand.write(page.locator('#review_done'), 'Le permis de conduire est en cours.');
  await hand.write(page.locator('#review_obstacles'), 'Le logement reste à trouver.');
  await hand.attach(page.locator('#report'), { name: 'bilan.pdf', mimeType: 'application/pdf', buffer: PDF });
  await hand.press(journey.button('Vérifier avant de confirmer'));
  await expect(page.locator('#review_planned-error')).toBeVisible();
  await expect(page.getByRole('main')).toContainText('Un bilan est joint à cette demande');
  await journey.look('prolongation that lacks an answer');
  await hand.write(page.locator('#review_planned'), 'Un rendez-vous par mois.');
  await hand.press(journey.button('Vérifier avant de confirmer'));
  await journey.look('prolongation checked');
  await hand.tick(page.locator('#certified'));
  await hand.press(journey.button('Envoyer la demande'));
  await expect(page.locator('.flash')).toContainText('Demande envoyée');
  await journey.look('prolongation asked');
  return holder;
}

async function thePrescriberRefuses(journey: Journey, holder: string) {
  const { page, hand } = journey;
  await journey.signIn('prescriber');
  await page.goto('/prolongations?state=pending');
  await journey.look('prolongations to answer');
  await hand.press(page.getByRole('main').getByRole('link', { name: new RegExp(holder, 'i') }).first());
  await journey.look('request of a prolongation');
  await aPdfComes(page, 'Télécharger le bilan joint');
  await hand.press(page.getByRole('main').getByRole('link', { name: 'Refuser' }));
  await journey.look('refusal, reason');
  await hand.tick(page.locator('input[name=reason][value=iae]'));
  await hand.press(journey.button('Continuer'));
  await journey.look('refusal, explanation');
  await hand.write(page.locator('#explanation'), 'Un emploi classique est à sa portée.');
  await hand.press(journey.button('Continuer'));
  await journey.look('refusal, what is proposed');
  await hand.tick(page.locator('input[name=actions]').first());
  await hand.write(page.locator('#details'), 'Un rendez-vous vous attend à la mission locale.');
  await hand.press(journey.button('Continuer'));
  await journey.look('letter before it is sent');
  await hand.press(journey.button('Refuser et envoyer la réponse'));
  await expect(page.locator('.flash')).toContainText('Prolongation refusée');
  await journey.look('prolongation refused');
}

async function theLetterIsPrinted(journey: Journey, holder: string) {
  const { page, hand } = journey;
  await hand.press(page.getByRole('link', { name: 'Imprimer la lettre de refus' }));
  await expect(page.locator('h1')).toHaveText('Refus d’une prolongation de PASS IAE');
  await expect(page.getByRole('main')).toContainText(new RegExp(holder, 'i'));
  await expect(page.getByRole('main')).toContainText('Un emploi classique est à sa portée.');
  await journey.look('letter of refusal');
  await aPdfComes(page, 'Télécharger en PDF');
}

/** A link that brings a PDF, and leaves the page where it is. */
async function aPdfComes(page: Page, name: string) {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name }).click(),
  ]);
  expect(readFileSync(await download.path()).subarray(0, 5).toString()).toBe('%PDF-');
}
