// Every kind of page of those who read the controls, before a campaign changes them under their feet.
import { test } from '@playwright/test';
import { everyKindOfPage, READ_CONTROLS } from './crawl';

test.describe.configure({ mode: 'parallel' });

for (const who of READ_CONTROLS) test(`every kind of page of ${who}`, ({ page }) => everyKindOfPage(page, who));
