//! The accounts of the invented people at the identity provider, under one password: hashing it thousands of times would
//! take minutes.

use chrono::{DateTime, Utc};
use iae_app::Db;
use iae_connect::accounts::{NewAccount, PasswordHash, upsert_many};
use iae_domain::accounts::Provider;
use secrecy::SecretString;
use uuid::Uuid;

use super::personas::PASSWORD;
use super::{SeedError, Size};

/// Accounts written at once.
const PACKET: usize = 2_000;

#[derive(sqlx::FromRow)]
struct Account {
    id: Uuid,
    is_staff: bool,
    email: String,
    first_name: String,
    last_name: String,
    is_active: bool,
}

/// Opens the accounts of everyone in the demonstration; in the bigger size, of professionals and staff.
pub async fn open(
    db: &Db,
    connect: &Db,
    size: Size,
    now: DateTime<Utc>,
    progress: &(dyn Fn(&str, u64, u64) + Sync),
) -> Result<(), SeedError> {
    let everyone = size == Size::S;
    let accounts: Vec<Account> = sqlx::query_as(
        r"
        SELECT id, kind = 'itou_staff' AS is_staff, email, first_name, last_name, is_active
        FROM users
        WHERE email IS NOT NULL AND ($1 OR kind <> 'job_seeker')
        ORDER BY id
        ",
    )
    .bind(everyone)
    .fetch_all(db)
    .await?;
    let hash = PasswordHash::new(SecretString::from(PASSWORD)).await?;
    let total = u64::try_from(accounts.len()).unwrap_or(0);
    let mut done = 0;
    for packet in accounts.chunks(PACKET) {
        let new: Vec<NewAccount> = packet
            .iter()
            .map(|account| NewAccount {
                // Data loaded another day left accounts under other subjects: the platform links by address.
                id: None,
                email: account.email.clone(),
                given_name: account.first_name.clone(),
                family_name: account.last_name.clone(),
                password_hash: hash.clone(),
                active: account.is_active,
            })
            .collect();
        let subjects = upsert_many(connect.pool(), &new, now).await?;
        tie_staff(db, packet.iter().zip(subjects), now).await?;
        done += u64::try_from(packet.len()).unwrap_or(0);
        progress("comptes", done, total);
    }
    Ok(())
}

/// The team is never tied to a provider by address (OID-19): whoever opens the accounts says who they are there.
async fn tie_staff(
    db: &Db,
    accounts: impl Iterator<Item = (&Account, Uuid)>,
    now: DateTime<Utc>,
) -> Result<(), SeedError> {
    let staff = accounts.filter(|(account, _)| account.is_staff);
    let (users, subjects): (Vec<Uuid>, Vec<String>) =
        staff.map(|(account, subject)| (account.id, subject.to_string())).unzip();
    sqlx::query(
        r"
        INSERT INTO identities (provider, subject, user_id, linked_at)
        SELECT $1, subject, user_id, $4
        FROM unnest($2::text[], $3::uuid[]) AS new (subject, user_id)
        ON CONFLICT DO NOTHING
        ",
    )
    .bind(Provider::InclusionConnect.code())
    .bind(subjects)
    .bind(users)
    .bind(now)
    .execute(db)
    .await?;
    Ok(())
}
