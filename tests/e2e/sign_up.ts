// The roads into the platform: somebody who looks for work, the first one of a company, whoever signs an organisation up.
import { expect, type Page } from '@playwright/test';
import { anAccountIsOpened } from './inclusion_connect';
import { Journey, type Manner } from './journey';
import { aMailCame, linkIn } from './mails';
import { NEW_PASSWORD, newcomer, type Newcomer } from './people';

/** The company of the demonstration that nobody joined, and where its official address is. */
const ALONE = { name: 'Le Fournil de Bitche', host: 'fournil-de-bitche.example' };
const TEAM = 'equipe@exemple.fr';
/** An agency of the demonstration, and the code its agents know it by. */
const AGENCY = { name: 'France Travail Metz Sébastopol', safir: '57001' };

/** An organisation that nobody signed up yet: its code of kind is that of the arrêté, « OTHER » for an orienteur. */
export type Organisation = { name: string; siret: string; kind: string };

/** Somebody who looks for work opens an account in two steps and a mail, then comes back by password (SGN-2 to SGN-4, AUT-7). */
export async function aCandidateSignsUp(page: Page, name: string, manner: Manner = {}) {
  const journey = new Journey(page, name, manner);
  const { hand } = journey;
  const person = newcomer();
  await page.goto('/login');
  await hand.press(page.getByRole('link', { name: 'Ouvrir un compte' }));
  await journey.look('profiles');
  await hand.press(page.getByRole('link', { name: 'Je cherche un emploi' }));
  await theySayWhoTheyAre(journey, person);
  await theyChooseAPassword(journey, person);
  await page.goto(await linkIn(person.email, '/account-letters/'));
  await journey.look('account to open');
  await hand.press(journey.button('Ouvrir mon compte'));
  await expect(page.locator('h1')).toContainText('Bienvenue');
  await journey.look('welcome');
  await hand.press(journey.button('Aller au tableau de bord'));
  await expect(page).toHaveURL(/\/dashboard/);
  await journey.look('first dashboard');

  await page.context().clearCookies();
  await page.goto('/login');
  await hand.write(page.locator('#email'), person.email);
  await hand.write(page.locator('#password'), NEW_PASSWORD);
  await hand.press(journey.button('Se connecter'));
  await expect(page).toHaveURL(/\/dashboard/);
  expect(journey.defects).toEqual([]);
}

async function theySayWhoTheyAre(journey: Journey, person: Newcomer) {
  const { page, hand } = journey;
  await hand.write(page.locator('#first_name'), person.firstName);
  await hand.press(journey.button('Continuer'));
  for (const field of ['last_name', 'birth_date', 'email']) await expect(page.locator(`#${field}-error`)).toBeVisible();
  await expect(page.locator('#first_name')).toHaveValue(person.firstName);
  await journey.look('identity refused');
  await hand.tick(page.locator('input[name=title][value=M]'));
  await hand.write(page.locator('#last_name'), person.lastName);
  await hand.write(page.locator('#birth_date'), person.birthDate);
  await hand.pick(page.locator('#birth_country'), '100');
  await hand.choose(page.locator('#birth_commune'), 'Metz');
  await hand.write(page.locator('#nir'), person.nir);
  await hand.write(page.locator('#email'), person.email);
  await hand.press(journey.button('Continuer'));
}

async function theyChooseAPassword(journey: Journey, person: Newcomer) {
  const { page, hand } = journey;
  const main = page.getByRole('main');
  await expect(main, 'what was said is read before anything is kept').toContainText(person.lastName);
  await hand.write(page.locator('#password'), 'soleil');
  await hand.write(page.locator('#password_again'), 'soleil');
  await hand.press(journey.button('Ouvrir mon compte'));
  await expect(page.locator('#password-error')).toBeVisible();
  await journey.look('password refused');
  await hand.write(page.locator('#password'), NEW_PASSWORD);
  await hand.write(page.locator('#password_again'), NEW_PASSWORD);
  await hand.press(journey.button('Ouvrir mon compte'));
  await expect(page.locator('h1')).toHaveText('Ouvrez votre messagerie');
  await expect(main).toContainText(person.email);
  await journey.look('account asked for');
}

/** The first one of a company comes in by its official address, and administers it (SGN-7 to SGN-9). */
export async function anEmployerSignsUp(page: Page, name: string, manner: Manner = {}) {
  const journey = new Journey(page, name, manner);
  const { hand } = journey;
  const person = newcomer();
  await aProfessionalArrives(journey, person);
  await journey.look('profile of a professional');
  await hand.press(page.getByRole('link', { name: 'Un employeur de l’insertion' }));
  await hand.write(page.locator('#q'), '12345');
  await hand.press(journey.button('Chercher'));
  await expect(page.locator('#q-error')).toBeVisible();
  await expect(page.locator('#q')).toHaveValue('12345');
  await journey.look('company, no number');
  await hand.write(page.locator('#q'), 'fournil bitche');
  await hand.press(journey.button('Chercher'));
  await journey.look('companies found');
  await hand.press(page.getByRole('main').getByRole('link', { name: ALONE.name }));
  await journey.look('company where nobody is');
  await hand.press(journey.button('Envoyer le lien à l’adresse officielle'));
  await expect(page.locator('.flash')).toContainText('Le lien est parti');
  await journey.look('link sent');

  await page.goto(await linkIn(ALONE.host, '/sign-up/company-links/'));
  await journey.look('link of a company');
  await hand.press(journey.button('Inscrire cette structure'));
  await theySettleIn(journey);
  await expect(page.locator('.site-header')).toContainText(ALONE.name);
  await journey.look('dashboard of a new employer');
  await page.goto('/members');
  const own = page.locator('main tbody tr', { hasText: person.email });
  await expect(own).toContainText('Administrateur');
  await journey.look('members of a new company');
  expect(journey.defects).toEqual([]);
}

/** An organisation is signed up and waits; the team validates it, and its members prescribe (PRE-6, PRE-7, SGN-10 to SGN-14). */
export async function aPrescriberSignsUp(page: Page, name: string, manner: Manner = {}) {
  const journey = new Journey(page, name, manner);
  const { hand } = journey;
  const main = page.getByRole('main');
  const person = newcomer();
  const organisation = named(`CCAS ${person.lastName}`, 'CCAS');
  await aProfessionalArrives(journey, person);
  await theySignTheirOrganisationUp(journey, organisation);
  await expect(main).toContainText('en attente de validation');
  await journey.look('dashboard that waits');
  await aMailCame(TEAM, 'Habilitation à valider', organisation.name);

  await journey.signIn('staff');
  await page.goto('/admin/authorisations');
  await journey.look('authorisations to validate');
  await hand.press(main.locator('tbody').getByRole('link', { name: organisation.name }));
  await journey.look('authorisation to validate');
  await hand.press(journey.button('Valider l’habilitation'));
  await expect(page.locator('.flash')).toContainText('Habilitation validée');
  await expect(main.locator('tbody').getByRole('link', { name: organisation.name }), 'it waits no more').toHaveCount(0);
  await aMailCame(person.email, organisation.name, 'est prescripteur habilité');

  await journey.signInAs(person.email, NEW_PASSWORD);
  await expect(main).not.toContainText('en attente de validation');
  await page.goto('/habilitation');
  await expect(main).toContainText('votre organisation est prescripteur habilité');
  await journey.look('organisation authorised');
  expect(journey.defects).toEqual([]);
}

/** An agent, as their address says, joins their agency by its SAFIR code, once they read which it is (PRE-18 to PRE-20). */
export async function anAgentJoins(page: Page, name: string, manner: Manner = {}) {
  const journey = new Journey(page, name, manner);
  const { hand } = journey;
  const main = page.getByRole('main');
  const person = newcomer();
  await aProfessionalArrives(new Journey(page, name, { ...manner, pictures: false }), {
    ...person,
    email: person.email.replace(/@.*/, '@francetravail.fr'),
  });
  await journey.look('profile of an agent');
  await hand.press(main.getByRole('link', { name: 'France Travail' }).first());
  await hand.write(page.locator('#safir'), '99999');
  await hand.press(journey.button('Continuer'));
  await expect(page.locator('#safir-error')).toContainText('Aucune agence connue');
  await expect(page.locator('#safir')).toHaveValue('99999');
  await journey.look('agency, unknown code');
  await hand.write(page.locator('#safir'), AGENCY.safir);
  await hand.press(journey.button('Continuer'));
  await expect(main).toContainText('Est-ce bien votre agence');
  await expect(main).toContainText(AGENCY.name);
  await journey.look('agency to join');
  await hand.press(journey.button('Rejoindre cette agence'));
  await theySettleIn(journey);
  await expect(page.locator('.site-header')).toContainText(AGENCY.name);
  await journey.look('dashboard of an agent');
  expect(journey.defects).toEqual([]);
}

/** Somebody new, up to « Précisez votre profil »: their account at Inclusion Connect is opened by the link of its mail. */
export async function aProfessionalArrives(journey: Journey, person: Newcomer) {
  const { page, hand } = journey;
  await page.context().clearCookies();
  await page.goto('/sign-up');
  await journey.look('ways to open an account');
  await hand.press(page.getByRole('link', { name: 'Ouvrir mon compte professionnel avec Inclusion Connect' }));
  await expect(page.locator('h1')).toHaveText('Connexion');
  await anAccountIsOpened(journey, person);
  await expect(page.locator('h1')).toHaveText('Précisez votre profil');
}

/** What comes before the first dashboard: the terms, then what the service is for (SES-10, SES-12). */
export async function theySettleIn(journey: Journey) {
  const { page, hand } = journey;
  await expect(page.locator('h1')).toHaveText('Conditions d’utilisation à accepter');
  await journey.look('terms');
  await hand.press(journey.button('Accepter et continuer'));
  await expect(page.locator('h1')).toContainText('Bienvenue');
  await journey.look('welcome');
  await hand.press(journey.button('Aller au tableau de bord'));
  await expect(page).toHaveURL(/\/dashboard/);
}

/** An organisation of this name and kind, under a SIRET that no other has. */
export function named(name: string, kind: string): Organisation {
  const digits = Array.from({ length: 12 }, () => Math.floor(Math.random() * 10)).join('');
  return { name, siret: `44${digits}`, kind };
}

/** From « Précisez votre profil » to its dashboard. SIRENE is not asked in the demonstration: they say where it is. */
export async function theySignTheirOrganisationUp(journey: Journey, { name, siret, kind }: Organisation) {
  const { page, hand } = journey;
  const goOn = () => hand.press(journey.button('Continuer'));
  await hand.press(page.getByRole('link', { name: 'Un organisme qui accompagne des personnes' }));
  await hand.write(page.locator('#siret'), siret.slice(1));
  await goOn();
  await expect(page.locator('#siret-error')).toContainText('13');
  await expect(page.locator('#siret')).toHaveValue(siret.slice(1));
  await journey.look('organisation, wrong SIRET');
  await hand.write(page.locator('#siret'), siret);
  await hand.pick(page.locator('#department'), '57');
  await goOn();
  await hand.pick(page.locator('#kind'), kind);
  await journey.look('organisation, its kind');
  await goOn();
  if (kind === 'OTHER') {
    await hand.tick(page.locator('input[name=order][value=none]'));
    await journey.look('organisation, its order');
    await goOn();
  }
  await hand.write(page.locator('#name'), name);
  await hand.write(page.locator('#address_line_1'), '3 rue Serpenoise');
  await hand.write(page.locator('#post_code'), '57000');
  await hand.choose(page.locator('#city'), 'Metz');
  await journey.look('organisation, its address');
  await goOn();
  await expect(page.getByRole('main')).toContainText('Rien n’est inscrit tant que vous ne l’avez pas confirmé');
  await journey.look('organisation, recap');
  await hand.press(journey.button('Inscrire l’organisation'));
  await theySettleIn(journey);
}
