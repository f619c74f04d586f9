// With the keyboard alone: nothing here clicks.
import { expect, test, type Locator, type Page } from '@playwright/test';
import { COMPANY, PASSWORD, people } from './people';

/** Presses Tab until this is focused, and checks that the focus shows. */
async function tabTo(page: Page, target: Locator) {
  for (let presses = 0; presses < 200; presses += 1) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement).catch(() => false)) {
      const outline = await target.evaluate((element) => getComputedStyle(element).outlineStyle);
      expect(outline, 'the focus is visible').not.toBe('none');
      return;
    }
  }
  throw new Error(`never reached with Tab: ${target}`);
}

test('a search, a card, a login and an application opened with the keyboard', async ({ page }) => {
  await page.goto('/');
  await page.keyboard.press('Tab');
  await expect(page.locator(':focus')).toHaveText('Contenu');
  await page.keyboard.press('Enter');
  await expect(page.locator('#content')).toBeFocused();

  await tabTo(page, page.locator('#q'));
  await page.keyboard.type('espaces verts');
  await tabTo(page, page.locator('#place'));
  await page.keyboard.type('Metz');
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('button', { name: 'Rechercher' }).first());
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/employers\?/);
  await tabTo(page, page.getByRole('main').getByRole('link', { name: COMPANY }).first());
  await page.keyboard.press('Enter');
  await expect(page.locator('h1')).toContainText(COMPANY);

  await tabTo(page, page.getByRole('link', { name: 'Se connecter' }).first());
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('link', { name: people.employer.name }).first());
  await page.keyboard.press('Enter');
  await expect(page.locator('#password')).toBeVisible();
  await tabTo(page, page.locator('#password'));
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/127\.0\.0\.1.*\/dashboard/);

  await tabTo(page, page.getByRole('link', { name: 'Candidatures reçues' }).first());
  await page.keyboard.press('Enter');
  await tabTo(page, page.locator('main table a[href^="/applications/"], main a[href^="/applications/"]').first());
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/applications\/[0-9a-f-]{36}/);
});
