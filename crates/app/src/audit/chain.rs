//! The chain of the trail, walked: what each row says now against what was sealed. Pure, so that whoever owns the database,
//! its functions included, does not decide what is found (ADR 28).

use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::queries::{Link, Seal};

/// How long a row stays once it is sealed. `purge_audit_events` of the schema holds to it: what is gone sooner was taken out.
const KEPT: TimeDelta = TimeDelta::days(365);

/// The first place where the trail is not what was sealed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// A row says something else.
    #[error("la ligne {event} (place {position}) a été modifiée après son sceau")]
    Altered {
        /// Its place.
        position: i64,
        /// The row.
        event: Uuid,
    },
    /// A row was deleted.
    #[error("la ligne {event} (place {position}) a été supprimée sans que la conservation l’ait fait")]
    Removed {
        /// Its place.
        position: i64,
        /// The row.
        event: Uuid,
    },
    /// A place of the chain is empty.
    #[error("la place {0} de la chaîne manque")]
    Gap(i64),
    /// A seal is not the one that was made.
    #[error("le sceau n° {number} (places {first} à {last}) ne correspond pas à ce qu’il couvre")]
    Seal {
        /// Its number.
        number: i64,
        /// Position of its first row.
        first: i64,
        /// Position of its last row.
        last: i64,
    },
    /// A seal that says it is older than the one before.
    #[error("le sceau n° {0} est daté d’avant le précédent")]
    Backdated(i64),
    /// A seal is missing.
    #[error("le sceau n° {0} manque")]
    NoSeal(i64),
    /// A seal that was written down elsewhere is another one now.
    #[error("le sceau n° {0} n’est pas celui qui avait été noté")]
    Anchor(i64),
    /// A place no seal covers.
    #[error("la place {0} de la chaîne n’est couverte par aucun sceau")]
    Unsealed(i64),
    /// A row outside of the chain.
    #[error("la ligne {0} n’a pas de place dans la chaîne et n’en attend pas")]
    Unchained(Uuid),
    /// A row deleted before its seal.
    #[error("la ligne {0} a disparu avant d’être scellée")]
    Lost(Uuid),
}

/// How far the walk is.
#[derive(Debug)]
pub struct Walk {
    number: i64,
    position: i64,
    hash: Vec<u8>,
    purged: u64,
    /// When the last seal was made.
    sealed_at: DateTime<Utc>,
    /// What was sealed since is still there.
    kept_since: DateTime<Utc>,
}

impl Walk {
    /// Before the first seal, at this instant of a clock that is not the database's.
    pub fn begin(now: DateTime<Utc>) -> Self {
        Self {
            number: 0,
            position: 0,
            hash: Sha256::digest(b"").to_vec(),
            purged: 0,
            sealed_at: DateTime::<Utc>::MIN_UTC,
            kept_since: now - KEPT,
        }
    }

    /// The last seal seen, 0 before the first.
    pub const fn number(&self) -> i64 {
        self.number
    }

    /// The last place seen.
    pub const fn position(&self) -> i64 {
        self.position
    }

    /// The hash of the last seal.
    pub fn hash(&self) -> &[u8] {
        &self.hash
    }

    /// How many of the rows retention deleted.
    pub const fn purged(&self) -> u64 {
        self.purged
    }

    /// Goes on to the next seal, whose places are these.
    pub fn over(&mut self, seal: &Seal, links: &[Link]) -> Result<(), Broken> {
        if seal.number != self.number + 1 {
            return Err(Broken::NoSeal(self.number + 1));
        }
        let broken =
            Broken::Seal { number: seal.number, first: seal.first_position, last: seal.last_position };
        if seal.first_position != self.position + 1 || seal.previous_hash != self.hash {
            return Err(broken);
        }
        if seal.sealed_at < self.sealed_at {
            return Err(Broken::Backdated(seal.number));
        }
        let may_be_purged = seal.sealed_at < self.kept_since;
        let mut hash = Sha256::new();
        let (number, first, last) = (seal.number, seal.first_position, seal.last_position);
        hash.update(format!("[{number}, {first}, {last}, {}]", seal.sealed_at.timestamp_micros()));
        hash.update(&self.hash);
        let mut links = links.iter();
        for position in first..=last {
            let link = links.next().filter(|link| link.position == position).ok_or(Broken::Gap(position))?;
            self.purged += u64::from(intact(link, may_be_purged)?);
            hash.update(&link.digest);
        }
        if hash.finalize().as_slice() != seal.hash {
            return Err(broken);
        }
        self.number = number;
        self.position = last;
        self.sealed_at = seal.sealed_at;
        self.hash.clone_from(&seal.hash);
        Ok(())
    }
}

/// Whether the row of this place was purged; an error when it is not what it was. That retention did it is not hashed, the
/// instant of the seal is: a recent row was not purged, whatever the chain says.
fn intact(link: &Link, may_be_purged: bool) -> Result<bool, Broken> {
    let (position, event) = (link.position, link.event_id);
    match digest(link) {
        Some(digest) if digest == link.digest => Ok(false),
        Some(_) => Err(Broken::Altered { position, event }),
        None if link.is_purged && may_be_purged => Ok(true),
        None => Err(Broken::Removed { position, event }),
    }
}

/// What the row says, as `audit_digest` of the schema computes it; none when it is gone.
fn digest(link: &Link) -> Option<Vec<u8>> {
    let (seq, at) = (link.seq?, link.at?.timestamp_micros());
    let id = |id: Option<Uuid>| id.map_or_else(|| "null".to_owned(), |id| format!("\"{id}\""));
    let mut row = vec![
        seq.to_string(),
        id(Some(link.event_id)),
        at.to_string(),
        quoted(link.actor_kind.as_deref()),
        id(link.actor_id),
        id(link.organisation_id),
        quoted(link.action.as_deref()),
        quoted(link.subject_kind.as_deref()),
        id(link.subject_id),
        link.payload.clone().unwrap_or_default(),
        id(link.request_id),
    ];
    // What was sealed before anybody could act in somebody's place says nothing of it, and verifies as it did.
    row.extend(link.impersonator_id.map(|impersonator| id(Some(impersonator))));
    Some(Sha256::digest(format!("[{}]", row.join(", "))).to_vec())
}

fn quoted(text: Option<&str>) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
#[path = "chain/tests.rs"]
mod tests;
