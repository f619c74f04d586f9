//! What an account says of its holder: names, phone, address.

mod store;

use iae_domain::accounts::{AccountChange, UserKind, happened};
use iae_domain::ids::UserId;
use iae_domain::text::{Email, Name, PhoneNumber};
use sha2::{Digest as _, Sha256};

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
    /// What a page showed of what may be changed, as its form says it (D32).
    pub fn seen(&self) -> String {
        let phone = self.phone.as_deref().unwrap_or_default();
        let mut digest = Sha256::new();
        for said in [self.first_name.as_str(), self.last_name.as_str(), phone] {
            digest.update(said);
            digest.update([0]);
        }
        hex::encode(digest.finalize().get(..16).unwrap_or_default())
    }

    /// Whether it says already what is asked: a form sent twice is no conflict.
    fn says(&self, names: Option<&(Name, Name)>, phone: Option<&PhoneNumber>) -> bool {
        let are_names_so = names.is_none_or(|(first_name, last_name)| {
            first_name.as_str() == self.first_name && last_name.as_str() == self.last_name
        });
        are_names_so && phone.map(PhoneNumber::as_str) == self.phone.as_deref()
    }

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
    /// What the page showed (D32).
    pub seen: String,
}

/// The account of a person.
pub async fn find(db: &Db, user: UserId) -> Result<Option<Profile>> {
    store::find(&mut *db.acquire().await?, user).await
}

/// Writes what the holder changes; a conflict when it changed since the page was read. A candidate's is in their file.
pub async fn update(app: &App, ctx: &Ctx<()>, person: &SignedIn, update: ProfileUpdate) -> Result<()> {
    if person.kind == UserKind::JobSeeker {
        return Err(Error::NotFound);
    }
    let mut work = app.begin(&ctx.with(person.record())).await?;
    let known = store::lock(&mut work, person.user).await?.ok_or(Error::NotFound)?;
    let names = update.names.filter(|_| known.are_names_theirs(person.kind));
    if known.seen() != update.seen {
        let is_done = known.says(names.as_ref(), update.phone.as_ref());
        return if is_done { Ok(()) } else { Err(Error::Conflict) };
    }
    let changed = happened(person.user, person.user, AccountChange::ProfileChanged);
    store::save(&mut work, changed, names.as_ref(), update.phone.as_ref()).await?;
    work.commit().await
}
