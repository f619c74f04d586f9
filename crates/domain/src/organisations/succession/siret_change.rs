//! The SIRET of a structure changes: it moved, or its legal unit did.

use chrono::{DateTime, NaiveDate, Utc};

use super::super::{CompanySource, OrganisationChange, OrganisationEvent, Siret};
use super::{Structure, Succession, SuccessionKind, SuccessionRefused, effective};
use crate::Changed;
use crate::ids::SuccessionId;
use crate::staff::SupportRemark;
use crate::time::{paris_date, paris_midnight};

/// A change of SIRET that is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiretChange {
    /// The SIRET it takes.
    pub siret: Siret,
    /// The day it took effect.
    pub effective_on: NaiveDate,
    /// Why the team records it.
    pub remark: SupportRemark,
}

/// What is said before the team confirms: nothing of it forbids the change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SiretWarning {
    /// It is another legal unit.
    OtherSiren,
    /// Its convention is signed by another legal unit than the new one (CMP-8).
    Convention,
    /// So many antennas keep the former SIREN (CMP-8, CMP-20).
    Antennas(i64),
    /// The paying agency writes its SIRET every week (CMP-12).
    Flow,
    /// Its check digit is wrong: a slip of the finger, or a public body (ORG-2).
    Key,
}

/// A SIRET that changed, to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedSiret {
    /// The succession it is kept as.
    pub succession: Succession,
    /// The SIRET it had.
    pub before: Siret,
    /// The SIRET it takes.
    pub siret: Siret,
    /// From when it had the new one, when that is not now.
    pub since: Option<DateTime<Utc>>,
}

impl AsRef<Succession> for ChangedSiret {
    fn as_ref(&self) -> &Succession {
        &self.succession
    }
}

impl Structure {
    /// What its change to this SIRET is worth knowing.
    pub fn warnings(&self, siret: &Siret) -> Vec<SiretWarning> {
        let mut warnings = Vec::new();
        if !siret.has_its_key() {
            warnings.push(SiretWarning::Key);
        }
        let is_other = self.siren().is_some_and(|siren| siren != siret.siren());
        if is_other {
            warnings.push(SiretWarning::OtherSiren);
        }
        let Some(company) = self.company.as_ref() else { return warnings };
        let signature = company.convention.as_ref().map(|(_, signature)| signature.siren());
        if signature.is_some_and(|signature| signature != siret.siren()) {
            warnings.push(SiretWarning::Convention);
        }
        if is_other && company.antennas > 0 {
            warnings.push(SiretWarning::Antennas(company.antennas));
        }
        if company.source == CompanySource::Asp {
            warnings.push(SiretWarning::Flow);
        }
        warnings
    }

    /// Changes its SIRET (CMP-5); whether another one has it is for the database to say (CMP-4).
    pub fn change_siret(
        &self,
        id: SuccessionId,
        change: SiretChange,
        today: NaiveDate,
    ) -> Result<Changed<ChangedSiret>, SuccessionRefused> {
        if self.is_closed {
            return Err(SuccessionRefused::Closed);
        }
        let before = self.siret.clone().ok_or(SuccessionRefused::NoSiret)?;
        if before == change.siret {
            return Err(SuccessionRefused::SameSiret);
        }
        effective(change.effective_on, today)?;
        let since = (change.effective_on < today).then(|| paris_midnight(change.effective_on));
        if let (Some(since), Some(held)) = (since, self.held_since)
            && since <= held
        {
            return Err(SuccessionRefused::BeforeSiret(paris_date(held)));
        }
        let shares = self.company.as_ref().filter(|company| company.source == CompanySource::UserCreated);
        let signature = shares.and_then(|company| company.convention.as_ref());
        if signature.is_some_and(|(_, signature)| signature.siren() != change.siret.siren()) {
            return Err(SuccessionRefused::AntennaSiren);
        }
        let event = OrganisationEvent {
            organisation: self.id,
            change: OrganisationChange::SiretChanged {
                succession: id,
                before: before.as_str().to_owned(),
                after: change.siret.as_str().to_owned(),
            },
        };
        let SiretChange { siret, effective_on, remark } = change;
        let kind = SuccessionKind::SiretChange;
        let succession = Succession { id, kind, source: self.id, target: self.id, effective_on, remark };
        Ok(Changed::new(ChangedSiret { succession, before, siret, since }, event))
    }
}
