// Browser journeys, on a platform that already runs at BASE_URL: `make e2e` starts one with fresh data.
import { defineConfig } from '@playwright/test';
import { existsSync } from 'node:fs';

const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

export default defineConfig({
  testDir: '.',
  outputDir: './results',
  // The journeys share one set of data: none reads what another wrote, and each finds its own by its name.
  workers: 2,
  // The longest journey takes four minutes alone; on a machine that does other things, more than eight were seen.
  timeout: 900_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['./reasons.ts']],
  projects: [
    // Side by side, and in each the longest first.
    { name: 'crawl', testMatch: 'crawl.spec.ts' },
    { name: 'journeys', testIgnore: ['campaign.spec.ts', 'crawl*.spec.ts'] },
    // Last: it opens a campaign beside that of the demonstration, which the others take for the only one.
    { name: 'campaign', testMatch: 'campaign.spec.ts', dependencies: ['journeys'] },
    // What a project waits for ends before those of the campaign begin: these go beside it, where one worker would have nothing to do.
    { name: 'crawl-others', testMatch: 'crawl_others.spec.ts', dependencies: ['crawl'] },
  ],
  use: {
    baseURL: process.env.BASE_URL ?? 'http://127.0.0.1:8070',
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    viewport: { width: 1280, height: 900 },
    // Beyond what the platform gives a request (20 s): a slow machine is told by a page, not by a click that gives up.
    actionTimeout: 30_000,
    // Each step of what failed, as it was in the page; without the film, which is drawn all along for what succeeds too.
    trace: { mode: 'retain-on-failure', screenshots: false },
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? installed,
      args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
    },
  },
});
