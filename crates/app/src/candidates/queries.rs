//! Candidates, as pages show them. Every query starts from the actor: without relation there is nothing (D4), and
//! whoever may not see an identity gets a masked name and no personal data at all (PII-4).

mod file;
mod openings;

use chrono::NaiveDate;
use iae_domain::Actor;
use iae_domain::candidates::policy::{self, Standing};
use iae_domain::candidates::{Missing, Nir, PersonName, ShownName, Title};
use iae_domain::ids::{CandidateId, OrganisationId, UserId};
use iae_domain::text::Email;

pub(super) use file::file_page;
pub use file::{ApplicationSent, Birth, FilePage, Profile, Residence, own_profile};
pub(super) use openings::opened_today;
pub use openings::{ConsentGiven, Opening, consents, openings};

use crate::error::Result;
use crate::{App, Ctx, Db};

/// Who a person is, for whoever asks.
#[derive(Debug, Clone)]
pub struct Identity {
    /// The person.
    pub candidate: CandidateId,
    /// « Prénom NOM », or masked: « P… N… ».
    pub name: ShownName,
    /// Whether the rest is known as well, and completing the file allowed (USR-10, PII-2).
    pub sees_identity: bool,
    /// Whether the name is the real one (D30).
    pub sees_name: bool,
    /// Whether the person's file was created by the actor.
    pub created_by_actor: bool,
    /// Civil title; none when masked.
    pub title: Option<Title>,
    /// Date of birth; none when masked.
    pub birth_date: Option<NaiveDate>,
    /// Address; none when masked.
    pub email: Option<Email>,
    /// Phone number; none when masked.
    pub phone: Option<String>,
    /// What the file lacks.
    pub missing: Missing,
    /// Whether the actor may attach the NIR they looked the person up by: none is known (FND-4).
    pub takes_nir: bool,
}

struct IdentityRow {
    candidate: CandidateId,
    created_by: Option<UserId>,
    is_related: bool,
    has_applied: bool,
    name: PersonName,
    title: Option<String>,
    email: Option<Email>,
    phone: Option<String>,
    birth_date: Option<NaiveDate>,
    has_nir: bool,
    has_nir_answer: bool,
    has_france_travail_answer: bool,
    has_birth_place: bool,
    has_address: bool,
}

/// The person's identity, masked for those who may not see it; none without relation.
pub(super) async fn identity(app: &App, ctx: &Ctx<Actor>, id: CandidateId) -> Result<Option<Identity>> {
    let row = sqlx::query_as!(
        IdentityRow,
        r#"
        SELECT c.id AS candidate
             , c.created_by AS "created_by: UserId"
             , (SELECT is_related FROM read_is_related(c.id, $2)) AS "is_related!"
             , (SELECT has_applied_for FROM read_has_applied_for(c.id, $3)) AS "has_applied!"
             , full_name(u.first_name, u.last_name) AS "name!"
             , u.title
             , u.email AS "email: Email"
             , u.phone
             , c.birth_date
             , c.nir IS NOT NULL AS "has_nir!"
             , (c.nir IS NOT NULL OR c.nir_missing_reason IS NOT NULL) AS "has_nir_answer!"
             , (c.france_travail_id IS NOT NULL OR c.france_travail_id_missing_reason IS NOT NULL)
                   AS "has_france_travail_answer!"
             , has_birth_place(c) AS "has_birth_place!"
             , has_address(c) AS "has_address!"
        FROM candidates c
        JOIN users u ON u.id = c.id
        WHERE c.id = $1
        "#,
        id as _,
        ctx.actor_record().organisation as Option<OrganisationId>,
        ctx.actor_record().user as Option<UserId>,
    )
    .fetch_optional(&app.db)
    .await?;
    Ok(row.and_then(|row| row.seen_by(&ctx.actor)))
}

/// The redacted address of the account that has this NIR: for a person who may have two (FND-6).
pub async fn redacted_email_of(db: &Db, nir: &Nir) -> Result<Option<String>> {
    let email = sqlx::query_scalar!(
        r#"
        SELECT u.email AS "email: Email"
        FROM candidates c
        JOIN users u ON u.id = c.id
        WHERE c.nir = $1
        "#,
        nir.as_str(),
    )
    .fetch_optional(db)
    .await?;
    Ok(email.flatten().as_ref().map(Email::redacted))
}

impl IdentityRow {
    fn seen_by(self, actor: &Actor) -> Option<Identity> {
        let standing = Standing {
            candidate: self.candidate,
            created_by: self.created_by,
            is_related: self.is_related,
            has_applied: self.has_applied,
        };
        if !policy::may_open(actor, &standing) {
            return None;
        }
        let sees_identity = policy::sees_identity(actor, &standing);
        Some(Identity {
            candidate: self.candidate,
            name: policy::shown_name(actor, &standing, self.name),
            sees_identity,
            sees_name: policy::sees_name(actor, &standing),
            created_by_actor: self.created_by.is_some() && self.created_by == actor.record().user,
            missing: Missing {
                phone: self.phone.is_none(),
                birth_date: self.birth_date.is_none(),
                birth_place: !self.has_birth_place,
                nir: !self.has_nir_answer,
                france_travail: !self.has_france_travail_answer,
                address: !self.has_address,
            },
            takes_nir: !self.has_nir && policy::attach_nir(actor, &standing) == Some(Ok(())),
            title: self.title.as_deref().and_then(Title::parse).filter(|_| sees_identity),
            birth_date: self.birth_date.filter(|_| sees_identity),
            email: self.email.filter(|_| sees_identity),
            phone: self.phone.filter(|_| sees_identity),
        })
    }
}
