// Colleagues come and go: two are invited at once, one accepts and nobody takes the place of the other; whoever leaves hands over what
// they held (INV-2 to INV-10, MEM-7).
import { expect, type Page } from '@playwright/test';
import { anAccountIsOpened } from './inclusion_connect';
import { Journey, type Manner } from './journey';
import { aMailCame, linkIn } from './mails';
import { NEW_PASSWORD, newcomer, type Newcomer } from './people';
import { aProfessionalArrives, named, theySettleIn, theySignTheirOrganisationUp, type Organisation } from './sign_up';
import { openCompany } from './story';

/** In an organisation of their own: nobody of the demonstration is moved. */
export async function colleaguesComeAndGo(page: Page, name: string, manner: Manner = {}) {
  const journey = new Journey(page, name, manner);
  // What other journeys look at.
  const quiet = new Journey(page, name, { ...manner, pictures: false });
  const [admin, guest, other] = [newcomer(), newcomer(), newcomer()];
  const organisation = named(`CCAS ${admin.lastName}`, 'CCAS');
  await aProfessionalArrives(quiet, admin);
  await theySignTheirOrganisationUp(quiet, organisation);
  await twoAreInvited(journey, guest, other);
  await oneAccepts(journey, quiet, guest, organisation);
  await aMailCame(admin.email, organisation.name, 'a accepté votre invitation');
  await nobodyTakesThePlaceOf(journey, other);

  const person = newcomer();
  await openCompany(quiet);
  await quiet.apply(person, false);
  await whatTheyHeldIsHandedOver(journey, admin, guest);
  await aMailCame(admin.email, guest.lastName.toUpperCase(), 'des dossiers vous sont confiés');
  await aMailCame(guest.email, 'Vous ne faites plus partie de', organisation.name);
  await whoeverLeftSeesNothing(journey, guest);
  expect(journey.defects).toEqual([]);
}

async function twoAreInvited(journey: Journey, guest: Newcomer, other: Newcomer) {
  const { page, hand } = journey;
  const line = (person: Newcomer) => `${person.lastName};${person.firstName};${person.email}`;
  await page.goto('/members');
  await journey.look('members, alone');
  await hand.press(page.getByRole('link', { name: 'Inviter des collaborateurs' }));
  const mistaken = `${line(guest)}\n${other.lastName};${other.firstName}`;
  await hand.write(page.locator('#pasted'), mistaken);
  await hand.press(journey.button('Vérifier avant d’envoyer'));
  await expect(page.locator('#pasted-error')).toContainText('Ligne 2');
  await expect(page.locator('#pasted')).toHaveValue(mistaken);
  await journey.look('invitations, a wrong line');
  await hand.write(page.locator('#pasted'), `${line(guest)}\n${line(other)}`);
  await hand.press(journey.button('Vérifier avant d’envoyer'));
  await expect(page.getByRole('main')).toContainText(other.email);
  await journey.look('invitations, recap');
  await hand.press(page.locator('button[name=step][value=confirm]'));
  await expect(page.locator('.flash')).toContainText('2 invitations parties');
  await journey.look('members, two invited');
}

/** By the link of the mail, with an account that is opened on the way; one button lets them in. */
async function oneAccepts(journey: Journey, quiet: Journey, guest: Newcomer, organisation: Organisation) {
  const { page, hand } = journey;
  await page.context().clearCookies();
  await page.goto(await linkIn(guest.email, '/invitations/'));
  await expect(page.locator('h1')).toContainText(organisation.name);
  await journey.look('invitation, for a visitor');
  await hand.press(page.getByRole('link', { name: 'Se connecter ou créer un compte' }));
  await expect(page.locator('h1')).toHaveText('Connexion');
  await anAccountIsOpened(quiet, guest);
  await expect(page.locator('h1')).toContainText('vous invite à rejoindre');
  await journey.look('invitation, signed in');
  await hand.press(journey.button(/^Rejoindre /));
  await theySettleIn(quiet);
  await expect(page.locator('.site-header')).toContainText(organisation.name);
}

/** Another's link, under the account of whoever just came. */
async function nobodyTakesThePlaceOf(journey: Journey, other: Newcomer) {
  const { page } = journey;
  journey.expects(403);
  await page.goto(await linkIn(other.email, '/invitations/'));
  await expect(page.locator('h1')).toHaveText('Cette invitation est pour une autre adresse');
  await expect(page.getByRole('main'), 'whose it is stays hidden').not.toContainText(other.email);
  await expect(journey.button(/^Rejoindre /)).toHaveCount(0);
  await journey.look('invitation of somebody else');
  await page.goto('/members');
  await expect(page.locator('#invitations'), 'it still waits').toContainText(other.email);
  await journey.look('members, one invited');
}

async function whatTheyHeldIsHandedOver(journey: Journey, admin: Newcomer, guest: Newcomer) {
  const { page, hand } = journey;
  await journey.signInAs(admin.email, NEW_PASSWORD);
  await page.goto('/members');
  await hand.press(page.locator('main tbody tr', { hasText: guest.email }).getByRole('link', { name: 'Retirer de la structure' }));
  await expect(page.getByRole('main')).toContainText('Candidatures envoyées, en attente de réponse (1)');
  await expect(page.locator('#to_applications option:checked'), 'the one colleague there is').toContainText(admin.lastName.toUpperCase());
  await journey.look('departure, what is held');
  await hand.press(journey.button('Retirer de la structure'));
  await expect(page.locator('.flash')).toContainText('Collaborateur retiré');
  await expect(page.locator('main tbody tr', { hasText: guest.email })).toHaveCount(0);
  await journey.look('members, one left');
  await page.goto('/applications?sender=mine');
  // An orienteur reads the name of whom they applied for themselves, and only theirs (D30).
  await expect(page.getByRole('main'), 'it is among theirs').toContainText('1 candidature');
  await journey.look('applications handed over');
}

async function whoeverLeftSeesNothing(journey: Journey, guest: Newcomer) {
  const { page } = journey;
  await journey.signInAs(guest.email, NEW_PASSWORD);
  await expect(page.locator('h1')).toHaveText('Vous n’êtes rattaché à aucune organisation active');
  await journey.look('no organisation');
}
