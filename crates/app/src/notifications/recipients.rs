//! Whom mails go to, and who reads the answers, from addresses loaded once for a whole commit.

mod queries;

use iae_domain::actor::ActorRecord;
use iae_domain::ids::{OrganisationId, UserId};
use iae_domain::notifications::{AnswersTo, Notice, Recipient};
use iae_domain::text::Email;
use sqlx::PgConnection;

use crate::AppConfig;
use crate::error::Result;
use queries::Address;

/// The addresses of everyone a commit tells something.
pub(super) struct Addresses {
    actor: Option<UserId>,
    /// What the file changed in this commit gave as an address before.
    former: Option<Email>,
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

/// Loads the addresses `notices` need, in one statement; one more for a former address.
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
            Recipient::Actor => needed.people.extend(by.user.map(|user| user.0)),
            Recipient::Support => {}
        }
        match notice.answers_to {
            AnswersTo::Organisation(organisation) => needed.answering.push(organisation.0),
            AnswersTo::Support => {}
        }
    }
    Ok(Addresses { actor: by.user, former, all: queries::addresses(db, &needed).await? })
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
            Recipient::Professional { user, organisation } => {
                let copies = organisation.filter(|organisation| self.has_left(user, *organisation));
                let copies = copies.map(|organisation| self.copies(user, organisation));
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

    /// NOT-3: whoever left is copied to the administrators of the organisation they acted for, who read why.
    fn copies(&self, user: UserId, organisation: OrganisationId) -> Envelope {
        let of_user = self.person(user).map_or("la personne qui suivait ce dossier", |person| &person.name);
        let administered = self.organisation(organisation).map_or("votre structure", |known| &known.name);
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
