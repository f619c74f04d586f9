//! What an account says of its holder: names, phone, address.

mod store;

use iae_domain::accounts::{AccountChange, UserKind, happened};
use iae_domain::ids::UserId;
use iae_domain::text::{Email, Name, PhoneNumber};

use super::SignedIn;
use crate::error::{Error, Result};
use crate::{App, Ctx, Db};

/// An account, as its holder reads it.
#[derive(Debug, Clone)]
pub struct Profile {
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Phone number.
    pub phone: Option<String>,
    /// Address.
    pub email: Option<Email>,
    /// Whether the holder signs in by a password here.
    pub has_password: bool,
    /// Whether they sign in by a provider, which says their names and their address.
    pub has_identity: bool,
}

impl Profile {
    /// Whether the names are the holder's to change here: a candidate changes them in their file, where what follows from
    /// them is checked (rule book 02 §12.1); a provider says those of its people.
    pub fn are_names_theirs(&self, kind: UserKind) -> bool {
        match kind {
            UserKind::JobSeeker => false,
            UserKind::Professional | UserKind::Staff => !self.has_identity,
        }
    }
}

/// What the holder changes.
#[derive(Debug, Clone)]
pub struct ProfileUpdate {
    /// Names, where they are theirs to change.
    pub names: Option<(Name, Name)>,
    /// Phone number, or none.
    pub phone: Option<PhoneNumber>,
}

/// The account of a person.
pub async fn find(db: &Db, user: UserId) -> Result<Option<Profile>> {
    store::find(db, user).await
}

/// Writes what the holder changes. A candidate's is in their file.
pub async fn update(app: &App, ctx: &Ctx<()>, person: &SignedIn, update: ProfileUpdate) -> Result<()> {
    if person.kind == UserKind::JobSeeker {
        return Err(Error::NotFound);
    }
    let known = find(&app.db, person.user).await?.ok_or(Error::NotFound)?;
    let names = update.names.filter(|_| known.are_names_theirs(person.kind));
    let mut work = app.begin(&ctx.with(person.record())).await?;
    let changed = happened(person.user, person.user, AccountChange::ProfileChanged);
    store::save(&mut work, changed, names.as_ref(), update.phone.as_ref()).await?;
    work.commit().await
}
