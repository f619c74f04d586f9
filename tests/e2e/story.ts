// The whole story, in two parts: with or without JavaScript, with a mouse or with the keyboard alone.
import { expect, type Page } from '@playwright/test';
import { inDays } from './calendar';
import { Journey, type Manner } from './journey';
import { aMailCame } from './mails';
import { APPLY, COMPANY, newcomer, people, type Newcomer } from './people';

/** From a search to an application sent, accepted or declined, and followed. */
export async function anApplicationIsAnswered(page: Page, name: string, manner: Manner = {}) {
  const journey = new Journey(page, name, manner);
  const person = newcomer();
  const other = newcomer();
  await aVisitorSearches(journey);
  await aPrescriberApplies(journey, person);
  await anOrienterApplies(journey, other);
  await theEmployerHires(journey, person.lastName);
  await theEmployerDeclines(journey, other.lastName);
  await thePrescriberFollows(journey, person.lastName);
  expect(journey.defects).toEqual([]);
}

/** What those read who write nothing: the holder of a PASS, the inspector, the team. */
export async function othersRead(page: Page, name: string, manner: Manner = {}) {
  const journey = new Journey(page, `${name}-read`, manner);
  await theHolderReads(journey);
  await theInspectorReads(journey);
  await theTeamReads(journey);
  expect(journey.defects).toEqual([]);
}

async function aVisitorSearches(journey: Journey) {
  const { page, hand } = journey;
  await page.goto('/');
  await journey.look('home');
  await hand.write(page.locator('#q'), 'espaces verts');
  await hand.choose(page.locator('#place'), 'Metz');
  await hand.press(page.getByRole('button', { name: 'Rechercher' }).first());
  await expect(page).toHaveURL(/\/employers\?.*q=espaces/);
  await journey.look('search');
  await hand.press(page.getByRole('main').getByRole('link', { name: COMPANY }).first());
  await expect(page.locator('h1')).toContainText(COMPANY);
  await journey.look('employer');
  await hand.press(page.locator('main a[href^="/jobs/"]').first());
  await journey.look('job');
}

/** The card of the company, then the way to an application; `onCard` is told when the card is shown. */
export async function openCompany(journey: Journey, onCard: () => Promise<void> = async () => {}) {
  const { page, hand } = journey;
  await page.goto(`/employers?city=metz-57&q=${encodeURIComponent(COMPANY)}`);
  await hand.press(page.locator('main a[href^="/employers/"]', { hasText: COMPANY }).first());
  await expect(page.locator('h1')).toContainText(COMPANY);
  await onCard();
  await hand.press(page.getByRole('main').getByRole('link', { name: APPLY }).first());
}

async function aPrescriberApplies(journey: Journey, person: Newcomer) {
  await journey.signIn('prescriber');
  await journey.look('prescriber dashboard');
  await openCompany(journey);
  await journey.apply(person, true);
}

async function anOrienterApplies(journey: Journey, person: Newcomer) {
  await journey.signIn('orienter');
  await openCompany(journey);
  await journey.apply(person, false);
}

/** Opens the application of this person from the list. */
async function openApplication(journey: Journey, lastName: string) {
  const { page, hand } = journey;
  await hand.press(page.locator('main tbody').getByRole('link', { name: new RegExp(lastName, 'i') }).first());
}

export async function theEmployerHires(journey: Journey, lastName: string) {
  const { page, hand } = journey;
  await aMailCame(people.employer.email);
  await journey.signIn('employer');
  await journey.look('employer dashboard');
  await page.goto('/applications');
  await journey.look('applications received');
  await anApplicationIsAccepted(journey, lastName);
  await hand.press(page.locator('main a[href^="/pass/"]').first());
  await journey.look('PASS');
  await hand.press(page.getByRole('link', { name: "Imprimer l’attestation" }));
  await journey.look('certificate');
}

/** The employer, who reads a list where it stands, accepts the application of this person, from today on. */
export async function anApplicationIsAccepted(journey: Journey, lastName: string) {
  const { page, hand } = journey;
  await openApplication(journey, lastName);
  await journey.look('application');
  await hand.press(journey.button("Mettre à l’étude"));
  await expect(page.locator('.flash')).toBeVisible();
  await hand.press(page.getByRole('link', { name: 'Accepter la candidature' }));
  await journey.look('acceptance');
  await hand.write(page.locator('#starts_on'), '');
  await hand.press(journey.button("Vérifier avant d’accepter"));
  await expect(page.locator('#starts_on-error')).toBeVisible();
  await journey.look('acceptance refused');
  await hand.write(page.locator('#starts_on'), inDays(0));
  await hand.press(journey.button("Vérifier avant d’accepter"));
  await journey.look('acceptance checked');
  await hand.press(page.locator('button[name=step][value=confirm]'));
  await expect(page.locator('.flash')).toBeVisible();
  await journey.look('application accepted');
}

export async function theEmployerDeclines(journey: Journey, lastName: string) {
  const { page, hand } = journey;
  await page.goto('/applications');
  await openApplication(journey, lastName);
  await hand.press(page.getByRole('link', { name: 'Décliner' }));
  await journey.look('refusal');
  await hand.press(journey.button('Décliner et envoyer la réponse'));
  await expect(page.locator('#reason-error')).toBeVisible();
  await journey.look('refusal incomplete');
  const reason = await page.locator('#reason option').nth(1).getAttribute('value');
  await hand.pick(page.locator('#reason'), reason ?? '');
  await hand.press(journey.button('Proposer un texte pour ce motif'));
  await expect(page.locator('#answer')).not.toBeEmpty();
  const toPrescriber = page.locator('#answer_to_prescriber');
  if (await toPrescriber.count()) await hand.write(toPrescriber, 'Le poste est pourvu, gardons contact.');
  await hand.press(journey.button('Décliner et envoyer la réponse'));
  await expect(page.locator('.flash')).toBeVisible();
  await expect(page.getByRole('main')).toContainText('déclinée');
  await journey.look('application declined');
}

async function thePrescriberFollows(journey: Journey, lastName: string) {
  const { page } = journey;
  await journey.signIn('prescriber');
  await expect(page.getByRole('main')).toContainText(new RegExp(lastName, 'i'));
  await page.goto('/applications');
  await journey.look('applications sent');
  await openApplication(journey, lastName);
  await expect(page.getByRole('main')).toContainText('acceptée');
  await journey.look('application followed');
}

async function theHolderReads(journey: Journey) {
  await journey.signIn('candidate');
  await journey.look('candidate dashboard');
  await journey.page.goto('/applications');
  await journey.look('applications of one person');
  await journey.page.goto('/dashboard');
  await journey.hand.press(journey.page.locator('main a[href^="/pass/"]').first());
  await journey.look('own PASS');
}

async function theInspectorReads(journey: Journey) {
  const { page, hand } = journey;
  await journey.signIn('inspector');
  await journey.look('inspector dashboard');
  await page.goto('/self-prescriptions/companies');
  await journey.look('self-prescriptions by company');
  await hand.press(page.locator('main tbody a').first());
  await journey.look('self-prescriptions');
  await hand.press(page.locator('main tbody th a').first());
  await journey.look('self-prescription');
  await expect(page.locator('main form[method=post]')).toHaveCount(0);
}

async function theTeamReads(journey: Journey) {
  await journey.signIn('staff');
  for (const name of ['emails', 'jobs', 'audit']) {
    await journey.page.goto(`/admin/${name}`);
    await journey.look(`admin ${name}`);
  }
}
