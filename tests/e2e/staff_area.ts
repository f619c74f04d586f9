// What the team does every day (rule book 01 §13): a structure changes its SIRET and loses nothing; somebody who asks for help is found,
// and the platform seen as them; an announcement is published, read, withdrawn.
import { expect, type Page } from '@playwright/test';
import { Journey, type Manner } from './journey';
import { newcomer } from './people';

const REASON = 'Elle ne retrouve plus le SIRET de sa structure.';

/** `company`: the name of a structure of the demonstration that no other journey looks at. */
export async function theTeamAtWork(page: Page, name: string, company: string, manner: Manner = {}) {
  const journey = new Journey(page, name, manner);
  await journey.signIn('staff');
  const structure = await itsSiretChanges(journey, company);
  const email = await aMember(journey);
  await somebodyIsFound(journey, email);
  await thePlatformIsSeenAsThem(journey, structure);
  await anAnnouncementIsRead(journey);
  expect(journey.defects).toEqual([]);
}

type Structure = { company: string; former: string; current: string };

/** As it is read: 440 123 456 00018. */
const grouped = (siret: string) => siret.replace(/^(\d{3})(\d{3})(\d{3})(\d{5})$/, '$1 $2 $3 $4');

/** From the list of structures to the history of this one, by way of a number too short and of what the change means (CMP-5). */
async function itsSiretChanges(journey: Journey, company: string): Promise<Structure> {
  const { page, hand } = journey;
  const main = page.getByRole('main');
  await page.goto('/admin/organisations');
  await journey.look('structures');
  await theStructureIs(journey, company, company);
  await journey.look('structure');
  await hand.press(page.getByRole('link', { name: 'Changement de SIRET, fusion, scission' }));
  await journey.look('what becomes of a structure');
  await hand.press(page.getByRole('link', { name: 'Enregistrer un changement de SIRET' }));
  const former = (await page.locator('#siret-form .figures').first().innerText()).replaceAll(/\D/g, '');
  expect(former).toHaveLength(14);
  const current = another(former);
  await hand.write(page.locator('#siret'), current.slice(0, 13));
  await hand.write(page.locator('#remark'), 'Avis de situation reçu.');
  await hand.press(journey.button('Voir ce que cela change'));
  await expect(page.locator('#siret-error')).toContainText('14 chiffres');
  await expect(page.locator('#remark')).toHaveValue('Avis de situation reçu.');
  await journey.look('SIRET too short');
  await hand.write(page.locator('#siret'), current);
  await hand.press(journey.button('Voir ce que cela change'));
  await expect(main).toContainText('Rien n’est enregistré tant que vous ne l’avez pas confirmé');
  await expect(main).toContainText(grouped(former));
  await expect(main).toContainText(grouped(current));
  await journey.look('SIRET, what changes');
  await hand.press(journey.button('Changer le SIRET'));
  await expect(page.locator('.flash')).toContainText('SIRET changé');
  await expect(main).toContainText(`Ancien SIRET : ${grouped(former)}`);
  await journey.look('SIRET changed');
  // Its former number still finds it, and leads where its members are.
  await theStructureIs(journey, former, company);
  await expect(main).toContainText(grouped(current));
  return { company, former, current };
}

/** Another establishment of the same legal unit. */
function another(siret: string): string {
  const next = (Number(siret.slice(9)) + 1 + Math.floor(Math.random() * 90_000)) % 100_000;
  return siret.slice(0, 9) + String(next).padStart(5, '0');
}

/** Finds a structure in the list by what names it, and opens it. */
async function theStructureIs({ page, hand }: Journey, asked: string, company: string) {
  await page.goto(`/admin/organisations?q=${encodeURIComponent(asked)}`);
  await hand.press(page.locator('main tbody').getByRole('link', { name: company, exact: true }));
  await expect(page.locator('h1')).toHaveText(company);
}

/** The address of somebody who is still there, from the page of their structure. */
async function aMember({ page }: Journey): Promise<string> {
  const members = page.locator('main table', { has: page.locator('caption', { hasText: 'Membres' }) });
  const line = members.locator('tbody tr', { hasText: 'Retirer de la structure' }).first();
  return (await line.locator('.breakable').innerText()).trim();
}

/** By their address, which stands nowhere but in the form. */
async function somebodyIsFound(journey: Journey, email: string) {
  const { page, hand } = journey;
  await page.goto('/admin/users');
  await journey.look('accounts');
  await hand.write(page.locator('#term'), email);
  await hand.press(journey.button('Rechercher'));
  await expect(page.locator('main tbody tr')).toHaveCount(1);
  expect(page.url(), 'what is searched is in no address').not.toContain('example');
  await journey.look('account found');
  await hand.press(page.locator('main tbody a').first());
  await expect(page.getByRole('main')).toContainText(email);
  await journey.look('account');
}

/** AUT-30, AUT-31: for a reason, with a banner on every page, until they leave; what is the person’s own stays closed. */
async function thePlatformIsSeenAsThem(journey: Journey, { company, former, current }: Structure) {
  const { page, hand } = journey;
  const main = page.getByRole('main');
  const banner = page.locator('.seen-as');
  const account = page.url();
  await hand.press(page.getByRole('link', { name: 'Voir à sa place' }));
  await hand.press(journey.button('Voir la plateforme à sa place'));
  await expect(page.locator('#reason-error')).toBeVisible();
  await journey.look('in the place of somebody, no reason');
  await hand.write(page.locator('#reason'), REASON);
  await hand.press(journey.button('Voir la plateforme à sa place'));
  await expect(page).toHaveURL(/\/dashboard/);
  await expect(banner).toContainText('vous voyez la plateforme à la place de');
  await journey.look('in the place of somebody, dashboard');
  await theyActFor(journey, company);
  await page.goto('/organisation');
  await expect(banner).toBeVisible();
  await expect(main).toContainText(grouped(current));
  await expect(main).toContainText(`Ancien SIRET : ${grouped(former)}`);
  await expect(main, 'the remark is the team’s').not.toContainText('Avis de situation reçu.');
  await journey.look('in the place of somebody, structure');
  journey.expects(403);
  await page.goto('/my-account');
  await expect(main).toContainText('Cela ne se fait pas à la place de quelqu’un');
  await journey.look('in the place of somebody, closed');
  await hand.press(banner.getByRole('button', { name: 'Quitter' }));
  await expect(page).toHaveURL(account);
  await expect(banner).toHaveCount(0);
  await hand.press(page.getByRole('link', { name: 'Voir à sa place' }));
  await expect(main).toContainText(REASON);
  await expect(main).toContainText('quittée par l’équipe');
  await journey.look('in the place of somebody, before');
}

/** Whoever is of two structures acts for this one. */
async function theyActFor({ page, hand }: Journey, company: string) {
  const acting = page.locator('.account__role');
  if ((await acting.innerText()).includes(company)) return;
  await hand.press(page.locator('summary.menu__button'));
  await hand.press(page.locator('.menu__panel').getByRole('button', { name: company }));
  await expect(acting).toContainText(company);
}

/** To the team alone: nobody else’s pages change while other journeys look at them. */
async function anAnnouncementIsRead(journey: Journey) {
  const { page, hand } = journey;
  const title = `Point hebdomadaire ${newcomer().lastName}`;
  const shown = page.locator('.announcements', { hasText: title });
  await page.goto('/admin/announcements');
  await journey.look('announcements');
  await hand.press(page.getByRole('link', { name: 'Écrire une annonce' }));
  await hand.write(page.locator('#title'), title);
  await hand.tick(page.locator('input[name=kinds][value=staff]'));
  await hand.press(journey.button('Voir ce que chacun lira'));
  await expect(page.locator('#body-error')).toBeVisible();
  await expect(page.locator('#title')).toHaveValue(title);
  await journey.look('announcement without its text');
  await hand.write(page.locator('#body'), 'Jeudi à 10 heures.\nSalle des actes.');
  await hand.press(journey.button('Voir ce que chacun lira'));
  await expect(page.locator('h1')).toHaveText('Relire l’annonce');
  await expect(page.getByRole('main')).toContainText('Équipe du service');
  await journey.look('announcement, read before');
  await hand.press(journey.button('Publier l’annonce'));
  await expect(page.locator('.flash')).toContainText('Annonce publiée');
  const announcement = page.url();
  await page.goto('/dashboard');
  await expect(shown).toContainText('Salle des actes.');
  await journey.look('announcement, read by the team');
  await page.goto(announcement);
  await hand.press(page.getByRole('link', { name: 'Retirer l’annonce' }));
  await journey.look('announcement to withdraw');
  await hand.press(journey.button('Retirer l’annonce'));
  await expect(page.locator('.flash')).toContainText('Annonce retirée');
  await page.goto('/dashboard');
  await expect(shown).toHaveCount(0);
}
