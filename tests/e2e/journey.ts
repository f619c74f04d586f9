// What every journey does: looks at each page with axe at both widths, signs in, goes through the steps of an
// application whatever their order.
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import { PASSWORD, people, type Newcomer } from './people';

const WIDTHS = [
  { width: 1280, height: 900 },
  { width: 390, height: 844 },
];
const SCREENSHOTS = `${__dirname}/screenshots`;
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'RGAAv4'];

/** What is wrong with a page is told, and the journey goes on. */
const softly = expect.configure({ soft: true });

export class Journey {
  private rank = 0;
  readonly seen: string[] = [];

  /** axe runs inside the page: it needs the scripts that a journey without JavaScript does without. */
  constructor(readonly page: Page, readonly name: string, readonly withAxe = true) {
    mkdirSync(SCREENSHOTS, { recursive: true });
    // A page that breaks its own policy of content, or whose script fails, is a defect even when it looks right.
    page.on('pageerror', (error) => this.defects.push(`${page.url()}: ${error.message}`));
    page.on('console', (message) => {
      // The browser also says so of a form answered 422, which is how a mistake is answered.
      const isRefusedForm = message.text().includes('status of 422');
      if (message.type() === 'error' && !isRefusedForm) this.defects.push(`${page.url()}: ${message.text()}`);
    });
  }

  readonly defects: string[] = [];

  /** Looks at the page shown: one main heading, no overflow, nothing from axe, at both widths; keeps a picture. */
  async look(what: string) {
    this.rank += 1;
    await expect(this.page.locator('h1')).toHaveCount(1);
    for (const size of WIDTHS) {
      await this.page.setViewportSize(size);
      // Polled: the layout follows the change of size a moment later.
      await softly
        .poll(() => this.overflow(), { message: `${what} is wider than ${size.width} pixels`, timeout: 3_000 })
        .toBeLessThanOrEqual(0);
      const told = this.withAxe ? await this.axe() : [];
      expect.soft(told, `axe on ${what} (${this.page.url()}) at ${size.width} pixels`).toEqual([]);
      const file = `${this.name}-${String(this.rank).padStart(2, '0')}-${what.replaceAll(/[^\p{L}0-9]+/gu, '-')}`;
      await this.page.screenshot({ path: `${SCREENSHOTS}/${file}-${size.width}.png`, fullPage: true });
    }
    await this.page.setViewportSize(WIDTHS[0]);
  }

  private overflow(): Promise<number> {
    return this.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
  }

  private async axe(): Promise<string[]> {
    const { violations } = await new AxeBuilder({ page: this.page }).withTags(TAGS).analyze();
    return violations.map((v) => `${v.id}: ${v.nodes.map((node) => node.target.join(' ')).join(', ')}`);
  }

  async signIn(who: keyof typeof people) {
    await this.page.context().clearCookies();
    await this.page.goto('/login');
    await this.page.getByRole('link', { name: people[who].name, exact: false }).first().click();
    const email = this.page.locator('#email');
    if (await email.isEditable()) await email.fill(people[who].email);
    await this.page.locator('#password').fill(PASSWORD);
    await this.page.getByRole('button', { name: 'Se connecter' }).click();
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

  private async answer(path: string, person: Newcomer) {
    const { page } = this;
    const press = (name: string | RegExp) => page.getByRole('main').getByRole('button', { name }).first().click();
    switch (path) {
      case '/application-drafts/new':
        return press('Commencer la candidature');
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
        await page.locator('input[name=criteria]').first().check({ force: true });
        return press(/Valider l'éligibilité/);
      case '/application-drafts/{id}/message':
        await page.locator('#message').fill(`${person.firstName} a travaillé deux ans en pépinière et veut reprendre.`);
        await page.locator('#cv').setInputFiles({ name: 'cv.pdf', mimeType: 'application/pdf', buffer: PDF });
        await page.locator('#informed').check({ force: true });
        await page.locator('#consents').check({ force: true });
        return press('Continuer');
      case '/application-drafts/{id}/summary':
        return page.locator('form[action$="/submission"] button[type=submit]').click();
      default:
        throw new Error(`no step of an application is at ${page.url()}`);
    }
  }

  /** Looks someone up, then creates their file: several of these pages stand under one address. */
  private async find(person: Newcomer) {
    const { page } = this;
    const shown = async (field: string) => (await page.locator(field).count()) > 0;
    const press = (name: string) => page.getByRole('main').getByRole('button', { name }).first().click();
    if (await shown('#first_name:not([type=hidden])')) return this.describe(person);
    if (await shown('#nir:not([type=hidden])')) {
      await page.locator('#nir').fill(person.nir);
      return press('Rechercher');
    }
    if (await shown('#email:not([type=hidden])')) {
      await page.locator('#email').fill(person.email);
      return press('Rechercher');
    }
    return press('Créer le dossier');
  }

  /** The form of a new candidate. */
  private async describe(person: Newcomer) {
    const { page } = this;
    await page.locator('input[name=title][value=M]').check({ force: true });
    await page.locator('#first_name').fill(person.firstName);
    await page.locator('#last_name').fill(person.lastName);
    await page.locator('#birth_date').fill(person.birthDate);
    await page.locator('#birth_country').selectOption('100');
    await this.choose('birth_commune', 'Metz');
    if (await page.locator('#email:not([readonly])').count()) await page.locator('#email').fill(person.email);
    await page.locator('#address_line_1').fill('5 place Saint-Louis');
    await page.locator('#post_code').fill('57000');
    await this.choose('city', 'Metz');
    await page.locator('#education_level').selectOption({ index: 1 });
    await page.locator('input[name=registration]').last().check({ force: true });
    await page.getByRole('button', { name: 'Relire avant de créer' }).click();
  }

  /** A field that suggests: takes the first suggestion where there is JavaScript, else leaves the text. */
  async choose(field: string, text: string) {
    const input = this.page.locator(`#${field}`);
    await input.fill(text);
    const option = this.page.getByRole('option', { name: text }).first();
    if (await input.getAttribute('role')) {
      await option.click();
    }
  }
}

/** The smallest file that is a PDF. */
const PDF = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n' +
    '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
);
