// A hire made by mistake is cancelled: what that does to the PASS is said before, and by the address of the PASS ever after.
import { expect, type Page } from '@playwright/test';
import { Journey, type Manner } from './journey';
import { aMailCame, mailsTo } from './mails';
import { people } from './people';
import type { Holder } from './suspensions';
import { anApplicationIsAccepted } from './story';

/** `person`: someone whom the prescriber proposed to the employer, and who waits for an answer. */
export async function aHireIsCancelled(page: Page, name: string, person: Holder, manner: Manner = {}) {
  const journey = new Journey(page, name, manner);
  const { hand } = journey;
  await journey.signIn('employer');
  // Others came since, and others bear this name.
  await page.goto(`/applications?state=new&name=${encodeURIComponent(person.lastName)}`);
  // Looked at by the journey of a hire.
  await anApplicationIsAccepted(new Journey(page, name, { ...manner, pictures: false }), person.lastName);
  await hand.press(page.locator('main a[href^="/pass/"]').first());
  const [pass, number] = [page.url(), await page.locator('main .lead').first().innerText()];
  await hand.press(page.getByRole('link', { name: /^Annuler l’embauche du/ }));
  await theEmployerCancels(journey, number.replace(/^N°\s*/, '').trim());

  await page.goto(pass);
  await thePassSaysSo(journey);
  await journey.look('cancelled PASS');
  await aMailCame(people.employer.email, person.lastName.toUpperCase(), 'Vous avez annulé l’embauche', 'est supprimé');
  await aMailCame(people.prescriber.email, person.lastName.toUpperCase(), 'a annulé l’embauche', 'est supprimé');
  expect(mailsTo(person.email).filter((mail) => mail.includes('annulé')), 'telling the person is the employer’s').toEqual([]);

  await journey.signIn('prescriber');
  await page.goto(pass);
  await thePassSaysSo(journey);
  // The browser says so of the answer of the page of the PASS.
  expect(journey.defects.filter((defect) => !defect.includes('status of 409'))).toEqual([]);
}

async function theEmployerCancels(journey: Journey, number: string) {
  const { page, hand } = journey;
  await expect(page.locator('h1')).toContainText('Annuler l’embauche');
  await expect(page.getByRole('main')).toContainText('cette embauche est la seule qui repose sur lui');
  await expect(page.getByRole('main')).toContainText(number);
  await expect(page.getByRole('main')).toContainText(new RegExp(`ainsi que ${people.prescriber.name}`, 'i'));
  await journey.look('cancellation');
  await hand.press(journey.button('Annuler l’embauche'));
  await expect(page.locator('.flash')).toContainText('Le PASS IAE est supprimé');
  await expect(page.getByRole('main')).toContainText('Embauche annulée');
  await journey.look('hire cancelled');
}

async function thePassSaysSo({ page }: Journey) {
  await expect(page.locator('h1')).toHaveText('Ce PASS IAE est supprimé');
  await expect(page.getByRole('main')).toContainText('a été supprimé le');
  await expect(page.getByRole('main')).toContainText('il ne vaut plus');
}
