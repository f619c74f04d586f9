//! Writes financial annexes.

use iae_domain::ids::ConventionId;
use iae_domain::organisations::{ConventionChange, ConventionEvent};
use sqlx::PgConnection;

use super::super::{Changes, Written};
use super::Annex;

/// Writes annexes, known by their number.
pub(super) async fn save(tx: &mut PgConnection, rows: &[Annex]) -> sqlx::Result<Written> {
    let numbers: Vec<String> = rows.iter().map(|row| row.number.to_string()).collect();
    let states: Vec<String> = rows.iter().map(|row| row.state.code().to_owned()).collect();
    let written = sqlx::query!(
        r#"
        INSERT INTO financial_annexes (number, convention_id, state, starts_on, ends_on)
        SELECT * FROM unnest($1::text[], $2::uuid[], $3::text[], $4::date[], $5::date[])
        ON CONFLICT (number) DO UPDATE
        SET
            convention_id = excluded.convention_id,
            state = excluded.state,
            starts_on = excluded.starts_on,
            ends_on = excluded.ends_on
        WHERE financial_annexes IS DISTINCT FROM excluded
        RETURNING convention_id AS "convention: ConventionId", number, xmax = 0 AS "inserted!"
        "#,
        &numbers,
        &rows.iter().map(|row| row.convention).collect::<Vec<_>>(),
        &states,
        &rows.iter().map(|row| row.first_day).collect::<Vec<_>>(),
        &rows.iter().map(|row| row.last_day).collect::<Vec<_>>(),
    )
    .fetch_all(tx)
    .await?;
    let inserted: Vec<bool> = written.iter().map(|row| row.inserted).collect();
    let events = written.into_iter().map(|row| {
        let change = ConventionChange::AnnexWritten { annex: row.number };
        ConventionEvent { convention: row.convention, change }.into()
    });
    Ok(Written { changes: Changes::count(rows.len(), &inserted), events: events.collect() })
}
