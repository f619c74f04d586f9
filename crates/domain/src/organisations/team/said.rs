//! What is said of an organisation, field by field: what the trail keeps of a change, and what its recap shows.

use std::collections::BTreeMap;

use crate::code::code;
use crate::organisations::{CompanySource, OrganisationName, Seat, Website};
use crate::text::{Email, PhoneNumber};

code! {
    /// A field that the team changes.
    TeamField {
        Name = "name", "Nom officiel";
        Brand = "brand", "Nom d’usage";
        Address = "address", "Adresse";
        Department = "department", "Département";
        Phone = "phone", "Téléphone";
        Email = "email", "Adresse e-mail publique";
        Website = "website", "Site web";
        AuthEmail = "official_email", "Adresse e-mail officielle";
        Convention = "attached_convention", "Convention";
        Source = "company_source", "Origine";
    }
}

/// What an organisation is called, where it is, how it is reached.
#[derive(Debug, Clone, PartialEq)]
pub struct TeamCard {
    /// Its official name.
    pub name: OrganisationName,
    /// What a company goes by, when it is something else (ORG-7).
    pub brand: Option<OrganisationName>,
    /// Where it is; of institutions only the département is known.
    pub seat: Option<Seat>,
    /// Its département, when the seat does not say it.
    pub department: Option<String>,
    /// The phone that everyone reads.
    pub phone: Option<PhoneNumber>,
    /// The address that everyone reads.
    pub email: Option<Email>,
    /// Its web site.
    pub website: Option<Website>,
}

impl TeamCard {
    /// Its département.
    pub fn department(&self) -> Option<&str> {
        self.seat.as_ref().map(|seat| seat.department.as_str()).or(self.department.as_deref())
    }

    /// The same, field by field.
    pub fn said(&self) -> Said {
        let address = self.seat.as_ref().map(|seat| {
            let line_2 = seat.line_2.as_ref().map_or("", |line| line.as_str());
            one_line(&[seat.line_1.as_str(), line_2, &format!("{} {}", seat.post_code, seat.city)])
        });
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        Said::of([
            (TeamField::Name, self.name.as_str().to_owned()),
            (TeamField::Brand, text(self.brand.as_ref().map(OrganisationName::as_str))),
            (TeamField::Address, address.unwrap_or_default()),
            (TeamField::Department, text(self.department())),
            (TeamField::Phone, text(self.phone.as_ref().map(PhoneNumber::as_str))),
            (TeamField::Email, text(self.email.as_ref().map(Email::as_str))),
            (TeamField::Website, text(self.website.as_ref().map(Website::as_str))),
        ])
    }
}

/// An address as it is compared: « 1 rue des Tanneurs, 57000 Metz ».
fn one_line(lines: &[&str]) -> String {
    let lines = lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(", ")
}

/// What is said of an organisation; what is blank is nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said(BTreeMap<TeamField, String>);

impl Said {
    /// From each field.
    pub fn of(fields: impl IntoIterator<Item = (TeamField, String)>) -> Self {
        Self(fields.into_iter().filter(|(_, text)| !text.is_empty()).collect())
    }

    /// The address of three lines, as it is compared.
    pub fn address(line_1: &str, line_2: &str, town: &str) -> String {
        one_line(&[line_1, line_2, town])
    }

    /// What it says of a field, in words.
    pub fn get(&self, field: TeamField) -> &str {
        let text = self.0.get(&field).map_or("", String::as_str);
        match field {
            TeamField::Source => CompanySource::parse(text).map_or(text, |source| source.label()),
            TeamField::Name
            | TeamField::Brand
            | TeamField::Address
            | TeamField::Department
            | TeamField::Phone
            | TeamField::Email
            | TeamField::Website
            | TeamField::AuthEmail
            | TeamField::Convention => text,
        }
    }

    /// The same, with another field.
    #[must_use]
    pub fn with(mut self, field: TeamField, text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() {
            self.0.remove(&field);
        } else {
            self.0.insert(field, text);
        }
        self
    }

    /// The fields that another says otherwise.
    pub fn changed(&self, after: &Self) -> Vec<TeamField> {
        let all = TeamField::ALL.iter().copied();
        all.filter(|field| self.0.get(field) != after.0.get(field)).collect()
    }
}
