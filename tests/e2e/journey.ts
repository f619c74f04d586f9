// What every journey does, with whatever hand: looks at each page with axe at both widths, signs in, goes through the
// steps of an application whatever their order.
import { expect, type Page } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import { TAGS, violations } from './axe';
import { Mouse, type Hand } from './hand';
import { unlessKnown } from './known';
import { PASSWORD, people, type Newcomer } from './people';
import { theTeamSignsIn } from './team';

const WIDTHS = [
  { width: 1280, height: 900 },
  { width: 390, height: 844 },
];
/** The narrowest a page is read at: 400 % of 1280 pixels (RGAA 10.11). Nothing sticks out of it. */
const NARROWEST = { width: 320, height: 800 };
const SCREENSHOTS = `${__dirname}/screenshots`;
/** Pictures are for whoever looks at them: nothing compares them, and `make test` does without (PICTURES=no). */
const KEEPS_PICTURES = process.env.PICTURES !== 'no';

/** What is wrong with a page is told, and the journey goes on. */
const softly = expect.configure({ soft: true });

/** How a journey goes. Without `pictures`, it looks at nothing but the heading. axe runs inside the page: it needs the scripts that a journey
 * without JavaScript does without. */
export type Manner = { hand?: Hand; pictures?: boolean; axe?: boolean };

export class Journey {
  private rank = 0;
  readonly hand: Hand;

  constructor(readonly page: Page, readonly name: string, private readonly manner: Manner = {}) {
    this.hand = manner.hand ?? new Mouse(page);
    if (KEEPS_PICTURES) mkdirSync(SCREENSHOTS, { recursive: true });
    // A page that breaks its own policy of content, or whose script fails, is a defect even when it looks right.
    page.on('pageerror', (error) => this.defects.push(`${page.url()}: ${error.message}`));
    page.on('console', (message) => {
      // The browser also says so of every answer that is not a success.
      const isExpected = [...this.answers].some((status) => message.text().includes(`status of ${status}`));
      if (message.type() === 'error' && !isExpected) this.defects.push(`${page.url()}: ${message.text()}`);
    });
  }

  readonly defects: string[] = [];
  /** How pages are answered on purpose: a form that is mistaken is answered 422. */
  private readonly answers = new Set([422]);

  /** From here on, pages are answered so on purpose: 403 where a link is somebody else’s. */
  expects(status: number) {
    this.answers.add(status);
  }

  /** Looks at the page shown: one main heading, no overflow, nothing from axe, at both widths; keeps a picture. Nothing sticks out
   * either where there is least room. */
  async look(what: string) {
    this.rank += 1;
    await expect(this.page.locator('h1')).toHaveCount(1);
    // Its content is there before its style is.
    await this.page.waitForLoadState();
    if (this.manner.pictures === false) return;
    await this.fits(what, NARROWEST);
    for (const size of WIDTHS) {
      await this.fits(what, size);
      const told = this.manner.axe === false ? [] : await this.axe();
      expect.soft(told, `axe on ${what} (${this.page.url()}) at ${size.width} pixels`).toEqual([]);
      if (KEEPS_PICTURES) await this.keepAPicture(what, size.width);
    }
    await this.page.setViewportSize(WIDTHS[0]);
  }

  private async fits(what: string, size: { width: number; height: number }) {
    await this.page.setViewportSize(size);
    // Polled: the layout follows the change of size a moment later.
    await softly
      .poll(() => this.overflow(), { message: `${what} is wider than ${size.width} pixels`, timeout: 3_000 })
      .toBeLessThanOrEqual(0);
  }

  private overflow(): Promise<number> {
    return this.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
  }

  private async keepAPicture(what: string, width: number) {
    const file = `${this.name}-${String(this.rank).padStart(2, '0')}-${what.replaceAll(/[^\p{L}0-9]+/gu, '-')}`;
    await this.page.screenshot({ path: `${SCREENSHOTS}/${file}-${width}.png`, fullPage: true });
  }

  private axe(): Promise<string[]> {
    return unlessKnown(this.page, () => violations(this.page, { type: 'tag', values: TAGS }));
  }

  async signIn(who: keyof typeof people) {
    await this.page.context().clearCookies();
    if (who === 'staff') return theTeamSignsIn(this);
    await this.page.goto('/login');
    await this.hand.press(this.page.getByRole('link', { name: people[who].name, exact: false }).first());
    const email = this.page.locator('#email');
    if (await email.isEditable()) await this.hand.write(email, people[who].email);
    await this.giveThePassword();
  }

  /** Signs in at Inclusion Connect as someone who has no button of their own. */
  async signInAs(email: string, password = PASSWORD) {
    await this.page.context().clearCookies();
    await this.page.goto(`/login/ic?login_hint=${encodeURIComponent(email)}`);
    await this.giveThePassword(password);
  }

  private async giveThePassword(password = PASSWORD) {
    await this.hand.write(this.page.locator('#password'), password);
    await this.hand.press(this.page.getByRole('button', { name: 'Se connecter' }));
    await expect(this.page).toHaveURL(/\/dashboard/);
  }

  /** From the card of the employer to the application sent: answers each step as it comes. */
  async apply(person: Newcomer, isAuthorised: boolean) {
    const { page } = this;
    const visited = new Set<string>();
    for (let step = 0; step < 25; step += 1) {
      const path = new URL(page.url()).pathname.replace(/[0-9a-f-]{36}/, '{id}');
      if (path === '/applications/{id}/sent') break;
      const heading = (await page.locator('h1').innerText()).trim();
      if (!visited.has(path + heading)) await this.look(heading);
      visited.add(path + heading);
      visited.add(path);
      await this.answer(path, person);
    }
    await expect(page).toHaveURL(/\/sent$/);
    await this.look('application sent');
    const diagnosed = [...visited].some((path) => path.endsWith('/eligibility'));
    expect(diagnosed, 'only an authorised prescriber is offered the diagnosis').toBe(isAuthorised);
  }

  /** The person is informed, and agrees for each employer. */
  async agree() {
    await this.hand.tick(this.page.locator('#informed'));
    for (const box of await this.page.locator('input[name=consents]').all()) await this.hand.tick(box);
  }

  /** The first button of the page that bears this name. */
  button(name: string | RegExp) {
    return this.page.getByRole('main').getByRole('button', { name }).first();
  }

  private async answer(path: string, person: Newcomer) {
    const { page, hand } = this;
    const press = (name: string | RegExp) => hand.press(this.button(name));
    switch (path) {
      case '/application-drafts/new':
        return press('Continuer');
      case '/candidates/lookup':
      case '/candidates/lookup/email':
      case '/candidates/new':
        return this.find(person);
      case '/application-drafts/{id}/candidate':
        return press('Continuer avec cette personne');
      case '/application-drafts/{id}/previous':
        return press('Postuler à nouveau');
      case '/application-drafts/{id}/jobs':
        return press('Continuer');
      case '/application-drafts/{id}/eligibility':
        await hand.tick(page.locator('input[name=criteria]').first());
        return press(/Valider l’éligibilité/);
      case '/application-drafts/{id}/message':
        await hand.write(page.locator('#message'), `${person.firstName} a travaillé deux ans en pépinière et veut reprendre.`);
        await hand.attach(page.locator('#cv'), { name: 'cv.pdf', mimeType: 'application/pdf', buffer: PDF });
        return press('Continuer');
      case '/application-drafts/{id}/summary':
        if (await page.locator('#informed').count()) await this.agree();
        return hand.press(page.locator('form[action$="/submission"] button[type=submit]'));
      default:
        throw new Error(`no step of an application is at ${page.url()}`);
    }
  }

  /** Looks someone up, then creates their file: several of these pages stand under one address. */
  private async find(person: Newcomer) {
    const { page, hand } = this;
    const shown = async (field: string) => (await page.locator(field).count()) > 0;
    const press = (name: string) => hand.press(this.button(name));
    if (await shown('#first_name:not([type=hidden])')) return this.describe(person);
    if (await shown('#nir:not([type=hidden])')) {
      await hand.write(page.locator('#nir'), person.nir);
      return press('Rechercher');
    }
    if (await shown('#email:not([type=hidden])')) {
      await hand.write(page.locator('#email'), person.email);
      return press('Rechercher');
    }
    return press('Créer le dossier');
  }

  /** The form of a new candidate. */
  private async describe(person: Newcomer) {
    const { hand } = this;
    const field = (selector: string) => this.page.locator(selector);
    await hand.tick(field('input[name=title][value=M]'));
    await hand.write(field('#first_name'), person.firstName);
    await hand.write(field('#last_name'), person.lastName);
    await hand.write(field('#birth_date'), person.birthDate);
    await hand.pick(field('#birth_country'), '100');
    await hand.choose(field('#birth_commune'), 'Metz');
    if (await field('#email:not([readonly])').count()) await hand.write(field('#email'), person.email);
    await hand.write(field('#address_line_1'), '5 place Saint-Louis');
    await hand.write(field('#post_code'), '57000');
    await hand.choose(field('#city'), 'Metz');
    const level = await field('#education_level option').nth(1).getAttribute('value');
    await hand.pick(field('#education_level'), level ?? '');
    await hand.tick(field('input[name=registration]').last());
    await hand.press(this.button('Relire avant de créer'));
  }
}

/** The smallest file that is a PDF. */
export const PDF = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n' +
    '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
);
