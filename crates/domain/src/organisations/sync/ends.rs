//! Companies that come to their end: deleted when nothing was ever done with them, else hidden or told (CMP-13 to CMP-15).

use super::super::CompanySource;
use super::draft::Draft;
use super::{EndReason, Remark, SyncedCompany, UNCONFIRMED_KEPT};
use crate::ids::OrganisationId;

impl Draft<'_> {
    /// Antennas first: a company of the flow is only deleted once it has none left (CMP-14).
    pub(super) fn end_companies(&mut self) {
        let (antennas, others): (Vec<OrganisationId>, Vec<OrganisationId>) = self
            .companies
            .values()
            .map(|company| company.id)
            .partition(|id| self.companies.get(id).is_some_and(|one| one.source != CompanySource::Asp));
        for id in antennas.into_iter().chain(others) {
            let Some(company) = self.companies.get(&id) else { continue };
            let Some(reason) = self.end_of(company) else { continue };
            if self.is_deletable(company) {
                self.ended.insert(id, reason);
            } else {
                self.keep(id, reason);
            }
        }
    }

    /// Why it comes to its end, if it does; one that another replaced came to it already, and is kept.
    fn end_of(&self, company: &SyncedCompany) -> Option<EndReason> {
        if company.is_closed {
            return None;
        }
        let now = self.moment.now;
        match company.source {
            CompanySource::StaffCreated => {
                let waits = company.kind.is_siae() && company.convention.is_none();
                (waits && company.created_at + UNCONFIRMED_KEPT <= now).then_some(EndReason::Unconfirmed)
            }
            CompanySource::UserCreated if !company.has_member => Some(EndReason::WithoutMember),
            CompanySource::UserCreated | CompanySource::Asp => {
                let convention = company.convention.and_then(|id| self.conventions.get(&id))?;
                company.has_expired(convention, now).then_some(EndReason::Expired)
            }
            CompanySource::Geiq => None,
        }
    }

    /// Nothing was done with it, nobody is in it (MEM-1 keeps who belongs), no antenna hangs on it (CMP-14).
    fn is_deletable(&self, company: &SyncedCompany) -> bool {
        let has_antenna = || {
            let convention = company.convention.filter(|_| company.source == CompanySource::Asp);
            convention.is_some_and(|id| self.of_convention(id).any(|other| other.id != company.id))
        };
        company.is_unused && !company.has_member && !has_antenna()
    }

    /// What becomes of a company that cannot be deleted: told, and hidden once its grace is over.
    fn keep(&mut self, id: OrganisationId, reason: EndReason) {
        let now = self.moment.now;
        let Some(company) = self.companies.get_mut(&id) else { return };
        let (siret, kind) = company.place();
        match reason {
            EndReason::Unconfirmed => self.remarks.push(Remark::Unconfirmed { siret, kind }),
            EndReason::WithoutMember => self.remarks.push(Remark::WithoutMember { siret, kind }),
            EndReason::Expired => {}
        }
        let convention = company.convention.and_then(|id| self.conventions.get(&id));
        if company.is_searchable && convention.is_some_and(|one| company.has_expired(one, now)) {
            company.is_searchable = false;
            company.hidden_at = Some(now);
        }
    }

    /// What the flow hid is found again once its convention is in force.
    pub(super) fn show_again(&mut self) {
        for company in self.companies.values_mut() {
            let convention = company.convention.and_then(|id| self.conventions.get(&id));
            if company.hidden_at.is_some() && convention.is_some_and(|one| one.is_active) {
                company.is_searchable = true;
                company.hidden_at = None;
            }
        }
    }
}
