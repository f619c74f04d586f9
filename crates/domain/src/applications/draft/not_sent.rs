//! Why one application of a sending does not leave when the others do.

use crate::applications::SubmitRefused;
use crate::code::code;

code! {
    /// Why an application did not leave: kept, to be named to its sender.
    NotSent {
        AppliedRecently = "applied_recently", "Candidature envoyée il y a moins de 24 heures";
        CompanyBlocks = "company_blocks", "Réception des candidatures suspendue";
        CompanyNotRegistered = "company_not_registered", "Employeur non inscrit";
        CompanyLeft = "company_left", "Employeur qui n’est plus référencé";
        Withdrawn = "withdrawn", "Auto-prescription retirée";
        WaitingPeriod = "waiting_period", "Délai de carence";
        JobsClosed = "jobs_closed", "Poste fermé";
        SpontaneousClosed = "spontaneous_closed", "Candidatures spontanées fermées";
    }
}

impl NotSent {
    /// The refusals that concern one employer. The others concern the sender, the message or the consent: nothing leaves
    /// before they are mended.
    pub const fn of(refused: SubmitRefused) -> Option<Self> {
        match refused {
            SubmitRefused::AppliedRecently => Some(Self::AppliedRecently),
            SubmitRefused::CompanyBlocks => Some(Self::CompanyBlocks),
            SubmitRefused::CompanyNotRegistered => Some(Self::CompanyNotRegistered),
            SubmitRefused::CompanyLeft => Some(Self::CompanyLeft),
            SubmitRefused::Withdrawn(_) => Some(Self::Withdrawn),
            SubmitRefused::WaitingPeriod { .. } => Some(Self::WaitingPeriod),
            SubmitRefused::JobsClosed => Some(Self::JobsClosed),
            SubmitRefused::SpontaneousClosed => Some(Self::SpontaneousClosed),
            SubmitRefused::Role
            | SubmitRefused::OtherCandidate
            | SubmitRefused::JobsNotChosen
            | SubmitRefused::MessageMissing
            | SubmitRefused::Consent(_) => None,
        }
    }
}
