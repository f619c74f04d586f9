//! Backup codes: ten, shown once, each of which stands in once for a factor that is not at hand.

use chrono::{DateTime, Utc};
use iae_credentials::base32;
use sqlx::PgConnection;
use uuid::Uuid;

use super::store;
use super::tries::{self, Tried};
use crate::error::Error;
use crate::random;
use crate::secret::Token;

/// How many are given together.
const COUNT: usize = 10;
/// What is random in one: 80 bits, so that its SHA-256 says nothing of it.
const LENGTH: usize = 10;

/// Replaces the codes of an account; returns those to show.
pub(super) async fn renew(
    db: &mut PgConnection,
    account_id: Uuid,
    now: DateTime<Utc>,
) -> Result<Vec<String>, Error> {
    store::delete_backup_codes(&mut *db, account_id).await?;
    let mut codes = Vec::with_capacity(COUNT);
    for _ in 0..COUNT {
        let letters = letters(random::bytes::<LENGTH>()?);
        store::insert_backup_code(&mut *db, random::id(now)?, account_id, &digest(&letters), now).await?;
        codes.push(shown(&letters));
    }
    Ok(codes)
}

/// Looks at a backup code; a right one serves no more.
pub(crate) async fn try_backup_code(
    db: &mut PgConnection,
    account_id: Uuid,
    typed: &str,
    now: DateTime<Utc>,
) -> Result<Tried, Error> {
    let attempt = match tries::begin(db, account_id, now).await? {
        Ok(attempt) => attempt,
        Err(minutes) => return Ok(Tried::Locked { minutes }),
    };
    let right = store::use_backup_code(&mut *db, account_id, &digest(&read(typed)), now).await?;
    let tried = if right { Tried::Right { factor_id: None } } else { Tried::Wrong };
    attempt.end(db, tried, now).await
}

/// Sixteen letters and digits that look like no other.
fn letters(bytes: [u8; LENGTH]) -> String {
    base32(&bytes)
}

/// In groups of four.
fn shown(letters: &str) -> String {
    let letters: Vec<char> = letters.to_lowercase().chars().collect();
    letters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join("-")
}

/// What was typed, as it was made: whatever the case, the hyphens and the spaces, a zero for an O.
fn read(typed: &str) -> String {
    let kept = typed.chars().filter(char::is_ascii_alphanumeric);
    kept.map(|c| if c == '0' { 'O' } else { c.to_ascii_uppercase() }).collect()
}

fn digest(letters: &str) -> Vec<u8> {
    Token::new(letters.to_owned()).digest()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_it_was_shown_however_it_is_typed() {
        let made = letters([0, 68, 50, 20, 199, 66, 84, 182, 53, 207]);
        assert_eq!(made, "ABCDEFGHIJKLMNOP");
        assert_eq!(shown(&made), "abcd-efgh-ijkl-mnop");
        for typed in ["abcd-efgh-ijkl-mnop", " ABCD efgh ijkl mn0p\u{a0}", "abcdefghijklmnop"] {
            assert_eq!(read(typed), made);
        }
        assert_ne!(read("abcd-efgh-ijkl-mnoq"), made);
    }
}
