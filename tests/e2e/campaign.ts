// A whole campaign of control, the team, the DDETS and the SIAE side by side, each in a browser of their own: opened, drawn, defended,
// reviewed with the keyboard alone, turned twice, closed, then decided of and read by the SIAE (rule book 04 §1.3 to §1.15).
import { expect, type Browser, type BrowserContextOptions, type Page } from '@playwright/test';
import { theDdetsDecides, theDdetsRefusesAgain, theDdetsReviews } from './ddets';
import { Journey, PDF, type Manner } from './journey';
import { aMailCame } from './mails';
import { people } from './people';

const PROOF = { name: 'justificatif.pdf', mimeType: 'application/pdf', buffer: PDF };
/** How many proofs the DDETS reviews, if the SIAE gave as many. */
const PROOFS = 10;
/** SIAE whose pages are looked at, to find those with most hires; SIAE that defend themselves at most. */
const LOOKED_AT = 6;
const DEFENDED = 3;

export type Campaign = { id: string; scripts: boolean; staff: Journey; ddets: Journey; siae: Journey };
export type Siae = { company: string; administrator: string; control: string; hires: number };

/** Whoever has a role in it has a browser: nobody signs out for another to act. */
export async function aWholeCampaign(browser: Browser, options: BrowserContextOptions, name: string, manner: Manner = {}) {
  const contexts = await Promise.all(['staff', 'ddets', 'siae'].map(() => browser.newContext(options)));
  try {
    const pages = await Promise.all(contexts.map((context) => context.newPage()));
    const [staff, ddets, siae] = ['staff', 'ddets', 'siae'].map((who, at) => new Journey(pages[at] as Page, `${name}-${who}`, manner));
    if (!staff || !ddets || !siae) throw new Error('a page for each');
    await staff.signIn('staff');
    await ddets.signIn('inspector');
    const campaign = { id: await theTeamOpens(staff), scripts: options.javaScriptEnabled !== false, staff, ddets, siae };
    await itTakesPlace(campaign);
    for (const { defects } of [staff, ddets, siae]) expect(defects).toEqual([]);
  } finally {
    await Promise.all(contexts.map((context) => context.close()));
  }
}

async function itTakesPlace(campaign: Campaign) {
  const { ddets, siae, staff } = campaign;
  await theDdetsChoosesItsRatio(campaign);
  const drawn = await theTeamDraws(campaign);
  const controlled = await theDdetsReadsWho(campaign, drawn);

  const defended: Siae[] = [];
  let proofs = 0;
  for (const one of controlled) {
    if (proofs >= PROOFS || defended.length >= DEFENDED) break;
    const given = await theSiaeDefends(campaign, one, defended.length === 0);
    proofs += given;
    if (given > 0) defended.push(one);
  }
  const [first, ...others] = defended;
  if (!first) throw new Error('no SIAE that was drawn lets its administrator in');

  let reviewed = await theDdetsReviews(campaign, first, true);
  for (const one of others) reviewed += await theDdetsReviews(campaign, one, false);
  expect(reviewed, 'each proof has its decision').toBe(proofs);
  await siae.signInAs(first.administrator);
  await openControl(siae, first);
  await expect(siae.page.getByRole('main'), 'nothing is told before the transition').not.toContainText('Problème constaté');
  await siae.look('nothing told yet');

  await theTeamTurns(campaign, 'Bloquer les transmissions', true);
  await theTeamTurns(campaign, 'Commencer la phase contradictoire');
  await aMailCame(first.administrator, 'nouveaux justificatifs attendus');
  await theSiaeGivesOneAnew(campaign, first);
  await theDdetsRefusesAgain(campaign, first);
  await openControl(siae, first);
  await expect(siae.page.getByRole('main'), 'nothing is told before the end').not.toContainText('Problème constaté');

  await theTeamTurns(campaign, 'Bloquer les transmissions');
  await theTeamTurns(campaign, 'Clôturer la campagne');
  await staff.look('campaign, closed');
  await aMailCame(first.administrator, 'résultat négatif');
  await aMailCame(people.inspector.email, 'à qui notifier votre décision');
  await theDdetsDecides(campaign, first);
  await siae.page.goto('/dashboard');
  await siae.hand.press(siae.page.locator(`main a[href="/controls/${first.control}/outcome"]`).first());
  await expect(siae.page.getByRole('main')).toContainText('Retrait temporaire');
  await siae.look('decision, for the SIAE');
  await ddets.page.goto('/dashboard');
  await ddets.look('dashboard of the DDETS, campaign over');
}

/** The team opens the campaign of Moselle, about the year before, beside the one of the demonstration; gives its id. */
async function theTeamOpens(staff: Journey) {
  const { page, hand } = staff;
  await page.goto('/control-campaigns');
  await hand.press(page.getByRole('link', { name: 'Ouvrir des campagnes' }));
  await hand.tick(page.locator('input[name=scope][value=some]'));
  await hand.press(staff.button('Vérifier avant d’ouvrir'));
  await expect(page.locator('#institutions-error'), 'none is ticked').toBeVisible();
  await hand.tick(page.getByRole('checkbox', { name: 'Moselle (57)', exact: true }));
  await staff.look('campaigns to open');
  await hand.press(staff.button('Vérifier avant d’ouvrir'));
  await hand.press(staff.button('Ouvrir les campagnes'));
  await expect(page.locator('#overlap-error'), 'another campaign controls some of these hires').toBeVisible();
  await staff.look('campaigns that overlap');
  await hand.tick(page.locator('#overlap'));
  await hand.press(staff.button('Ouvrir les campagnes'));
  await expect(page.locator('.flash')).toBeVisible();
  await aMailCame(people.inspector.email, 'taux de contrôle à choisir');
  await hand.press(page.locator('tbody tr', { hasText: 'Échantillonnage' }).locator('th a'));
  await staff.look('campaign, opened');
  return /control-campaigns\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? '';
}

async function theDdetsChoosesItsRatio({ id, ddets }: Campaign) {
  const { page, hand } = ddets;
  await page.goto('/dashboard');
  await hand.press(page.locator(`main a[href="/control-campaigns/${id}/ratio"]`).first());
  await hand.write(page.locator('#ratio'), '45');
  await hand.press(ddets.button('Valider ce taux'));
  await expect(page.locator('#ratio-error')).toBeVisible();
  await ddets.look('ratio refused');
  await hand.write(page.locator('#ratio'), '40');
  await hand.press(ddets.button('Valider ce taux'));
  await expect(page.getByRole('main')).toContainText('40 % des structures');
  await ddets.look('ratio chosen');
}

/** The list is frozen, then the SIAE drawn; gives the names of those whose members still sign in. */
async function theTeamDraws({ id, staff }: Campaign) {
  const { page, hand } = staff;
  await page.goto(`/control-campaigns/${id}`);
  await hand.write(page.locator('#value_name'), 'Loto du lendemain');
  await hand.press(staff.button('Figer la liste et publier son empreinte'));
  await expect(page.locator('.flash')).toBeVisible();
  await staff.look('list frozen');
  await hand.write(page.locator('#value'), '4 8 15 16 23, numéro chance 4');
  await hand.press(staff.button('Vérifier avant de tirer au sort'));
  await staff.look('draw recap');
  await hand.press(staff.button('Tirer au sort'));
  await expect(page.locator('.flash')).toBeVisible();
  await staff.look('campaign, drawn');
  const names = await page.locator('tbody tr', { hasText: 'Rien à signaler' }).locator('th').allInnerTexts();
  return names.map((name) => (name.split('\n')[0] ?? '').trim());
}

/** Some of these SIAE, those with most hires first, as the DDETS finds them in its list. */
async function theDdetsReadsWho({ id, ddets }: Campaign, drawn: string[]) {
  const { page, hand } = ddets;
  const list = `/control-campaigns/${id}/controls`;
  await page.goto('/dashboard');
  await hand.press(page.locator(`main a[href="${list}"]`).first());
  await ddets.look('controlled SIAE');
  const found: Siae[] = [];
  for (const company of drawn.slice(0, LOOKED_AT)) {
    await page.goto(list);
    await hand.press(page.getByRole('main').getByRole('link', { name: company, exact: true }).first());
    const control = /controls\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? '';
    const administrator = (await page.locator('main a[href^="mailto:"]').last().innerText()).trim();
    const hires = await page.locator('tbody a[href^="/control-hires/"]').count();
    found.push({ company, administrator, control, hires });
  }
  return found.sort((one, other) => other.hires - one.hires);
}

async function openControl({ page, hand }: Journey, { control }: Siae) {
  await page.goto('/dashboard');
  await hand.press(page.locator(`main a[href="/controls/${control}"]`).first());
}

/** An SIAE chooses every criterion of each hire, gives a proof of each, and submits; gives how many. None when its administrator acts for
 * another one. */
async function theSiaeDefends({ siae }: Campaign, one: Siae, isLookedAt: boolean) {
  const { page, hand } = siae;
  const look = async (what: string) => (isLookedAt ? siae.look(what) : undefined);
  await siae.signInAs(one.administrator);
  if ((await page.locator(`main a[href="/controls/${one.control}"]`).count()) === 0) return 0;
  await openControl(siae, one);
  await look('control, to do');
  const choose = page.getByRole('link', { name: 'Choisir les critères' });
  for (let left = await choose.count(); left > 0; left -= 1) {
    await hand.press(choose.first());
    for (const box of await page.locator('input[type=checkbox][name$=criteria]').all()) await hand.tick(box);
    if (left === 1) await look('criteria chosen');
    await hand.press(siae.button('Enregistrer les critères'));
    await expect(page).toHaveURL(/\/controls\//);
  }
  const proofs = page.locator('form[action$="/proof"]');
  const given = await proofs.count();
  // All of it is certified by the State.
  if (given === 0) return 0;
  for (let at = 0; at < given; at += 1) await give(siae, at);
  await look('control, ready');
  await submit(siae, () => look('control, recap'));
  await aMailCame(people.inspector.email, one.company, 'justificatifs');
  return given;
}

async function give({ page, hand }: Journey, at: number) {
  const form = page.locator('form[action$="/proof"]').nth(at);
  await hand.attach(form.locator('input[type=file]'), PROOF);
  await hand.press(form.getByRole('button', { name: 'Déposer ce fichier' }));
  await expect(page.locator('.flash')).toBeVisible();
}

async function submit(siae: Journey, look: () => Promise<void>) {
  const { page, hand } = siae;
  await hand.press(page.getByRole('link', { name: 'Transmettre à la DDETS' }));
  await look();
  await hand.press(siae.button('Transmettre à la DDETS'));
  await expect(page.locator('.flash')).toBeVisible();
}

/** A step of the team, before its day, which it says that it wants. */
async function theTeamTurns({ id, staff }: Campaign, label: string, isLookedAt = false) {
  const { page, hand } = staff;
  await page.goto(`/control-campaigns/${id}`);
  await hand.press(page.getByRole('link', { name: 'Voir ce que cela fait, puis confirmer' }));
  await hand.press(staff.button(label));
  await expect(page.locator('#early-error'), 'its day is yet to come').toBeVisible();
  if (isLookedAt) await staff.look('turn, before its day');
  await hand.tick(page.locator('#early'));
  await hand.press(staff.button(label));
  await expect(page.locator('.flash')).toBeVisible();
}

/** One refused proof is replaced; another, if there is one, stays as it was refused. */
async function theSiaeGivesOneAnew({ siae }: Campaign, one: Siae) {
  const { page } = siae;
  await openControl(siae, one);
  const main = page.getByRole('main');
  await expect(main).toContainText('Problème constaté');
  await expect(main).toContainText('Document illisible');
  await siae.look('contradictory phase');
  const refused = await page.locator('form[action$="/proof"]').count();
  await give(siae, 0);
  await submit(siae, async () => {
    if (refused > 1) await expect(main).toContainText('Des justificatifs refusés ne sont pas remplacés');
    await siae.look('contradictory phase, recap');
  });
}
