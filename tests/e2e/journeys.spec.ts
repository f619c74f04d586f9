// The journeys, the longest first: several go at a time, each with people and applications of its own.
import { expect, test, type Page } from '@playwright/test';
import { aHireIsCancelled } from './cancellation';
import { anSiaeIsControlled } from './controls';
import { aPrefectAuthorises } from './habilitation';
import { Keyboard } from './hand';
import type { Manner } from './journey';
import { colleaguesComeAndGo } from './members';
import { aProlongationIsRefused, anAttestationIsChecked } from './parcours';
import { aPasskeyOpensAnAccount } from './passkey';
import { onePersonSeveralEmployers } from './several';
import { aCandidateSignsUp, anAgentJoins, anEmployerSignsUp, aPrescriberSignsUp } from './sign_up';
import { aProlongationIsTriedThenDeclared } from './simulator';
import { theTeamAtWork } from './staff_area';
import { anApplicationIsAnswered, othersRead } from './story';
import { aPrescriberSuspends, aSuspensionIsTriedMadeAndLifted, type Holder } from './suspensions';

/** People of the demonstration, each of one journey: in parcours for months; to be answered by the employer. */
const holder = (lastName: string, email: string): Holder => ({ lastName, email: `${email}@courriel.example` });
const gabriela = holder('Moreira', 'gabriela.moreira');
const lucie = holder('Hoffmann', 'lucie.hoffmann');
const ines = holder('Hadj-Saïd', 'ines.hadj.said');
const oksana = holder('Kovalenko', 'oksana.kovalenko');

/** Structures whose SIRET the team changes, each in one journey; neither is ever controlled. */
const geiq = 'GEIQ BTP de Moselle';
const opcs = 'Clauses sociales du Pays messin';

test.describe.configure({ mode: 'parallel' });

test('from a search to a PASS', ({ page }) => anApplicationIsAnswered(page, 'story'));

test.describe('with the keyboard alone', () => {
  const manner = (page: Page): Manner => ({ hand: new Keyboard(page), pictures: false, axe: false });

  test('from a search to a PASS', ({ page }) => anApplicationIsAnswered(page, 'keyboard', manner(page)));
  test('the holder, the control and the team read', ({ page }) => othersRead(page, 'keyboard', manner(page)));
  test('an SIAE is controlled', ({ page }) => anSiaeIsControlled(page, 'keyboard-control', 1, manner(page)));

  test('the first key leads over the menus, to the content', async ({ page }) => {
    await page.goto('/');
    await page.keyboard.press('Tab');
    await expect(page.locator(':focus')).toHaveText('Contenu');
    await page.keyboard.press('Enter');
    await expect(page.locator('#content')).toBeFocused();
  });
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('from a search to a PASS', ({ page }) => anApplicationIsAnswered(page, 'nojs', { axe: false }));
  test('the holder, the control and the team read', ({ page }) => othersRead(page, 'nojs', { axe: false }));
  test('an attestation is checked', ({ page }) => anAttestationIsChecked(page, 'attestation-nojs', { axe: false }));
  test('a prolongation is asked and refused', ({ page }) => aProlongationIsRefused(page, 'prolongation-nojs', 3, { axe: false }));
  test('a suspension is tried, made and lifted', ({ page }) =>
    aSuspensionIsTriedMadeAndLifted(page, 'suspension-nojs', lucie, { axe: false }));
  test('a prescriber suspends', ({ page }) => aPrescriberSuspends(page, 'prescriber-suspends-nojs', 2, { axe: false }));
  test('a prolongation is tried and declared', ({ page }) =>
    aProlongationIsTriedThenDeclared(page, 'simulator-nojs', 3, { axe: false }));
  test('a hire is cancelled', ({ page }) => aHireIsCancelled(page, 'cancellation-nojs', ines, { axe: false }));
  test('an SIAE is controlled', ({ page }) => anSiaeIsControlled(page, 'control-nojs', 2, { axe: false }));
  test('a prefect authorises an organisation', ({ page }) => aPrefectAuthorises(page, 'habilitation-nojs', { axe: false }));
  test('colleagues come and go', ({ page }) => colleaguesComeAndGo(page, 'members-nojs', { axe: false }));
  test('a prescriber signs up', ({ page }) => aPrescriberSignsUp(page, 'sign-up-prescriber-nojs', { axe: false }));
  test('a candidate signs up', ({ page }) => aCandidateSignsUp(page, 'sign-up-candidate-nojs', { axe: false }));
  test('the team at work', ({ page }) => theTeamAtWork(page, 'team-nojs', opcs, { axe: false }));
});

test('one person, three employers, one refusal, one reminder, one hire', ({ page }) => onePersonSeveralEmployers(page));

test('a prefect authorises an organisation', ({ page }) => aPrefectAuthorises(page, 'habilitation'));

test('colleagues come and go', ({ page }) => colleaguesComeAndGo(page, 'members'));

test('a prescriber signs up', ({ page }) => aPrescriberSignsUp(page, 'sign-up-prescriber'));

// The demonstration has one company that nobody joined: it is signed up once.
test('an employer signs up', ({ page }) => anEmployerSignsUp(page, 'sign-up-employer'));

test('a candidate signs up', ({ page }) => aCandidateSignsUp(page, 'sign-up-candidate'));

test('an agent of France Travail joins their agency', ({ page }) => anAgentJoins(page, 'sign-up-agent'));

test('the team at work', ({ page }) => theTeamAtWork(page, 'team', geiq));

test('a passkey opens an account', ({ page }) => aPasskeyOpensAnAccount(page, 'passkey'));

test('an attestation is checked', ({ page }) => anAttestationIsChecked(page, 'attestation'));

test('a prolongation is asked and refused', ({ page }) => aProlongationIsRefused(page, 'prolongation', 1));

test('a suspension is tried, made and lifted', ({ page }) => aSuspensionIsTriedMadeAndLifted(page, 'suspension', gabriela));

test('a prescriber suspends', ({ page }) => aPrescriberSuspends(page, 'prescriber-suspends', 1));

test('a prolongation is tried and declared', ({ page }) => aProlongationIsTriedThenDeclared(page, 'simulator', 1));

test('a hire is cancelled', ({ page }) => aHireIsCancelled(page, 'cancellation', oksana));

test('an SIAE is controlled', ({ page }) => anSiaeIsControlled(page, 'control', 3));

test('the holder, the control and the team read', ({ page }) => othersRead(page, 'story'));
