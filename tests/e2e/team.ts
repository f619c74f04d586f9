// How the team signs in: by its own password (OID-19). A demonstration asks it for no second factor.
import { expect } from '@playwright/test';
import type { Journey } from './journey';
import { PASSWORD, people } from './people';

/** From no session to the dashboard of the team. */
export async function theTeamSignsIn(journey: Journey) {
  const { page, hand } = journey;
  await page.goto('/login');
  await hand.press(page.getByRole('link', { name: people.staff.name }).first());
  await expect(page.locator('#email')).toHaveValue(people.staff.email);
  await hand.write(page.locator('#password'), PASSWORD);
  await hand.press(journey.button('Se connecter'));
  await expect(page).toHaveURL(/\/dashboard/);
}
