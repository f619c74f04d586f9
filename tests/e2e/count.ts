// What a task costs whoever does it: the clicks, and the pages read.
import type { Locator, Page } from '@playwright/test';
import type { Hand, Upload } from './hand';

/** A hand that counts its clicks; what is typed is none. Pages are those that are read: a redirection is not. */
export class Counted implements Hand {
  private clicks = 0;
  private read: string[] = [];

  constructor(private readonly page: Page, private readonly hand: Hand) {
    page.on('domcontentloaded', () => {
      this.read.push(new URL(page.url()).pathname.replace(/[0-9a-f-]{36}/, '{id}'));
    });
  }

  /** Starts again from the page that is shown, which is read already. */
  async restart() {
    await this.page.waitForLoadState();
    this.clicks = 0;
    this.read = [];
  }

  /** What the task took since, told on the console. */
  took(task: string): { clicks: number; pages: number } {
    const { clicks, read } = this;
    console.log(`${task}: ${clicks} clicks, ${read.length} pages (${read.join(' ')})`);
    return { clicks, pages: read.length };
  }

  press = (target: Locator) => this.click(() => this.hand.press(target));
  write = (target: Locator, text: string) => this.hand.write(target, text);
  tick = (target: Locator) => this.click(() => this.hand.tick(target));
  pick = (target: Locator, value: string) => this.click(() => this.hand.pick(target, value));
  choose = (target: Locator, text: string) => this.click(() => this.hand.choose(target, text));
  attach = (target: Locator, file: Upload) => this.click(() => this.hand.attach(target, file));

  private click(act: () => Promise<void>): Promise<void> {
    this.clicks += 1;
    return act();
  }
}
