//! What may be chosen in the filters of the search.

use iae_app::reference::queries::DepartmentRow;
use iae_domain::directory::{ContractType, Distance, JobDomain};
use iae_domain::organisations::CompanyKind;

use super::SearchFrame;
use crate::choice::Choice;

/// The distances offered.
pub(crate) fn distance_choices(chosen: Distance) -> Vec<Choice> {
    let choice = |distance: &Distance| {
        Choice::new(distance.km().to_string(), format!("{}\u{a0}km", distance.km()))
            .selected_if(*distance == chosen)
    };
    Distance::ALL.iter().map(choice).collect()
}

impl SearchFrame {
    /// The distances.
    pub fn distances(&self) -> Vec<Choice> {
        distance_choices(self.query.filters.distance)
    }

    /// The kinds of employers.
    pub fn kinds(&self) -> Vec<Choice> {
        let chosen = &self.query.filters.kinds;
        let choice =
            |kind: &CompanyKind| Choice::new(kind.code(), kind.label()).selected_if(chosen.contains(kind));
        CompanyKind::ALL.iter().map(choice).collect()
    }

    /// The départements around the commune.
    pub fn departments(&self) -> Vec<Choice> {
        let chosen = &self.query.filters.departments;
        let choice = |row: &DepartmentRow| {
            let label = format!("{} ({})", row.name, row.code);
            Choice::new(row.code.as_str(), label).selected_if(chosen.contains(&row.code))
        };
        self.departments.iter().map(choice).collect()
    }

    /// The arrondissements of the results; empty outside Paris, Lyon and Marseille.
    pub fn districts(&self) -> Vec<Choice> {
        let offered = self.found.as_ref().map(|found| found.districts.clone()).unwrap_or_default();
        let chosen = &self.query.filters.districts;
        let choice =
            |code: String| Choice::new(code.as_str(), code.as_str()).selected_if(chosen.contains(&code));
        offered.into_iter().map(choice).collect()
    }

    /// The contract types.
    pub fn contract_types(&self) -> Vec<Choice> {
        let chosen = &self.query.filters.contract_types;
        let choice = |contract: &ContractType| {
            Choice::new(contract.code(), contract.label()).selected_if(chosen.contains(contract))
        };
        ContractType::ALL.iter().map(choice).collect()
    }

    /// The domains of jobs.
    pub fn domains(&self) -> Vec<Choice> {
        let chosen = &self.query.filters.domains;
        let choice = |domain: JobDomain| {
            Choice::new(domain.letter(), domain.label()).selected_if(chosen.contains(&domain))
        };
        JobDomain::all().map(choice).collect()
    }
}
