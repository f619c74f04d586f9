// A passkey, with the virtual authenticator of Chromium: added to an account of Inclusion Connect, it opens it alone, and stands beside
// the password. The provider is at http://localhost: an address has no passkeys (WebAuthn).
import { expect, type Page } from '@playwright/test';
import { anAccountIsOpened, toInclusionConnect } from './inclusion_connect';
import { Journey } from './journey';
import { NEW_PASSWORD, newcomer, type Newcomer } from './people';

/** Of somebody new: whoever has one is asked for it from then on. */
export async function aPasskeyOpensAnAccount(page: Page, name: string) {
  const journey = new Journey(page, name);
  const person = newcomer();
  await aDeviceIsThere(page);
  await page.goto('/my-account');
  await toInclusionConnect(journey);
  const provider = new URL(page.url()).origin;
  expect(new URL(provider).hostname, 'scripts/e2e serves Inclusion Connect at http://localhost').toBe('localhost');
  await anAccountIsOpened(new Journey(page, name, { pictures: false }), person);
  await theyAreIn(page, person);

  await page.goto(provider);
  await aPasskeyIsAdded(journey);
  await itIsEnough(journey, person);
  await aPasswordIsNotEnough(journey, person);
  expect(journey.defects).toEqual([]);
}

/** One that keeps passkeys, and whose holder agrees to everything. */
async function aDeviceIsThere(page: Page) {
  const browser = await page.context().newCDPSession(page);
  await browser.send('WebAuthn.enable');
  await browser.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

async function theyAreIn(page: Page, person: Newcomer) {
  await expect(page).toHaveURL(/\/my-account$/);
  await expect(page.getByRole('main')).toContainText(person.email);
}

/** From the home page of the account, at the provider. */
async function aPasskeyIsAdded(journey: Journey) {
  const { page, hand } = journey;
  await journey.look('account at the provider');
  await hand.press(page.getByRole('link', { name: 'Double authentification' }));
  await journey.look('no second factor');
  await hand.press(page.getByRole('link', { name: 'Ajouter une clé d’accès' }));
  await journey.look('passkey to add');
  await hand.press(journey.button('Ajouter la clé d’accès'));
  await expect(page.locator('h1')).toHaveText('Vos codes de secours');
  await journey.look('backup codes');
  await hand.press(page.getByRole('link', { name: 'J’ai noté mes codes' }));
  await expect(page.getByRole('main')).toContainText('Cet appareil');
  await journey.look('passkey added');
}

/** Neither an address nor a password is typed. */
async function itIsEnough(journey: Journey, person: Newcomer) {
  const { page, hand } = journey;
  await page.context().clearCookies();
  await page.goto('/my-account');
  await toInclusionConnect(journey);
  await journey.look('login with a passkey');
  await hand.press(journey.button('Utiliser une clé d’accès'));
  await theyAreIn(page, person);
  await journey.look('own account');
}

async function aPasswordIsNotEnough(journey: Journey, person: Newcomer) {
  const { page, hand } = journey;
  await page.context().clearCookies();
  await page.goto('/my-account');
  await toInclusionConnect(journey);
  await hand.write(page.locator('#email'), person.email);
  await hand.write(page.locator('#password'), NEW_PASSWORD);
  await hand.press(journey.button('Se connecter'));
  await expect(page.locator('h1')).toHaveText('Double authentification');
  await journey.look('second factor asked for');
  await hand.press(journey.button('Utiliser ma clé d’accès'));
  await theyAreIn(page, person);
}
