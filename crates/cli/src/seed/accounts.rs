//! The accounts of the invented people at the identity provider, under one password: hashing it thousands of times would
//! take minutes. The team signs in by the same password, on the platform itself (OID-19).

use chrono::{DateTime, Utc};
use iae_app::Db;
use iae_app::accounts::Passwords;
use iae_connect::accounts::{NewAccount, PasswordHash, upsert_many};
use secrecy::SecretString;

use super::personas::PASSWORD;
use super::{SeedError, Size};

/// Accounts written at once.
const PACKET: usize = 2_000;

#[derive(sqlx::FromRow)]
struct Account {
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
    give_passwords(db, now).await?;
    let everyone = size == Size::S;
    let accounts: Vec<Account> = sqlx::query_as(
        r"
        SELECT email, first_name, last_name, is_active
        FROM users
        WHERE email IS NOT NULL AND kind <> 'itou_staff' AND ($1 OR kind <> 'job_seeker')
        ORDER BY id
        ",
    )
    .bind(everyone)
    .fetch_all(db)
    .await?;
    let hash = PasswordHash::new(SecretString::from(PASSWORD)).await.map_err(iae_connect::Error::from)?;
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
        upsert_many(connect.pool(), &new, now).await?;
        done += u64::try_from(packet.len()).unwrap_or(0);
        progress("comptes", done, total);
    }
    Ok(())
}

/// The team chose its password: whoever tries the data signs in as one of them.
async fn give_passwords(db: &Db, now: DateTime<Utc>) -> Result<(), SeedError> {
    let passwords = Passwords::default();
    let hash = passwords.hash(SecretString::from(PASSWORD)).await.map_err(iae_app::Error::from)?;
    sqlx::query(
        r"
        INSERT INTO local_passwords (user_id, hash, set_at)
        SELECT id, $1, $2
        FROM users
        WHERE kind = 'itou_staff'
        ON CONFLICT DO NOTHING
        ",
    )
    .bind(hash.as_str())
    .bind(now)
    .execute(db)
    .await?;
    Ok(())
}
