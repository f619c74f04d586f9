// Prolongations granted by the prescribers they were asked of.
import { sql } from './database.mjs';

/** The forms that grant what waits, of `most` PASS at most, by members of one organisation only. */
export function grants(database, most) {
  const rows = sql(
    database,
    `SELECT r.id, r.prescriber_organisation_id, u.email, p.ends_on
     FROM prolongation_requests r
     JOIN passes p ON p.id = r.pass_id
     JOIN LATERAL (
       SELECT min(u.email) AS email FROM memberships m JOIN users u ON u.id = m.user_id AND u.is_active
       WHERE m.organisation_id = r.prescriber_organisation_id AND m.is_active
         AND (SELECT count(*) FROM memberships other WHERE other.user_id = u.id AND other.is_active) = 1
     ) u ON u.email IS NOT NULL
     WHERE r.state = 'pending' ORDER BY r.id LIMIT ${most}`,
  );
  return rows.map(([id, organisation, email, end]) => ({
    path: `/prolongations/${id}/grant`,
    email,
    fields: { seen: end, acting_for: organisation },
  }));
}
