// What SIAE and DDETS would have done in a campaign of control, written at once: of each SIAE one of four stories, so that every mail of a
// transition and of an end is written to someone.

/**
 * Statement: of four SIAE that were drawn in these campaigns, one says nothing; one submits what is all accepted; one what is refused once;
 * one what nobody treats. Nothing is validated.
 */
export const defended = (campaigns) => `
  WITH story AS (
    SELECT c.id, (row_number() OVER (ORDER BY c.id)) % 4 AS one, (
             SELECT min(m.user_id::text)::uuid FROM memberships m WHERE m.organisation_id = k.institution_id AND m.is_active
           ) AS agent
    FROM controls c
    JOIN control_campaigns k ON k.id = c.campaign_id
    WHERE c.campaign_id IN (${list(campaigns)}) AND c.final_reviewed_at IS NULL AND k.adversarial_at IS NULL
  ), defended AS (
    INSERT INTO control_criteria (id, hire_id, candidate_id, criterion_code, uploaded_at, submitted_at, review, reviewed_by, reviewed_at)
    SELECT gen_random_uuid(), h.id, h.candidate_id, declared.code, now(), now(),
           CASE WHEN s.one = 3 THEN 'pending' WHEN s.one = 2 AND h.rank = 1 AND declared.place = 1 THEN 'refused' ELSE 'accepted' END,
           CASE WHEN s.one <> 3 THEN s.agent END,
           CASE WHEN s.one <> 3 THEN now() END
    FROM story s
    JOIN control_hires h ON h.control_id = s.id
    CROSS JOIN LATERAL unnest(h.criteria) WITH ORDINALITY AS declared (code, place)
    WHERE s.one > 0 AND NOT EXISTS (SELECT FROM control_criteria x WHERE x.hire_id = h.id)
    RETURNING hire_id
  )
  UPDATE controls SET frozen_at = now()
  WHERE frozen_at IS NULL AND id IN (SELECT h.control_id FROM control_hires h JOIN defended d ON d.hire_id = h.id)`;

/** Statement: in the contradictory phase, of two SIAE whose proof was refused, one gives another, which nobody treats. */
export const defendedAnew = (campaigns) => `
  UPDATE control_criteria x SET uploaded_at = now(), submitted_at = now(), review = 'pending', reviewed_by = NULL, reviewed_at = NULL
  FROM (
    SELECT h.id, (dense_rank() OVER (ORDER BY h.control_id)) % 2 AS half
    FROM control_hires h
    JOIN controls c ON c.id = h.control_id
    JOIN control_criteria refused ON refused.hire_id = h.id AND refused.review = 'refused'
    WHERE c.campaign_id IN (${list(campaigns)})
  ) AS hire
  WHERE x.hire_id = hire.id AND x.review = 'refused' AND hire.half = 1`;

const list = (ids) => [ids].flat().map((id) => `'${id}'`).join(',');
