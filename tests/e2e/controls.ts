// The control of an SIAE that was drawn, in the campaign of the demonstration: it defends its hires and submits; its DDETS refuses
// one proof, accepts the others, and validates; the SIAE reads nothing of it before the turn of the phase.
import { expect, type Page } from '@playwright/test';
import { Journey, PDF, type Manner } from './journey';
import { aMailCame } from './mails';
import { people } from './people';

const PROOF = { name: 'justificatif.pdf', mimeType: 'application/pdf', buffer: PDF };

/** One of the SIAE of the list, by its place: each journey has its own. */
export async function anSiaeIsControlled(page: Page, name: string, place: number, manner: Manner = {}) {
  const journey = new Journey(page, name, manner);
  await journey.signIn('staff');
  const company = await openToItsMembers(journey, place);
  await journey.signIn('inspector');
  const drawn = await theControlOf(journey, company);

  await journey.signInAs(drawn.administrator);
  await theSiaeDefends(journey);
  await aMailCame(people.inspector.email, drawn.company, 'justificatifs');

  await journey.signIn('inspector');
  await theDdetsReviews(journey, drawn.review);

  await journey.signInAs(drawn.administrator);
  await openControl(journey);
  await expect(page.getByRole('main'), 'nothing is told before the turn').not.toContainText('Problème constaté');
  await expect(page.getByRole('main')).not.toContainText('Document illisible');
  await journey.look('control, submitted');
  expect(journey.defects).toEqual([]);
}

/** The name of a drawn SIAE whose convention goes on: its members still sign in. */
async function openToItsMembers({ page, hand }: Journey, place: number) {
  await page.goto('/control-campaigns');
  await hand.press(page.locator('tbody th a').first());
  const rows = page.locator('tbody tr', { hasText: 'Rien à signaler' });
  return ((await rows.nth(place).locator('th').innerText()).split('\n')[0] ?? '').trim();
}

/** The control of an SIAE, as its DDETS finds it, and who administers the SIAE. */
async function theControlOf(journey: Journey, company: string) {
  const { page, hand } = journey;
  await hand.press(page.getByRole('link', { name: 'Campagne en cours' }));
  await journey.look('controlled SIAE');
  await hand.press(page.getByRole('main').getByRole('link', { name: company, exact: true }));
  const administrator = (await page.locator('main a[href^="mailto:"]').last().innerText()).trim();
  await journey.look('controlled SIAE, nothing submitted');
  return { company, administrator, review: page.url() };
}

async function openControl({ page, hand }: Journey) {
  await hand.press(page.getByRole('main').getByRole('link', { name: /mes auto-prescriptions/ }).first());
  await expect(page).toHaveURL(/\/controls\//);
}

async function theSiaeDefends(journey: Journey) {
  const { page, hand } = journey;
  await openControl(journey);
  await journey.look('control, to do');
  const choose = page.getByRole('link', { name: 'Choisir les critères' });
  for (let left = await choose.count(); left > 0; left -= 1) {
    await hand.press(choose.first());
    await hand.press(journey.button('Enregistrer les critères'));
    await expect(page.locator('[id$="-error"]').first(), 'nothing is chosen').toBeVisible();
    if (left === 1) await journey.look('criteria, none chosen');
    for (const box of await page.locator('input[type=checkbox][name$=criteria]').all()) await hand.tick(box);
    await hand.press(journey.button('Enregistrer les critères'));
    await expect(page).toHaveURL(/\/controls\//);
  }
  const forms = await page.locator('form[action$="/proof"]').count();
  for (let at = 0; at < forms; at += 1) {
    const form = page.locator('form[action$="/proof"]').nth(at);
    if (at === 0) {
      await hand.attach(form.locator('input[type=file]'), { ...PROOF, buffer: Buffer.from('not a PDF') });
      await hand.press(form.getByRole('button', { name: 'Déposer ce fichier' }));
      await expect(page.locator('[id$="-error"]').first()).toContainText('n’est pas un PDF');
      await journey.look('proof refused');
    }
    const again = page.locator('form[action$="/proof"]').nth(at);
    await hand.attach(again.locator('input[type=file]'), PROOF);
    await hand.press(again.getByRole('button', { name: 'Déposer ce fichier' }));
    await expect(page.locator('.flash')).toBeVisible();
  }
  await journey.look('control, ready');
  await hand.press(page.getByRole('link', { name: 'Transmettre à la DDETS' }));
  await journey.look('control, recap');
  await hand.press(journey.button('Transmettre à la DDETS'));
  await expect(page.locator('.flash')).toBeVisible();
}

/** The first proof is refused and the hire commented, the others accepted: each decision leads to the next proof. */
async function theDdetsReviews(journey: Journey, address: string) {
  const { page, hand } = journey;
  await page.goto(address);
  await journey.look('controlled SIAE, to review');
  await hand.press(page.getByRole('link', { name: 'Contrôler le premier' }));
  await expect(page.locator('img.proof__page').first()).toHaveJSProperty('complete', true);
  await journey.look('proof to review');
  await hand.write(page.locator('#comment'), 'Document illisible : la date manque.');
  await hand.press(journey.button('Enregistrer le commentaire'));
  await hand.press(journey.button('Refuser'));
  for (let left = 100; left > 0; left -= 1) {
    const accept = page.getByRole('main').getByRole('button', { name: 'Accepter' });
    if ((await accept.count()) === 0) break;
    await hand.press(accept.first());
  }
  await page.goto(address);
  await journey.look('controlled SIAE, reviewed');
  await hand.press(journey.button('Valider le contrôle de cette structure'));
  await expect(page.locator('.flash')).toBeVisible();
  await journey.look('controlled SIAE, validated');
}
