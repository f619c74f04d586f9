//! How many things of each category there are.

use iae_domain::ids::OrganisationId;
use iae_domain::organisations::transfer::{Category, Count};
use sqlx::PgExecutor;

use crate::error::Result;

/// Of each category, how many rows would move, and how many would stay because the target has the same (`has_twin`);
/// of memberships that move, those of people who left. What hangs on a thing moves with it and is not counted apart.
pub(in super::super) async fn counts(
    db: impl PgExecutor<'_>,
    source: OrganisationId,
    target: OrganisationId,
) -> Result<Vec<Count>> {
    let rows = sqlx::query!(
        r#"
        SELECT counted.category AS "category!: Category"
             , counted.moved AS "moved!"
             , counted.stays AS "stays!"
             , CASE
                   WHEN counted.category = 'members' THEN (
                       SELECT count(*)
                       FROM memberships m
                       JOIN users u ON u.id = m.user_id
                       WHERE m.organisation_id = $1 AND NOT (m.is_active AND u.is_active) AND NOT has_twin(m, $2)
                   )
                   ELSE 0
               END AS "gone!"
        FROM (
            SELECT 'members', count(*) FILTER (WHERE NOT has_twin(m, $2)), count(*) FILTER (WHERE has_twin(m, $2))
            FROM memberships m
            WHERE m.organisation_id = $1
            UNION ALL
            SELECT 'invitations', count(*) FILTER (WHERE NOT has_twin(i, $2)), count(*) FILTER (WHERE has_twin(i, $2))
            FROM invitations i
            WHERE i.organisation_id = $1
            UNION ALL
            SELECT 'applications_received', count(*), 0
            FROM applications a
            WHERE a.company_id = $1
            UNION ALL
            SELECT 'applications_sent'
                 , (SELECT count(*) FROM applications a WHERE a.sender_organisation_id = $1 AND a.company_id <> $1)
                       + (SELECT count(*) FROM application_drafts w WHERE w.organisation_id = $1 AND w.submitted_at IS NULL)
                 , 0
            UNION ALL
            SELECT 'diagnoses'
                 , (SELECT count(*) FROM eligibility_diagnoses d WHERE d.organisation_id = $1)
                       + (SELECT count(*) FROM eligibility_proofs p WHERE p.company_id = $1 AND NOT has_twin(p, $2))
                 , (SELECT count(*) FROM eligibility_proofs p WHERE p.company_id = $1 AND has_twin(p, $2))
            UNION ALL
            SELECT 'accompaniments'
                 , (SELECT count(*) FROM candidate_relations r WHERE r.organisation_id = $1 AND NOT has_twin(r, $2))
                       + (SELECT count(*) FROM candidates c WHERE c.created_by_organisation = $1)
                 , (SELECT count(*) FROM candidate_relations r WHERE r.organisation_id = $1 AND has_twin(r, $2))
            UNION ALL
            SELECT 'posts', count(*), 0
            FROM job_descriptions j
            WHERE j.company_id = $1
            UNION ALL
            SELECT 'controls', count(*) FILTER (WHERE NOT has_twin(c, $2)), count(*) FILTER (WHERE has_twin(c, $2))
            FROM controls c
            WHERE c.company_id = $1
            UNION ALL
            SELECT 'prolongations'
                 , (SELECT count(*) FROM prolongations l WHERE l.company_id = $1 OR l.prescriber_organisation_id = $1)
                       + (SELECT count(*) FROM prolongation_requests q WHERE q.company_id = $1 OR q.prescriber_organisation_id = $1)
                 , 0
            UNION ALL
            SELECT 'suspensions'
                 , (SELECT count(*) FROM suspensions s WHERE s.organisation_id = $1)
                       + (SELECT count(*) FROM pass_closures e WHERE e.organisation_id = $1)
                 , 0
            UNION ALL
            SELECT said.category, said.differs::int, 0
            FROM organisations s
            JOIN organisations t ON t.id = $2
            LEFT JOIN companies sc ON sc.organisation_id = s.id
            LEFT JOIN companies tc ON tc.organisation_id = t.id
            CROSS JOIN LATERAL (
                VALUES ('brand', s.brand <> '' AND s.brand <> t.brand)
                     , ('description', s.description <> '' AND s.description <> t.description)
                     , ('searchable', coalesce(sc.is_searchable <> tc.is_searchable, false))
                     , ('phone', coalesce(s.phone <> '' AND s.phone IS DISTINCT FROM t.phone, false))
            ) AS said (category, differs)
            WHERE s.id = $1
        ) AS counted (category, moved, stays)
        ORDER BY counted.category
        LIMIT 50
        "#,
        source as _,
        target as _,
    )
    .fetch_all(db)
    .await?;
    let number = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    let counts = rows.into_iter().map(|row| Count {
        category: row.category,
        moved: number(row.moved),
        left: number(row.stays),
        gone: number(row.gone),
    });
    Ok(counts.collect())
}
