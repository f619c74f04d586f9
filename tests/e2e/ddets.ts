// What a DDETS does in the journey of a whole campaign: it reviews with the keyboard alone, and decides of a negative result.
import { expect } from '@playwright/test';
import { inDays } from './calendar';
import type { Campaign, Siae } from './campaign';
import { Keyboard } from './hand';

const COMMENT = 'Document illisible : la date manque.';

/** The DDETS decides of every proof with keys alone, then validates; refuses two of the first SIAE, and says why. Gives how many. */
export async function theDdetsReviews(campaign: Campaign, { control }: Siae, isRefused: boolean) {
  const { ddets } = campaign;
  const { page } = ddets;
  const keys = new Keyboard(page);
  await page.goto(`/controls/${control}/review`);
  if (isRefused) await ddets.look('controlled SIAE, to review');
  await keys.press(page.getByRole('link', { name: 'Contrôler le premier' }));
  let decided = 0;
  if (isRefused) {
    await expect(page.locator('img.proof__page').first()).toHaveJSProperty('complete', true);
    await ddets.look('proof to review');
    await keys.write(page.locator('#comment'), COMMENT);
    await keys.press(ddets.button('Enregistrer le commentaire'));
    // What was just said has the focus, and no proof: the button is reached as any other.
    await keys.press(ddets.button('Refuser'));
    decided += 1;
  }
  while (page.url().includes('/control-hires/') && decided < 100) {
    await decide(campaign, keys, isRefused && decided < 2 ? 'Refuser' : 'Accepter');
    decided += 1;
  }
  if (isRefused) await ddets.look('controlled SIAE, reviewed');
  await keys.press(ddets.button('Valider le contrôle de cette structure'));
  await expect(page.locator('.flash')).toBeVisible();
  if (isRefused) await ddets.look('controlled SIAE, validated');
  return decided;
}

/** With one key where scripts run, on the proof that has the focus; with the button elsewhere. */
async function decide({ scripts, ddets }: Campaign, keys: Keyboard, what: 'Accepter' | 'Refuser') {
  const { page } = ddets;
  if (!scripts) return keys.press(ddets.button(what));
  await expect(page.locator('[data-review]:focus'), 'the next proof has the focus').toHaveCount(1);
  await page.evaluate(() => document.documentElement.setAttribute('data-left', ''));
  await page.keyboard.press(what === 'Accepter' ? 'a' : 'r');
  const stays = () => page.evaluate(() => document.documentElement.hasAttribute('data-left'));
  await expect.poll(() => stays().catch(() => true), { message: `a key decides: ${what}` }).toBe(false);
  await page.waitForLoadState();
}

/** Refused twice, a proof is replaced no more; what was not replaced keeps the DDETS from validating (§1.11). */
export async function theDdetsRefusesAgain(campaign: Campaign, { control }: Siae) {
  const { ddets } = campaign;
  const { page } = ddets;
  const keys = new Keyboard(page);
  await page.goto(`/controls/${control}/review`);
  await keys.press(page.getByRole('link', { name: 'Contrôler le premier' }));
  await decide(campaign, keys, 'Refuser');
  await expect(page).toHaveURL(/\/review/);
  await ddets.look('controlled SIAE, refused twice');
  const validate = ddets.button('Valider le contrôle de cette structure');
  if (await validate.count()) await keys.press(validate);
}

/** In three steps, then read before it is notified. */
export async function theDdetsDecides({ id, ddets }: Campaign, { company, control }: Siae) {
  const { page, hand } = ddets;
  const goOn = () => hand.press(ddets.button('Continuer'));
  await page.goto(`/control-campaigns/${id}/controls?badge=to_notify`);
  await hand.press(page.getByRole('main').getByRole('link', { name: company, exact: true }).first());
  await hand.press(page.getByRole('link', { name: 'Notifier la décision' }));
  await goOn();
  await expect(page.locator('#reason-error')).toBeVisible();
  await expect(page.locator('#comment-error')).toBeVisible();
  await ddets.look('decision, its reason');
  await hand.tick(page.locator('input[name=reason][value=invalid_proof]'));
  await hand.write(page.locator('#comment'), 'Deux attestations ne portent pas de date.');
  await goOn();
  await goOn();
  await expect(page.locator('#sanctions-error'), 'nothing is chosen').toBeVisible();
  await hand.tick(page.locator('input[name=sanctions][value=training]'));
  await hand.tick(page.locator('input[name=sanctions][value=temporary_withdrawal]'));
  await ddets.look('decision, its sanctions');
  await goOn();
  await hand.write(page.locator('#training'), 'Mardi à 14 heures, à la DDETS de la Moselle.');
  await hand.write(page.locator('#withdrawn_from'), inDays(10));
  await hand.write(page.locator('#withdrawn_to'), inDays(240));
  await goOn();
  await expect(page.locator('#withdrawn_from-error'), 'an SIAE has a month').toBeVisible();
  await ddets.look('decision, its details');
  await hand.write(page.locator('#withdrawn_from'), inDays(60));
  await goOn();
  await ddets.look('decision, recap');
  await hand.press(ddets.button('Décider, et préparer la lettre'));
  await expect(page).toHaveURL(new RegExp(`/controls/${control}/outcome`));
  await expect(page.getByRole('main')).toContainText('Retrait temporaire');
  await ddets.look('decision, to be sent');
}
