// The journeys, the longest first: several go at a time, each with people and applications of its own.
import { expect, test, type Page } from '@playwright/test';
import { Keyboard } from './hand';
import type { Manner } from './journey';
import { aProlongationIsRefused, anAttestationIsChecked } from './parcours';
import { onePersonSeveralEmployers } from './several';
import { anApplicationIsAnswered, othersRead } from './story';

test.describe.configure({ mode: 'parallel' });

test('from a search to a PASS', ({ page }) => anApplicationIsAnswered(page, 'story'));

test.describe('with the keyboard alone', () => {
  const manner = (page: Page): Manner => ({ hand: new Keyboard(page), pictures: false, axe: false });

  test('from a search to a PASS', ({ page }) => anApplicationIsAnswered(page, 'keyboard', manner(page)));
  test('the holder, the control and the team read', ({ page }) => othersRead(page, 'keyboard', manner(page)));

  test('the first key leads over the menus, to the content', async ({ page }) => {
    await page.goto('/');
    await page.keyboard.press('Tab');
    await expect(page.locator(':focus')).toHaveText('Contenu');
    await page.keyboard.press('Enter');
    await expect(page.locator('#content')).toBeFocused();
  });
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('from a search to a PASS', ({ page }) => anApplicationIsAnswered(page, 'nojs', { axe: false }));
  test('the holder, the control and the team read', ({ page }) => othersRead(page, 'nojs', { axe: false }));
  test('an attestation is checked', ({ page }) => anAttestationIsChecked(page, 'attestation-nojs', { axe: false }));
  test('a prolongation is asked and refused', ({ page }) => aProlongationIsRefused(page, 'prolongation-nojs', 3, { axe: false }));
});

test('one person, three employers, one refusal, one reminder, one hire', ({ page }) => onePersonSeveralEmployers(page));

test('an attestation is checked', ({ page }) => anAttestationIsChecked(page, 'attestation'));

test('a prolongation is asked and refused', ({ page }) => aProlongationIsRefused(page, 'prolongation', 1));

test('the holder, the control and the team read', ({ page }) => othersRead(page, 'story'));
