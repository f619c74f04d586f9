//! Whom mails go to, and who reads the answers, from addresses loaded once for a whole commit.

mod queries;

use std::collections::HashMap;

use iae_domain::actor::ActorRecord;
use iae_domain::event::Subject;
use iae_domain::ids::{AccountLetterId, InvitationId, OrganisationId, UserId};
use iae_domain::notifications::{AnswersTo, Notice, Recipient};
use iae_domain::text::Email;
use sqlx::PgConnection;

use crate::AppConfig;
use crate::error::Result;
use queries::{Address, Follower};

/// The addresses of everyone a commit tells something.
pub(super) struct Addresses {
    actor: Option<UserId>,
    /// What the file changed in this commit gave as an address before.
    former: Option<Email>,
    /// Of companies, in the official data.
    official: HashMap<OrganisationId, Email>,
    /// Of people who are invited.
    invited: HashMap<InvitationId, Email>,
    /// Of letters about accounts.
    letters: HashMap<AccountLetterId, Email>,
    /// Who follows what somebody began before they left.
    followers: Vec<Follower>,
    all: Vec<Address>,
}

/// People who receive the same mail, word for word.
pub(super) struct Envelope {
    pub to: Vec<Email>,
    /// Why they receive it, when it was meant for someone else.
    pub note: Option<String>,
}

/// Who reads the answers.
pub(super) struct Answers {
    pub email: Email,
    pub name: String,
}

/// Loads the addresses `notices` need, in one statement; one more for a former address, for official ones, for people who are invited,
/// and for what is followed in place of somebody who left.
pub(super) async fn load(db: &mut PgConnection, by: &ActorRecord, notices: &[Notice]) -> Result<Addresses> {
    let mut needed = queries::Needed::default();
    let mut former = None;
    for notice in notices {
        match notice.recipient {
            Recipient::Administrators(organisation) | Recipient::OtherAdministrators { organisation, .. } => {
                needed.left.push(organisation.0);
            }
            Recipient::Members(organisation) => needed.members.push(organisation.0),
            Recipient::Candidate(candidate) => needed.people.push(candidate.0),
            Recipient::FormerAddress(candidate) => former = queries::former_address(db, candidate).await?,
            Recipient::Professional { user, organisation } => {
                needed.people.push(user.0);
                needed.left.extend(organisation.map(|organisation| organisation.0));
            }
            Recipient::OfficialAddress(organisation) => needed.official.push(organisation.0),
            Recipient::Invited(invitation) => needed.invited.push(invitation.0),
            Recipient::Letter(letter) => needed.letters.push(letter.0),
            Recipient::Actor => needed.people.extend(by.user.map(|user| user.0)),
            Recipient::Support => {}
        }
        match notice.answers_to {
            AnswersTo::Organisation(organisation) => needed.answering.push(organisation.0),
            AnswersTo::Support => {}
        }
    }
    let official = queries::official_addresses(db, &needed.official).await?;
    let invited = queries::invited_addresses(db, &needed.invited).await?;
    let letters = queries::letter_addresses(db, &needed.letters).await?;
    let all = queries::addresses(db, &needed).await?;
    let mut addresses =
        Addresses { actor: by.user, former, official, invited, letters, followers: vec![], all };
    let followed: Vec<Subject> = notices.iter().filter_map(|notice| addresses.left_behind(notice)).collect();
    addresses.followers = queries::followers(db, &followed).await?;
    Ok(addresses)
}

impl Addresses {
    /// Who receives a notice. People without address or whose account is closed receive nothing (NOT-2).
    pub(super) fn envelopes(&self, notice: &Notice, config: &AppConfig) -> Vec<Envelope> {
        match notice.recipient {
            Recipient::Members(organisation) => {
                vec![plain(self.members(organisation).filter_map(|member| member.email.clone()))]
            }
            Recipient::Administrators(organisation) => {
                vec![plain(self.administrators(organisation).filter_map(|admin| admin.email.clone()))]
            }
            Recipient::OtherAdministrators { organisation, than } => {
                let others = self.administrators(organisation).filter(|admin| admin.user != Some(than));
                vec![plain(others.filter_map(|admin| admin.email.clone()))]
            }
            Recipient::Candidate(candidate) => vec![plain(self.email(UserId(candidate.0)))],
            Recipient::FormerAddress(_) => vec![plain(self.former.clone())],
            Recipient::OfficialAddress(organisation) => {
                vec![plain(self.official.get(&organisation).cloned())]
            }
            Recipient::Invited(invitation) => vec![plain(self.invited.get(&invitation).cloned())],
            Recipient::Letter(letter) => vec![plain(self.letters.get(&letter).cloned())],
            Recipient::Professional { user, organisation } => {
                let copies = organisation.filter(|organisation| self.has_left(user, *organisation));
                let copies = copies.map(|organisation| self.copies(user, organisation, notice));
                std::iter::once(plain(self.email(user))).chain(copies).collect()
            }
            Recipient::Actor => vec![plain(self.actor.and_then(|user| self.email(user)))],
            Recipient::Support => vec![plain([config.support_email.clone()])],
        }
    }

    /// Who reads the answers to a notice.
    pub(super) fn answers(&self, notice: &Notice, config: &AppConfig) -> Answers {
        let organisation = match notice.answers_to {
            AnswersTo::Organisation(id) => self.organisation(id),
            AnswersTo::Support => None,
        };
        let public = organisation.and_then(|organisation| {
            // What the directory holds was typed by people or imported.
            let email = Email::parse(organisation.email.as_ref()?.as_str()).ok()?;
            Some(Answers { email, name: organisation.name.clone() })
        });
        public.unwrap_or_else(|| Answers {
            email: config.support_email.clone(),
            name: "l’équipe de Parcours IAE".to_owned(),
        })
    }

    /// What a notice to somebody who left their organisation is about.
    fn left_behind(&self, notice: &Notice) -> Option<Subject> {
        match notice.recipient {
            Recipient::Professional { user, organisation: Some(organisation) } => {
                self.has_left(user, organisation).then(|| notice.mail.about())
            }
            Recipient::Professional { organisation: None, .. }
            | Recipient::Members(_)
            | Recipient::Administrators(_)
            | Recipient::OtherAdministrators { .. }
            | Recipient::Candidate(_)
            | Recipient::FormerAddress(_)
            | Recipient::OfficialAddress(_)
            | Recipient::Invited(_)
            | Recipient::Letter(_)
            | Recipient::Actor
            | Recipient::Support => None,
        }
    }

    /// NOT-3: whoever left is copied to the colleague who follows the thing since (rule book 01 MEM-7), or else to the
    /// administrators of the organisation they acted for; they read why.
    fn copies(&self, user: UserId, organisation: OrganisationId, notice: &Notice) -> Envelope {
        let of_user = self.person(user).map_or("la personne qui suivait ce dossier", |person| &person.name);
        let administered = self.organisation(organisation).map_or("votre structure", |known| &known.name);
        let is_followed = |follower: &&Follower| {
            follower.organisation == organisation && follower.about == notice.mail.about()
        };
        if let Some(follower) = self.followers.iter().find(is_followed) {
            let note = format!(
                "Vous recevez cette copie parce que ce dossier vous a été confié quand {of_user} a quitté {administered}."
            );
            return Envelope { to: vec![follower.email.clone()], note: Some(note) };
        }
        Envelope {
            to: self.administrators(organisation).filter_map(|admin| admin.email.clone()).collect(),
            note: Some(format!(
                "Vous recevez cette copie parce que vous administrez {administered}, que {of_user} a quitté."
            )),
        }
    }

    fn has_left(&self, user: UserId, organisation: OrganisationId) -> bool {
        !self.members(organisation).any(|member| member.user == Some(user))
    }

    fn email(&self, user: UserId) -> Option<Email> {
        self.person(user).and_then(|person| person.email.clone())
    }

    fn person(&self, user: UserId) -> Option<&Address> {
        self.all.iter().find(|address| address.organisation.is_none() && address.user == Some(user))
    }

    fn members(&self, organisation: OrganisationId) -> impl Iterator<Item = &Address> {
        let of =
            move |address: &&Address| address.organisation == Some(organisation) && address.user.is_some();
        self.all.iter().filter(of)
    }

    fn administrators(&self, organisation: OrganisationId) -> impl Iterator<Item = &Address> {
        self.members(organisation).filter(|member| member.is_admin)
    }

    fn organisation(&self, id: OrganisationId) -> Option<&Address> {
        self.all.iter().find(|address| address.organisation == Some(id) && address.user.is_none())
    }
}

fn plain(to: impl IntoIterator<Item = Email>) -> Envelope {
    Envelope { to: to.into_iter().collect(), note: None }
}
