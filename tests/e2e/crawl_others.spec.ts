// Every kind of page of those who read nothing of the controls: beside the campaign, which one browser alone goes through.
import { test } from '@playwright/test';
import { everyKindOfPage, OTHERS } from './crawl';

test.describe.configure({ mode: 'parallel' });

for (const who of OTHERS) test(`every kind of page of ${who ?? 'a visitor'}`, ({ page }) => everyKindOfPage(page, who));
