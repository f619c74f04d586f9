// The campaign of control as a whole. It goes after the other journeys (playwright.config.ts): it opens a campaign beside that of the
// demonstration, where they look for one alone. `scripts/e2e --project campaign --no-deps` runs it alone.
import { test } from '@playwright/test';
import { aWholeCampaign } from './campaign';

test('a campaign, from its opening to a decision', ({ browser, baseURL, locale, timezoneId, viewport }) =>
  aWholeCampaign(browser, { baseURL, locale, timezoneId, viewport }, 'campaign'));

test('a campaign without JavaScript', ({ browser, baseURL, locale, timezoneId, viewport }) =>
  aWholeCampaign(browser, { baseURL, locale, timezoneId, viewport, javaScriptEnabled: false }, 'campaign-nojs', { axe: false }));
