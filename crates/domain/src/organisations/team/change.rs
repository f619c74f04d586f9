//! What the team changes of an organisation: what it is called, where it is, how it is reached, and of a company that the State does not
//! say it of, its official address and its convention (rule book 01 §13, CMP-13).

use chrono::{DateTime, Utc};

use super::create::{attachable, ensure_located, source_of};
use super::{FoundConvention, Said, TeamCard, TeamField, TeamRefused};
use crate::Changed;
use crate::ids::{ConventionId, OrganisationId};
use crate::organisations::{
    CompanyKind, CompanySource, InstitutionKind, OrganisationChange, OrganisationEvent, OrganisationFamily,
    Siret,
};
use crate::text::Email;

/// What is a company's alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TendedCompany {
    /// Its kind, which never changes.
    pub kind: CompanyKind,
    /// Its SIRET, which a succession changes, and keeps the history of (CMP-5).
    pub siret: Siret,
    /// Where it comes from.
    pub source: CompanySource,
    /// Its convention, and the number of that one.
    pub convention: Option<(ConventionId, i32)>,
    /// Its official address.
    pub auth_email: Option<Email>,
}

impl TendedCompany {
    /// Whether the State says what its official address and its convention are (rule book 01 §13).
    pub const fn is_of_the_state(&self) -> bool {
        match self.source {
            CompanySource::Asp => true,
            CompanySource::Geiq | CompanySource::UserCreated | CompanySource::StaffCreated => false,
        }
    }

    fn said(&self, said: Said) -> Said {
        let convention = self.convention.map(|(_, number)| number.to_string()).unwrap_or_default();
        said.with(TeamField::AuthEmail, self.auth_email.as_ref().map_or("", |email| email.as_str()))
            .with(TeamField::Convention, convention)
            .with(TeamField::Source, self.source.code())
    }

    /// What it becomes; nothing the State says changes, whatever a form sends.
    fn change(self, asked: &CompanyAsked, found: Option<&FoundConvention>) -> Result<Self, TeamRefused> {
        if self.is_of_the_state() {
            return Ok(self);
        }
        let convention = attachable(self.kind, &self.siret, asked.convention, found)?;
        if convention.is_none() && self.convention.is_some() {
            return Err(TeamRefused::ConventionKept);
        }
        Ok(Self {
            source: source_of(self.source, convention),
            convention: convention.zip(asked.convention),
            auth_email: asked.auth_email.clone(),
            ..self
        })
    }
}

/// What is asked of a company.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CompanyAsked {
    /// Its official address.
    pub auth_email: Option<Email>,
    /// Number of its convention at the paying agency.
    pub convention: Option<i32>,
}

/// An organisation, as it is under its lock.
#[derive(Debug, Clone, PartialEq)]
pub struct Tended {
    /// The organisation.
    pub id: OrganisationId,
    /// Its family.
    pub family: OrganisationFamily,
    /// When what is known of it last changed (D32).
    pub version: DateTime<Utc>,
    /// What is said of it, its company aside.
    pub said: Said,
    /// What is a company's alone.
    pub company: Option<TendedCompany>,
    /// The kind of an institution, which never changes.
    pub institution: Option<InstitutionKind>,
}

/// What it becomes.
#[derive(Debug, Clone, PartialEq)]
pub struct TendedChange {
    /// The organisation.
    pub id: OrganisationId,
    /// Its family.
    pub family: OrganisationFamily,
    /// What is said of it from now on.
    pub card: TeamCard,
    /// The same of its company.
    pub company: Option<TendedCompany>,
}

impl Tended {
    /// What is said of it.
    pub fn all_said(&self) -> Said {
        self.company.as_ref().map_or_else(|| self.said.clone(), |company| company.said(self.said.clone()))
    }

    /// What it would become, and what would be said of it.
    fn becoming(
        &self,
        card: TeamCard,
        asked: &CompanyAsked,
        found: Option<&FoundConvention>,
    ) -> Result<(TendedChange, Said), TeamRefused> {
        if let Some(kind) = self.institution {
            ensure_located(kind, &card)?;
        }
        let company = self.company.clone().map(|company| company.change(asked, found)).transpose()?;
        let said = card.said();
        // Where nobody types a seat, that which the files brought stays.
        let said = match card.seat {
            Some(_) => said,
            None => said.with(TeamField::Address, self.said.get(TeamField::Address)),
        };
        let said = company.as_ref().map_or_else(|| said.clone(), |company| company.said(said.clone()));
        Ok((TendedChange { id: self.id, family: self.family, card, company }, said))
    }

    /// Changes it, as it was seen at that time (D32).
    pub fn change(
        &self,
        seen: Option<DateTime<Utc>>,
        card: TeamCard,
        asked: &CompanyAsked,
        found: Option<&FoundConvention>,
    ) -> Result<Changed<TendedChange>, TeamRefused> {
        if seen != Some(self.version) {
            return Err(TeamRefused::Overtaken);
        }
        let (after, said) = self.becoming(card, asked, found)?;
        let changes = self.all_said().changed(&said);
        if changes.is_empty() {
            return Err(TeamRefused::Unchanged);
        }
        let change = OrganisationChange::ChangedByTeam { changes };
        Ok(Changed::new(after, OrganisationEvent { organisation: self.id, change }))
    }

    /// Each field that would change, with what it says now and what it would say.
    pub fn preview(
        &self,
        card: TeamCard,
        asked: &CompanyAsked,
        found: Option<&FoundConvention>,
    ) -> Result<Vec<(TeamField, String, String)>, TeamRefused> {
        let before = self.all_said();
        let (_, after) = self.becoming(card, asked, found)?;
        let said = |field| (field, before.get(field).to_owned(), after.get(field).to_owned());
        Ok(before.changed(&after).into_iter().map(said).collect())
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::organisations::profile::tests::profile;

    fn card() -> TeamCard {
        let profile = profile();
        TeamCard {
            name: profile.name,
            brand: None,
            seat: Some(profile.seat),
            department: None,
            phone: None,
            email: None,
            website: None,
        }
    }

    fn at() -> DateTime<Utc> {
        "2026-05-04T09:00:00Z".parse().unwrap()
    }

    fn tended(source: CompanySource, kind: CompanyKind, convention: Option<i32>) -> Tended {
        let company = TendedCompany {
            kind,
            siret: Siret::parse("38012345600011").unwrap(),
            source,
            convention: convention.map(|number| (ConventionId(Uuid::from_u128(3)), number)),
            auth_email: None,
        };
        let id = OrganisationId(Uuid::from_u128(1));
        let family = OrganisationFamily::Company;
        Tended { id, family, version: at(), said: card().said(), company: Some(company), institution: None }
    }

    fn becomes(of: &Tended, convention: Option<i32>) -> Result<(CompanySource, Option<i32>), TeamRefused> {
        let siret_signature = Siret::parse("38012345600029").unwrap();
        let id = ConventionId(Uuid::from_u128(2));
        let found = convention.map(|asp_id| FoundConvention { id, asp_id, siret_signature });
        let asked = CompanyAsked { auth_email: Email::parse("direction@exemple.fr").ok(), convention };
        let changed = of.change(Some(at()), card(), &asked, found.as_ref())?;
        let company = changed.into_parts().0.company.unwrap();
        Ok((company.source, company.convention.map(|(_, number)| number)))
    }

    /// CMP-13, CMP-17, rule book 01 §13.
    #[test]
    fn a_convention_is_attached_or_changed_where_the_state_does_not_say_it() {
        use CompanySource::{StaffCreated, UserCreated};
        let aci = CompanyKind::Aci;
        for (before, asked, expected) in [
            ((StaffCreated, None), Some(7), Ok((UserCreated, Some(7)))),
            ((StaffCreated, None), None, Ok((StaffCreated, None))),
            ((UserCreated, Some(5)), Some(7), Ok((UserCreated, Some(7)))),
            ((UserCreated, Some(5)), None, Err(TeamRefused::ConventionKept)),
        ] {
            assert_eq!(becomes(&tended(before.0, aci, before.1), asked), expected, "{before:?} {asked:?}");
        }
        let of_state = tended(CompanySource::Asp, aci, Some(5));
        assert_eq!(becomes(&of_state, Some(7)), Err(TeamRefused::Unchanged), "whatever a form sends");
        let geiq = tended(CompanySource::Geiq, CompanyKind::Geiq, None);
        assert_eq!(becomes(&geiq, Some(7)), Err(TeamRefused::NoConvention));
    }

    /// Rule book 01 §5: an institution of a département or of a région is somewhere; its address comes from a file and stays.
    #[test]
    fn an_institution_keeps_its_departement_and_its_address() {
        use InstitutionKind::{DdetsIae, DgefpIae, DreetsIae};
        let none = CompanyAsked::default();
        for (kind, department, expected) in [
            (DdetsIae, Some("54"), Ok(vec![TeamField::Department])),
            (DdetsIae, None, Err(TeamRefused::Department)),
            (DreetsIae, None, Err(TeamRefused::Department)),
            (DgefpIae, None, Ok(vec![TeamField::Department])),
        ] {
            let of = |department: Option<&str>| TeamCard {
                seat: None,
                department: department.map(ToOwned::to_owned),
                ..card()
            };
            let said = of(Some("57")).said().with(TeamField::Address, "57000 Metz");
            let tended = Tended {
                family: OrganisationFamily::Institution,
                said,
                company: None,
                institution: Some(kind),
                ..tended(CompanySource::Asp, CompanyKind::Aci, None)
            };
            let fields = |lines: Vec<(TeamField, String, String)>| {
                lines.into_iter().map(|(field, ..)| field).collect::<Vec<_>>()
            };
            assert_eq!(tended.preview(of(department), &none, None).map(fields), expected, "{kind}");
        }
    }

    #[test]
    fn what_changes_is_told_field_by_field_and_an_old_page_changes_nothing() {
        let of = tended(CompanySource::StaffCreated, CompanyKind::Aci, None);
        let card = TeamCard { email: Email::parse("contact@exemple.fr").ok(), ..card() };
        let asked = CompanyAsked::default();
        let preview = of.preview(card.clone(), &asked, None).unwrap();
        assert_eq!(preview, [(TeamField::Email, String::new(), "contact@exemple.fr".to_owned())]);
        let late = of.change(None, card.clone(), &asked, None);
        assert_eq!(late.map(drop), Err(TeamRefused::Overtaken), "D32");
        assert!(of.change(Some(at()), card, &asked, None).is_ok());
    }
}
