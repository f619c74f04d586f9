//! Every column that only names an account, written anew.

use iae_domain::accounts::Merger;
use sqlx::{Postgres, QueryBuilder};

use super::super::references::MOVED;
use crate::Work;
use crate::error::Result;

/// Everything else names the account that stays. One statement: what refers to two columns of one row is checked at its end.
pub(super) async fn point_anew(work: &mut Work<'_>, merger: &Merger) -> Result<()> {
    let mut sql = QueryBuilder::<Postgres>::new("WITH ");
    for (rank, (table, columns)) in MOVED.iter().enumerate() {
        let separator = if rank == 0 { "" } else { ", " };
        sql.push(format_args!("{separator}moved_{rank} AS (UPDATE {table} SET "));
        for (rank, column) in columns.iter().enumerate() {
            let separator = if rank == 0 { "" } else { ", " };
            sql.push(format_args!("{separator}{column} = CASE {column} WHEN ")).push_bind(merger.former);
            sql.push(" THEN ").push_bind(merger.kept).push(format_args!(" ELSE {column} END"));
        }
        sql.push(" WHERE ").push_bind(merger.former).push(format_args!(" IN ({}))", columns.join(", ")));
    }
    sql.push(" SELECT");
    sql.build().persistent(false).execute(work.db()).await?;
    Ok(())
}
