// How a journey acts on a page: with a mouse, or with the keyboard alone.
import { expect, type ElementHandle, type Locator, type Page } from '@playwright/test';

export type Upload = { name: string; mimeType: string; buffer: Buffer };

export interface Hand {
  /** A link or a button that leads to another page. */
  press(target: Locator): Promise<void>;
  /** A text or a date (as 2026-03-01) in place of what the field holds. */
  write(target: Locator, text: string): Promise<void>;
  /** A box to be ticked, a radio button to be chosen. */
  tick(target: Locator): Promise<void>;
  /** The option of a select that has this value. */
  pick(target: Locator, value: string): Promise<void>;
  /** The first of what a field suggests for this text. */
  choose(target: Locator, text: string): Promise<void>;
  /** A file. */
  attach(target: Locator, file: Upload): Promise<void>;
}

export class Mouse implements Hand {
  constructor(private readonly page: Page) {}

  press = (target: Locator) => target.click();
  write = (target: Locator, text: string) => target.fill(text);
  attach = (target: Locator, file: Upload) => target.setInputFiles(file);

  // The box itself is drawn by its label: it is clicked where it is, hence once the style sheets have laid the page out.
  async tick(target: Locator) {
    await this.page.waitForLoadState('load');
    await target.check({ force: true });
  }

  async pick(target: Locator, value: string) {
    await target.selectOption(value);
  }

  async choose(target: Locator, text: string) {
    await target.fill(text);
    // Without JavaScript nothing is suggested, and the text stays.
    if (await target.getAttribute('role')) await this.page.getByRole('option', { name: text }).first().click();
  }
}

/** Only keys: Tab to move, and what a field or a button answers to. Every place it stops at shows its focus. */
export class Keyboard implements Hand {
  constructor(private readonly page: Page) {}

  async press(target: Locator) {
    await this.reach(target);
    // The next page does not bear this mark.
    await this.page.evaluate(() => document.documentElement.setAttribute('data-left', ''));
    await this.key('Enter');
    const stays = () => this.page.evaluate(() => document.documentElement.hasAttribute('data-left'));
    await expect.poll(() => stays().catch(() => true), { message: `Enter on ${target}` }).toBe(false);
    await this.page.waitForLoadState();
  }

  async write(target: Locator, text: string) {
    await this.reach(target);
    if ((await target.getAttribute('type')) === 'date') return this.writeDate(target, text);
    await this.key('Control+A');
    await this.key('Delete');
    await this.page.keyboard.insertText(text);
    await expect(target).toHaveValue(text);
  }

  /** Three parts, whose order is the browser's: day first, then month first. */
  private async writeDate(target: Locator, text: string) {
    const [year, month, day] = text.split('-');
    const orders = text === '' ? [] : [`${day}${month}${year}`, `${month}${day}${year}`];
    for (const part of [0, 1, 2]) await this.key(part < 2 ? ['Delete', 'ArrowRight'] : 'Delete');
    for (const order of orders) {
      await this.key(['ArrowLeft', 'ArrowLeft']);
      await this.page.keyboard.type(order);
      if ((await target.inputValue()) === text) break;
    }
    await expect(target).toHaveValue(text);
  }

  async tick(target: Locator) {
    if (await target.isChecked()) return;
    if ((await target.getAttribute('type')) === 'radio') return this.turnTo(target);
    await this.reach(target);
    await this.key('Space');
    await expect(target).toBeChecked();
  }

  /** Tab stops once at a group of radio buttons, arrows go through it. */
  private async turnTo(target: Locator) {
    const name = await target.getAttribute('name');
    const group = this.page.locator(`input[type=radio][name="${name}"]`);
    const count = await group.count();
    await this.reach(group);
    await this.key('Space');
    for (let turn = 0; turn < count && !(await target.isChecked()); turn += 1) await this.key('ArrowDown');
    await expect(target).toBeChecked();
  }

  async pick(target: Locator, value: string) {
    await this.reach(target);
    const label = await target.evaluate(
      (select, wanted) => [...(select as HTMLSelectElement).options].find((option) => option.value === wanted)?.label,
      value,
    );
    // Typing the beginning of the words goes to the option; arrows go where two begin alike.
    await this.page.keyboard.type(/^[ -~]*/.exec(label ?? '')?.[0] ?? '');
    if ((await target.inputValue()) === value) return;
    await this.key('Home');
    for (let step = 0; step < 300 && (await target.inputValue()) !== value; step += 1) await this.key('ArrowDown');
    await expect(target).toHaveValue(value);
  }

  async choose(target: Locator, text: string) {
    await this.reach(target);
    await this.key('Control+A');
    await this.page.keyboard.type(text);
    await expect(this.page.getByRole('option', { name: text }).first()).toBeVisible();
    await this.key(['ArrowDown', 'Enter']);
    await expect(target).toHaveValue(new RegExp(text));
  }

  async attach(target: Locator, file: Upload) {
    await this.reach(target);
    const chooser = this.page.waitForEvent('filechooser');
    await this.key('Enter');
    await (await chooser).setFiles(file);
  }

  private async key(keys: string | string[]) {
    for (const key of [keys].flat()) await this.page.keyboard.press(key);
  }

  /** Presses Tab until one of these has the focus, and checks that it shows. */
  private async reach(target: Locator) {
    await target.first().waitFor({ state: 'attached' });
    const wanted = await target.elementHandles();
    for (let presses = 0; presses < 400; presses += 1) {
      for (const element of wanted) {
        if (await element.evaluate((node) => node === document.activeElement)) return this.expectVisible(element);
      }
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`never reached with Tab: ${target}`);
  }

  /** An outline around the element, the card it is the link of, or the box that its label draws. */
  private async expectVisible(element: ElementHandle<Node>) {
    const shown = await element.evaluate((node) => {
      const seen = (style: CSSStyleDeclaration) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
      const place = node as HTMLElement;
      const label = place.nextElementSibling;
      const around = [place, place.closest('.card--link')].filter((one): one is HTMLElement => one !== null);
      return (
        around.some((one) => seen(getComputedStyle(one))) ||
        (label instanceof HTMLLabelElement && seen(getComputedStyle(label, '::before')))
      );
    });
    expect(shown, `the focus shows on ${await element.evaluate((node) => (node as HTMLElement).outerHTML.slice(0, 200))}`).toBe(true);
  }
}
