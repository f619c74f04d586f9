//! What every import begins with.

use sqlx::PgConnection;

/// Waits until no other transaction imports: each changes rows in the order of its file, and two at once could wait
/// for each other.
pub(super) async fn take_turn(tx: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("SELECT take_turn_to_import()").execute(tx).await.map(drop)
}
