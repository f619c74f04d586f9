import { test } from '@playwright/test';
import { tellTheStory } from './story';

test.use({ javaScriptEnabled: false });

test('the whole story without JavaScript', async ({ page }) => {
  await tellTheStory(page, 'nojs', { axe: false });
});
