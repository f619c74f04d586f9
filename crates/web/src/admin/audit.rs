//! `/admin/audit`: the audit trail, and the part of it that tells of one thing or of one person.

use std::fmt;

use axum_extra::routing::TypedPath as _;
use iae_app::admin::list::{AuditRow, AuditTrail};
use iae_domain::actor::StaffActor;
use iae_domain::ids::UserId;
use url::form_urlencoded;
use uuid::Uuid;

use super::staff_page::staff_page;
use crate::error::PageResult;
use crate::list::{Asking, Look, Plain, Shown};
use crate::paths::AuditPath;

/// The journal of a thing, or what somebody did, as an address of the trail. In a template
/// `crate::admin::audit::AuditQuery::of("organisation", of.id.0)`, `AuditQuery::by(user)`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AuditQuery {
    /// The kind of thing, as the trail names it: the first word of its actions.
    pub aggregate: Option<&'static str>,
    /// The thing.
    pub id: Option<Uuid>,
    /// The account that acted, itself or in the place of somebody.
    pub user: Option<UserId>,
}

impl AuditQuery {
    /// What happened to a thing.
    pub fn of(aggregate: &'static str, id: &Uuid) -> Self {
        Self { aggregate: Some(aggregate), id: Some(*id), user: None }
    }

    /// What somebody did.
    pub fn by(user: &UserId) -> Self {
        Self { user: Some(*user), ..Self::default() }
    }
}

/// The address.
impl fmt::Display for AuditQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if let Some(aggregate) = self.aggregate {
            query.append_pair("aggregate", aggregate);
        }
        if let Some(id) = self.id {
            query.append_pair("subject", &id.to_string());
        }
        if let Some(user) = self.user {
            query.append_pair("user", &user.to_string());
        }
        write!(f, "{}?{}", AuditPath::PATH, query.finish())
    }
}

impl Shown for AuditTrail {
    const NOUN: [&'static str; 3] = ["ligne", "lignes", "Aucune ligne ne correspond"];

    fn path(&self) -> String {
        AuditPath.to_string()
    }

    fn look(&self, column: &str, row: &AuditRow) -> Look {
        let deeds = |user: UserId| AuditQuery::by(&user).to_string();
        match column {
            "actor" => match (row.actor_id, row.impersonator_id) {
                (Some(user), Some(team)) => {
                    Look::LinkAnd(deeds(user), "Tout ce qu’a fait la personne de l’équipe", deeds(team))
                }
                (Some(user), None) => Look::Link(deeds(user)),
                (None, _) => Look::Plain,
            },
            "organisation" => {
                let page = row.organisation_id.and_then(|id| staff_page(self.reader(), "organisation", id.0));
                page.map_or(Look::Plain, Look::Link)
            }
            "subject" if row.has_subject() => {
                let journal = AuditQuery { id: Some(row.subject_id), ..AuditQuery::default() }.to_string();
                let page = staff_page(self.reader(), &row.subject_kind, row.subject_id);
                match page.filter(|_| self.reader().may_see(row.is_of_superuser)) {
                    Some(page) => Look::LinkAnd(page, "Journal de cet objet", journal),
                    None => Look::Link(journal),
                }
            }
            _ => Look::Plain,
        }
    }
}

impl Plain for AuditTrail {
    const TITLE: &'static str = "Journal d’audit";
    const LEAD: &'static str = "Qui a fait quoi, quand, pour quelle organisation. Ces lignes ne se modifient ni ne s’effacent. La colonne Objet mène à la page de chaque chose et à son journal, la colonne Par qui à tout ce qu’un compte a fait, y compris à la place de quelqu’un. Une personne ne se cherche pas ici par son nom\u{a0}: ouvrez sa page depuis «\u{a0}Comptes\u{a0}», elle mène à ce que la personne a fait.";
    const EMPTY: [&'static str; 3] = ["Aucune ligne", "Rien ne s’est encore passé.", "inbox"];
    const IS_OF_TEAM: bool = true;
}

/// Shows a page of the trail.
pub async fn get(_: AuditPath, asking: Asking<StaffActor>) -> PageResult {
    let trail = AuditTrail::of(&asking.ctx)?;
    asking.answer(trail).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_a_journal_says_what_it_is_of() {
        let id = Uuid::nil();
        assert_eq!(
            AuditQuery::of("pass", &id).to_string(),
            format!("/admin/audit?aggregate=pass&subject={id}")
        );
        assert_eq!(AuditQuery::by(&UserId(id)).to_string(), format!("/admin/audit?user={id}"));
    }
}
