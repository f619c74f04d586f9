//! The names of a person, as they type them.

use iae_server::Address;

use super::{Account, store};
use crate::Connect;
use crate::emails::{self, News};
use crate::error::Error;
use crate::events::{Event, Name};

/// The longest name that is kept.
const LONGEST: usize = 100;

/// A name as typed, spaces made one; nothing unless it has a letter and a length that names have.
pub(crate) fn name(typed: &str) -> Option<String> {
    let words: Vec<&str> = typed.split_whitespace().collect();
    let name = words.join(" ");
    let is_name = name.chars().any(char::is_alphabetic)
        && name.chars().count() <= LONGEST
        // Whoever signs up writes to the address they type: nothing of theirs may look like a link there.
        && !name.chars().any(|c| c.is_control() || "/:<>@\\".contains(c));
    is_name.then_some(name)
}

/// Corrects them, and tells their holder by mail: relying parties read them.
pub(crate) async fn rename(
    connect: &Connect,
    account: &Account,
    given_name: &str,
    family_name: &str,
    ip: Address,
) -> Result<(), Error> {
    if given_name == account.given_name && family_name == account.family_name {
        return Ok(());
    }
    let now = connect.now();
    let mut tx = connect.db().begin().await?;
    store::rename(&mut tx, account.id, given_name, family_name, now).await?;
    Event::new(Name::EditUserInfo, ip).account(account.id).detail("names").record(&mut tx, now).await?;
    emails::write(&mut tx, News::NamesChanged(account.id), now).await?;
    tx.commit().await?;
    connect.emails_written().notify_one();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_a_letter_and_no_link() {
        for (typed, expected) in [
            (" Anne  Marie ", Some("Anne Marie")),
            ("D’Artagnan-Ñuñez", Some("D’Artagnan-Ñuñez")),
            ("", None),
            ("123", None),
            ("Gagnez sur http://exemple.fr", None),
            ("camille@structure.example", None),
            ("<b>Camille</b>", None),
        ] {
            assert_eq!(name(typed).as_deref(), expected, "{typed}");
        }
        assert_eq!(name(&"a".repeat(LONGEST)), Some("a".repeat(LONGEST)));
        assert_eq!(name(&"a".repeat(LONGEST + 1)), None);
    }
}
