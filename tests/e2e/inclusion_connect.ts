// What is done at Inclusion Connect, whoever sends people there.
import { expect } from '@playwright/test';
import type { Journey } from './journey';
import { linkIn } from './mails';
import { NEW_PASSWORD, type Newcomer } from './people';

/** From a page that offers to create an account to one that is open, by the link of its mail; back to the service that sent the person. */
export async function anAccountIsOpened(journey: Journey, person: Newcomer) {
  const { page, hand } = journey;
  await hand.press(page.getByRole('link', { name: 'Créer un compte' }));
  await hand.write(page.locator('#given_name'), person.firstName);
  await hand.write(page.locator('#password'), 'soleil');
  await hand.press(journey.button('Créer mon compte'));
  for (const field of ['family_name', 'password_again', 'terms']) await expect(page.locator(`#${field}-error`)).toBeVisible();
  await expect(page.locator('#given_name')).toHaveValue(person.firstName);
  await journey.look('account refused');
  await hand.write(page.locator('#family_name'), person.lastName);
  // An invitation says the address: it is given already, and stays.
  if (await page.locator('#email').isEditable()) await hand.write(page.locator('#email'), person.email);
  await expect(page.locator('#email')).toHaveValue(person.email);
  await hand.write(page.locator('#password'), NEW_PASSWORD);
  await hand.write(page.locator('#password_again'), NEW_PASSWORD);
  await hand.tick(page.locator('#terms'));
  await hand.press(journey.button('Créer mon compte'));
  await expect(page.locator('h1')).toHaveText('Ouvrez votre messagerie');
  await journey.look('account asked for');
  await page.goto(await linkIn(person.email, '/confirm-email'));
  await expect(page.getByRole('main'), 'its link opens nothing by itself').toContainText(person.email);
  await journey.look('account to open');
  await hand.press(journey.button('Ouvrir mon compte'));
}

/** Signs in there from the page of the platform that offers it. */
export async function toInclusionConnect({ page, hand }: Journey) {
  await hand.press(page.getByRole('link', { name: 'Se connecter avec Inclusion Connect' }));
  await expect(page.locator('h1')).toHaveText('Connexion');
}
