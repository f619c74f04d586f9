// Days, as fields take them.

/** The day so many days from today in Paris, as 2026-03-01. */
export function inDays(days: number): string {
  const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Paris' });
  return later(today, days);
}

/** So many days after this one. */
export function later(day: string, days: number): string {
  const moved = new Date(`${day}T12:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + days);
  return moved.toISOString().slice(0, 10);
}
