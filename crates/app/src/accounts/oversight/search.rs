//! The team finds somebody: by address, name, id, social security number, number at France Travail, or what a provider calls them.

use iae_domain::accounts::{AccountChange, UserKind, happened};
use iae_domain::actor::StaffActor;
use iae_domain::candidates::{FranceTravailId, Nir};
use iae_domain::text::{Email, folded_words};
use uuid::Uuid;

use super::list::{Sought, UserRow, Users};
use crate::error::Result;
use crate::list::open;
use crate::{App, Ctx};

/// The accounts that were found.
#[derive(Debug, Clone)]
pub struct Found {
    /// The latest, as many as a page of the list shows.
    pub rows: Vec<UserRow>,
    /// Whether there are others.
    pub is_cut: bool,
}

/// Those called so, of one kind or of any; none when nothing is typed. That somebody of the team searched is kept, what they typed
/// is not.
pub async fn search(
    app: &App,
    ctx: &Ctx<StaffActor>,
    typed: &str,
    kind: Option<UserKind>,
) -> Result<Option<Found>> {
    let list = Users::of(ctx)?;
    let Some(sought) = sought(typed) else { return Ok(None) };
    let asked = kind.map(|kind| format!("kind={}", kind.code())).unwrap_or_default();
    let opened = open(&app.db, list.called(sought), &asked).await?;
    let mut work = app.begin(ctx).await?;
    work.keep(happened((), ctx.actor.user, AccountChange::SearchedByTeam));
    work.commit().await?;
    Ok(Some(Found { is_cut: opened.next.is_some(), rows: opened.rows }))
}

/// What a text names: the most precise that it may be.
fn sought(typed: &str) -> Option<Sought> {
    let text = typed.trim();
    if text.is_empty() {
        return None;
    }
    if let Ok(id) = text.parse::<Uuid>() {
        return Some(Sought::Id(id));
    }
    if let Ok(email) = Email::parse(text.strip_suffix("_old").unwrap_or(text)) {
        return Some(Sought::Email(email.as_str().to_owned()));
    }
    if let Ok(nir) = Nir::parse(text) {
        return Some(Sought::Nir(nir.as_str().to_owned()));
    }
    if let Ok(number) = FranceTravailId::parse(text) {
        return Some(Sought::FranceTravail(number.as_str().to_owned()));
    }
    // What a provider calls somebody is looked for as it is; a name, by its words.
    let words = if is_name(text) { folded_words(text) } else { vec![text.to_owned()] };
    Some(Sought::Words(text.to_owned(), words))
}

/// Whether a name may be written so: what bears other signs is looked for as it is, which no name is.
fn is_name(text: &str) -> bool {
    !text.contains(|c: char| c.is_ascii_punctuation() && !"'-.,()@_".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_the_most_precise_thing_it_may_name() {
        let kind = |typed: &str| {
            sought(typed).map(|sought| match sought {
                Sought::Email(_) => "email",
                Sought::Id(_) => "id",
                Sought::Nir(_) => "nir",
                Sought::FranceTravail(_) => "france travail",
                Sought::Words(..) => "words",
            })
        };
        for (typed, expected) in [
            ("  ", None),
            (" Jeanne@Poste.Example ", Some("email")),
            ("jeanne@poste.example_old", Some("email")),
            ("0199a000-0000-7000-8000-000000000001", Some("id")),
            ("2 90 03 57 463 012 79", Some("nir")),
            ("1234567A", Some("france travail")),
            ("Durand Marie", Some("words")),
            ("jeanne@", Some("words")),
        ] {
            assert_eq!(kind(typed), expected, "{typed}");
        }
    }

    #[test]
    fn signs_that_no_name_bears_name_nobody() {
        let words = |typed: &str| match sought(typed) {
            Some(Sought::Words(_, words)) => words,
            _ => vec![],
        };
        assert_eq!(words("<b>%'"), ["<b>%'"]);
        assert_eq!(words("D’Angelo Jean-Luc"), folded_words("D’Angelo Jean-Luc"));
    }
}
