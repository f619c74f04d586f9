//! Letters about accounts: written with what they are about, opened by a key that is kept nowhere.
//!
//! The key is computed from the id of the letter, under the operator's secret, when its mail leaves: neither the outbox nor
//! the database holds what opens anything (`jobs/send_email.rs`).

mod store;

use chrono::{DateTime, Utc};
use iae_domain::accounts::{LetterKind, NewLetter, Opens, letter_used, letter_written};
use iae_domain::ids::{AccountLetterId, UserId};
use iae_domain::text::Email;
use iae_mail::OutgoingEmail;
use sqlx::PgConnection;

use super::store::lock_address;
use crate::error::Result;
use crate::links::{LETTER_KEY, LETTERS};
use crate::{App, Work};

/// Letters one address receives in an hour, at most: nobody is buried under them.
const IN_AN_HOUR: i64 = 5;

/// A letter whose link was opened, with the right key, and still serves.
#[derive(Debug, Clone)]
pub struct OpenLetter {
    /// The letter.
    pub id: AccountLetterId,
    /// What it is about.
    pub kind: LetterKind,
    /// The address it was written to.
    pub email: Email,
    /// Whose account it is about, when there is one.
    pub user: Option<UserId>,
    /// Their first name, as far as it is known.
    pub first_name: String,
    /// Their last name.
    pub last_name: String,
    /// Whether they signed in before (AUT-8).
    pub signed_in_before: bool,
}

impl OpenLetter {
    /// What its link leads to; letters without link are never opened.
    pub fn opens(&self) -> Option<Opens> {
        self.kind.opens()
    }
}

/// The letter of a link, when the key is its own and it still serves.
pub async fn open_letter(
    app: &App,
    now: DateTime<Utc>,
    id: AccountLetterId,
    key: &str,
) -> Result<Option<OpenLetter>> {
    if !app.secrets.is_letter_key(id, key) {
        return Ok(None);
    }
    let letter = store::find(&mut *app.db.acquire().await?, id, now).await?;
    Ok(letter.filter(|letter| letter.opens().is_some()))
}

/// The same, held until the work ends: of two clicks at once, one finds it.
pub(super) async fn take(
    work: &mut Work<'_>,
    id: AccountLetterId,
    key: &str,
    opens: Opens,
) -> Result<Option<OpenLetter>> {
    if !work.app.secrets.is_letter_key(id, key) {
        return Ok(None);
    }
    let now = work.now();
    let Some(letter) = store::find(work.db(), id, now).await? else { return Ok(None) };
    // The address, then the account, then the letter, as whoever signs in or chooses a password locks them: of two links of one
    // account opened at once, neither waits for the other for ever.
    lock_address(work, &letter.email).await?;
    store::lock(work, id).await?;
    let now = work.now();
    let letter = store::find(work.db(), id, now).await?;
    Ok(letter.filter(|letter| letter.opens() == Some(opens)))
}

/// Its link served, and serves no more.
pub(super) async fn spend(work: &mut Work<'_>, id: AccountLetterId) -> Result<()> {
    store::save_used(work, letter_used(id)).await
}

/// Writes a letter, unless the address received too many lately: then nothing says so. Whoever writes to the same address
/// waits until the work ends.
pub(super) async fn write(
    work: &mut Work<'_>,
    kind: LetterKind,
    to: &Email,
    user: Option<UserId>,
) -> Result<Option<AccountLetterId>> {
    lock_address(work, to).await?;
    if store::written_lately(work, to).await? >= IN_AN_HOUR {
        return Ok(None);
    }
    write_always(work, kind, to, user).await.map(Some)
}

/// The same, however many were written: what the holder of an account has to know.
pub(super) async fn write_always(
    work: &mut Work<'_>,
    kind: LetterKind,
    to: &Email,
    user: Option<UserId>,
) -> Result<AccountLetterId> {
    let id = AccountLetterId::at(work.now());
    store::insert(work, letter_written(NewLetter { id, kind, to: to.clone(), user })).await?;
    Ok(id)
}

/// Whether such a letter was written about the account within a day.
pub(super) async fn was_written(work: &mut Work<'_>, kind: LetterKind, user: UserId) -> Result<bool> {
    store::was_written(work, kind, user).await
}

/// The mail with the key of its link, which goes to the address of its letter and to no other.
pub(crate) async fn with_key(
    app: &App,
    db: &mut PgConnection,
    mut mail: OutgoingEmail,
) -> Result<OutgoingEmail> {
    let Some(id) = named(&mail.text_body) else { return Ok(mail) };
    if !store::is_to(db, id, &mail.recipient).await? {
        return Ok(mail);
    }
    let (without, with) = (format!("{id}/{LETTER_KEY}"), format!("{id}/{}", app.secrets.letter_key(id)));
    mail.text_body = mail.text_body.replace(&without, &with);
    mail.html_body = mail.html_body.map(|html| html.replace(&without, &with));
    Ok(mail)
}

/// The letter that a mail holds the link of.
fn named(text: &str) -> Option<AccountLetterId> {
    let (_, after) = text.split_once(LETTERS)?;
    let (id, rest) = after.split_once('/')?;
    if rest.starts_with(LETTER_KEY) { id.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letter_of_a_mail_is_the_one_its_link_names() {
        let id = "0199a000-0000-7000-8000-000000000001";
        let link = |key: &str| format!("Ouvrir :\nhttps://iae.test/account-letters/{id}/{key}\n");
        assert_eq!(named(&link(LETTER_KEY)).map(|id| id.to_string()), Some(id.to_owned()));
        assert_eq!(named(&link("another")), None);
        assert_eq!(named("https://iae.test/account-letters/nothing"), None);
    }
}
