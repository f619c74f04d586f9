// The whole story, from a search to a PASS, with or without JavaScript.
import { expect, type Page } from '@playwright/test';
import { readdirSync, readFileSync } from 'node:fs';
import { Journey } from './journey';
import { COMPANY, newcomer, people } from './people';

export async function tellTheStory(page: Page, name: string, withAxe = true) {
  const journey = new Journey(page, name, withAxe);
  const person = newcomer();
  await aVisitorSearches(journey);
  await aPrescriberApplies(journey, person);
  await anOrienterApplies(journey);
  await theEmployerHires(journey, person.lastName);
  await thePrescriberFollows(journey, person.lastName);
  await theHolderReads(journey);
  await theInspectorReads(journey);
  await theTeamReads(journey);
  expect(journey.defects).toEqual([]);
}

async function aVisitorSearches(journey: Journey) {
  const { page } = journey;
  await page.goto('/');
  await journey.look('home');
  await page.locator('#q').fill('espaces verts');
  await journey.choose('place', 'Metz');
  await page.getByRole('button', { name: 'Rechercher' }).first().click();
  await expect(page).toHaveURL(/\/employers\?.*q=espaces/);
  await journey.look('search');
  await page.getByRole('main').getByRole('link', { name: COMPANY }).first().click();
  await expect(page.locator('h1')).toContainText(COMPANY);
  await journey.look('employer');
  await page.locator('main a[href^="/jobs/"]').first().click();
  await journey.look('job');
}

async function openCompany(journey: Journey) {
  const { page } = journey;
  await page.goto(`/employers?city=metz-57&q=${encodeURIComponent(COMPANY)}`);
  await page.locator('main a[href^="/employers/"]', { hasText: COMPANY }).first().click();
  await expect(page.locator('h1')).toContainText(COMPANY);
  await page.getByRole('main').getByRole('link', { name: 'Postuler' }).first().click();
}

async function aPrescriberApplies(journey: Journey, person: ReturnType<typeof newcomer>) {
  await journey.signIn('prescriber');
  await journey.look('prescriber dashboard');
  await openCompany(journey);
  await journey.apply(person, true);
}

async function anOrienterApplies(journey: Journey) {
  await journey.signIn('orienter');
  await openCompany(journey);
  await journey.apply(newcomer(), false);
}

async function theEmployerHires(journey: Journey, lastName: string) {
  const { page } = journey;
  await expect.poll(() => mailsTo(people.employer.email), { timeout: 30_000 }).toBeGreaterThan(0);
  await journey.signIn('employer');
  await journey.look('employer dashboard');
  await page.goto('/applications');
  await journey.look('applications received');
  await page.getByRole('main').getByRole('link', { name: new RegExp(lastName, 'i') }).first().click();
  await journey.look('application');
  await page.getByRole('button', { name: "Mettre à l'étude" }).click();
  await expect(page.locator('.flash')).toBeVisible();
  await page.getByRole('link', { name: 'Accepter la candidature' }).click();
  await journey.look('acceptance');
  await page.locator('#starts_on').fill('');
  await page.getByRole('button', { name: "Vérifier avant d'accepter" }).click();
  await expect(page.locator('#starts_on-error')).toBeVisible();
  await journey.look('acceptance refused');
  await page.locator('#starts_on').fill(new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Paris' }));
  await page.getByRole('button', { name: "Vérifier avant d'accepter" }).click();
  await journey.look('acceptance checked');
  await page.locator('button[name=step][value=confirm]').click();
  await expect(page.locator('.flash')).toBeVisible();
  await journey.look('application accepted');
  await page.locator('main a[href^="/pass/"]').first().click();
  await journey.look('PASS');
  await page.getByRole('link', { name: "Imprimer l'attestation" }).click();
  await journey.look('certificate');
}

async function thePrescriberFollows(journey: Journey, lastName: string) {
  const { page } = journey;
  await journey.signIn('prescriber');
  await expect(page.getByRole('main')).toContainText(new RegExp(lastName, 'i'));
  await page.goto('/applications');
  await journey.look('applications sent');
  await page.getByRole('main').getByRole('link', { name: new RegExp(lastName, 'i') }).first().click();
  await expect(page.getByRole('main')).toContainText('acceptée');
  await journey.look('application followed');
}

async function theHolderReads(journey: Journey) {
  await journey.signIn('candidate');
  await journey.look('candidate dashboard');
  await journey.page.goto('/applications');
  await journey.look('applications of one person');
  await journey.page.goto('/dashboard');
  await journey.page.locator('main a[href^="/pass/"]').first().click();
  await journey.look('own PASS');
}

async function theInspectorReads(journey: Journey) {
  const { page } = journey;
  await journey.signIn('inspector');
  await journey.look('inspector dashboard');
  await page.goto('/self-prescriptions');
  await journey.look('self-prescriptions');
  await page.locator('main a[href^="/self-prescriptions/"]').first().click();
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

/** How many mails of the folder go to this address; one at least where no folder is told. */
function mailsTo(address: string): number {
  const folder = process.env.MAIL_DIR;
  if (!folder) return 1;
  const mails = readdirSync(folder).filter((file) => file.endsWith('.eml'));
  return mails.filter((file) => readFileSync(`${folder}/${file}`, 'utf8').includes(`To: ${address}`)).length;
}
