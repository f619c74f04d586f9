// With the keyboard alone: nothing here clicks.
import { expect, test } from '@playwright/test';
import { Keyboard } from './hand';
import { tellTheStory } from './story';

test('the first key leads over the menus, to the content', async ({ page }) => {
  await page.goto('/');
  await page.keyboard.press('Tab');
  await expect(page.locator(':focus')).toHaveText('Contenu');
  await page.keyboard.press('Enter');
  await expect(page.locator('#content')).toBeFocused();
});

test('the whole story with the keyboard alone', async ({ page }) => {
  await tellTheStory(page, 'keyboard', { hand: new Keyboard(page), pictures: false, axe: false });
});
