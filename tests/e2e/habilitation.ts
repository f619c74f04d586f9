// The right to prescribe that a prefect gives, from its request to its last day (D15; guide P2 §1.1): asked on four points, completed,
// heard by the commission, granted for some years, read in the public register, then over.
import { expect, type Page } from '@playwright/test';
import { inDays } from './calendar';
import { theRightEndedYesterday } from './database';
import { Journey, PDF, type Manner } from './journey';
import { aMailCame } from './mails';
import { NEW_PASSWORD, newcomer, people, type Newcomer } from './people';
import { aProfessionalArrives, named, theySignTheirOrganisationUp, type Organisation } from './sign_up';

const POINTS = {
  identified: 'Convention avec la DDETS depuis 2020.',
  mission: 'Accueil de jour de personnes sans domicile.',
  staff: 'Deux conseillères en insertion, formées à l’IAE.',
  need: 'Aucun prescripteur national n’accueille ce public.',
};

/** Of an organisation of its own: no orienteur of the demonstration becomes a prescriber. */
export async function aPrefectAuthorises(page: Page, name: string, manner: Manner = {}) {
  const journey = new Journey(page, name, manner);
  const quiet = new Journey(page, name, { ...manner, pictures: false });
  const applicant = newcomer();
  const organisation = named(`Relais ${applicant.lastName}`, 'OTHER');
  await aProfessionalArrives(quiet, applicant);
  await theySignTheirOrganisationUp(quiet, organisation);
  await theyAsk(journey);
  await aMailCame(people.inspector.email, 'Habilitation demandée', organisation.name);

  await journey.signIn('inspector');
  await theDdetsAsksForMore(journey, organisation);
  await aMailCame(applicant.email, 'à compléter', 'Joignez vos statuts.');
  await theyComplete(journey, applicant);

  await journey.signIn('inspector');
  await theDdetsGrants(journey, organisation);
  await aMailCame(applicant.email, organisation.name, 'est habilitée jusqu’au');
  await everyoneReadsIt(journey, applicant, organisation);

  theRightEndedYesterday(organisation.name);
  await itIsOver(journey, organisation);
  await aMailCame(applicant.email, organisation.name, 'est arrivée à terme');
  expect(journey.defects).toEqual([]);
}

async function theyAsk(journey: Journey) {
  const { page, hand } = journey;
  await page.goto('/habilitation');
  await expect(page.getByRole('main')).toContainText('votre organisation est orienteur');
  await journey.look('orienteur');
  await hand.press(page.getByRole('link', { name: 'Demander l’habilitation au préfet' }));
  await hand.write(page.locator('#identified'), POINTS.identified);
  await hand.press(journey.button('Relire avant de transmettre'));
  for (const field of ['mission', 'staff', 'need', 'piece']) await expect(page.locator(`#${field}-error`)).toBeVisible();
  await expect(page.locator('#identified')).toHaveValue(POINTS.identified);
  await journey.look('request that lacks something');
  for (const [field, text] of Object.entries(POINTS)) await hand.write(page.locator(`#${field}`), text);
  await aPieceIsGiven(journey, 'Rapport d’activité');
  await journey.look('request transmitted');
}

/** With a piece, the request is read again, then goes to the DDETS. */
async function aPieceIsGiven(journey: Journey, label: string) {
  const { page, hand } = journey;
  await hand.write(page.locator('#piece_label'), label);
  await hand.attach(page.locator('#piece'), { name: 'piece.pdf', mimeType: 'application/pdf', buffer: PDF });
  await hand.press(journey.button('Relire avant de transmettre'));
  for (const text of Object.values(POINTS)) await expect(page.getByRole('main')).toContainText(text);
  await expect(page.getByRole('main')).toContainText(label);
  await journey.look('request to read again');
  await hand.press(journey.button('Transmettre la demande à la DDETS'));
  await expect(page.locator('.flash')).toContainText('Demande transmise');
}

/** The request of this organisation, from the list of its DDETS. */
async function open({ page, hand }: Journey, { name }: Organisation) {
  await page.goto('/habilitations');
  await hand.press(page.locator('main tbody').getByRole('link', { name }));
  await expect(page.locator('h1')).toHaveText(name);
}

async function theDdetsAsksForMore(journey: Journey, organisation: Organisation) {
  const { page, hand } = journey;
  await journey.look('dashboard of the DDETS');
  await page.goto('/habilitations');
  await journey.look('requests to instruct');
  await open(journey, organisation);
  for (const text of Object.values(POINTS)) await expect(page.getByRole('main')).toContainText(text);
  await journey.look('request to instruct');
  await hand.press(page.getByRole('link', { name: 'Demander un complément' }));
  await hand.press(journey.button('Demander ce complément'));
  await expect(page.locator('#words-error')).toBeVisible();
  await journey.look('complement refused');
  await hand.write(page.locator('#words'), 'Joignez vos statuts.');
  await hand.press(journey.button('Demander ce complément'));
  await expect(page.locator('.flash')).toContainText('Complément demandé');
}

async function theyComplete(journey: Journey, applicant: Newcomer) {
  const { page, hand } = journey;
  await journey.signInAs(applicant.email, NEW_PASSWORD);
  await page.goto('/habilitation');
  await expect(page.getByRole('main')).toContainText('Joignez vos statuts.');
  await journey.look('complement asked for');
  await hand.press(page.getByRole('link', { name: 'Continuer la demande' }));
  await expect(page.locator('#mission'), 'nothing that was written is lost').toHaveValue(POINTS.mission);
  await journey.look('request to complete');
  await aPieceIsGiven(journey, 'Statuts');
}

/** The opinion of the commission comes before the order, which runs five years at the most. */
async function theDdetsGrants(journey: Journey, organisation: Organisation) {
  const { page, hand } = journey;
  await open(journey, organisation);
  await hand.press(page.getByRole('link', { name: 'Enregistrer l’avis de la commission' }));
  await hand.tick(page.locator('input[name=opinion][value=favourable]'));
  await hand.press(journey.button('Enregistrer l’avis'));
  await expect(page.locator('#opinion_on-error')).toBeVisible();
  await journey.look('opinion without its day');
  await hand.write(page.locator('#opinion_on'), inDays(0));
  await hand.press(journey.button('Enregistrer l’avis'));
  await expect(page.locator('.flash')).toContainText('Avis enregistré');
  await hand.press(page.getByRole('link', { name: 'Enregistrer l’arrêté' }));
  await hand.write(page.locator('#order_number'), '2026-57-12');
  await hand.write(page.locator('#ordered_on'), inDays(0));
  await hand.write(page.locator('#starts_on'), inDays(0));
  await hand.write(page.locator('#ends_on'), inDays(2_000));
  await hand.press(journey.button('Accorder l’habilitation'));
  await expect(page.locator('#ends_on-error')).toContainText('cinq ans au plus');
  await expect(page.locator('#order_number')).toHaveValue('2026-57-12');
  await journey.look('order too long');
  await hand.write(page.locator('#ends_on'), inDays(1_800));
  await hand.press(journey.button('Accorder l’habilitation'));
  await expect(page.locator('.flash')).toContainText('Habilitation accordée');
  await journey.look('habilitation granted');
}

async function everyoneReadsIt(journey: Journey, applicant: Newcomer, organisation: Organisation) {
  const { page } = journey;
  await page.context().clearCookies();
  await page.goto(register(organisation));
  await expect(page.locator('main tbody')).toContainText(organisation.name);
  await expect(page.locator('main tbody')).toContainText('2026-57-12');
  await journey.look('register');
  await journey.signInAs(applicant.email, NEW_PASSWORD);
  await page.goto('/habilitation');
  await expect(page.getByRole('main')).toContainText('votre organisation est prescripteur habilité');
  await journey.look('habilitation of a prescriber');
}

/** The day after its last: whoever is still signed in reads it at once, and so does everyone. */
async function itIsOver(journey: Journey, organisation: Organisation) {
  const { page } = journey;
  await page.goto('/habilitation');
  await expect(page.getByRole('main')).toContainText('est arrivée à terme');
  await expect(page.getByRole('link', { name: 'Demander le renouvellement' })).toBeVisible();
  await journey.look('habilitation that is over');
  await page.goto(register(organisation));
  await expect(page.getByRole('main')).toContainText('Aucune organisation ne correspond');
  await journey.look('register without it');
}

function register({ name }: Organisation): string {
  return `/prescribers/register?name=${encodeURIComponent(name)}`;
}
