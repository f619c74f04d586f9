import { test } from '@playwright/test';
import { tellTheStory } from './story';

test('the whole story: search, apply, hire, follow, control', async ({ page }) => {
  await tellTheStory(page, 'story');
});
