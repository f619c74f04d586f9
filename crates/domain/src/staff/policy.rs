//! What a member of the team may do in the staff area (STF-1): each screen asks for a named right.

use crate::actor::StaffActor;
use crate::policy::Denied;

/// A named right of the staff area (01 §13).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StaffRight {
    /// Find people, read their accounts.
    ReadUsers,
    /// Deactivate and reactivate accounts, change an address, let a provider's subject change once (USR-15, USR-17, OID-12),
    /// move the data of a candidate to another file, decide on the correction of a NIR (CNR-1).
    ChangeUsers,
    /// Close the way in by password of many accounts.
    DisablePasswords,
    /// See the platform as somebody (AUT-30).
    Impersonate,
    /// Make one account of two of the same professional.
    MergeUsers,
    /// Find organisations, read their cards, members, conventions.
    ReadOrganisations,
    /// Create and change organisations, their members, the active flag of their conventions (CMP-10), decide on the authorisation
    /// and the kind of a prescriber organisation (PRE-7 to PRE-9).
    ChangeOrganisations,
    /// Merge, split and transfer organisations.
    MergeOrganisations,
    /// Deliver a PASS by hand or refuse it, correct its days, cancel a hire (03 §4.7, §4.10, 02 ADM-1).
    ChangePasses,
    /// Write announcements.
    Announce,
    /// Open campaigns of control and turn them (04 §1.21).
    TurnCampaigns,
    /// Find applications, read one and its PASS, see there whose they are (02 ADM-5, §6.7, 03 §1).
    ReadApplications,
    /// Read campaigns of control, how each was drawn, the structures it controls (04 §1.21).
    ReadCampaigns,
    /// Read the imports of official files, and what they rejected.
    ReadImports,
    /// Read the mails that were written, whoever they are for.
    ReadEmails,
    /// Send again a mail that was given up.
    SendEmails,
    /// Read the tasks that are not done.
    ReadJobs,
    /// Read the trail of all that was done, by whom (STF-2).
    ReadAudit,
}

impl StaffRight {
    /// Every right.
    pub const ALL: &'static [Self] = &[
        Self::ReadUsers,
        Self::ChangeUsers,
        Self::DisablePasswords,
        Self::Impersonate,
        Self::MergeUsers,
        Self::ReadOrganisations,
        Self::ChangeOrganisations,
        Self::MergeOrganisations,
        Self::ChangePasses,
        Self::Announce,
        Self::TurnCampaigns,
        Self::ReadApplications,
        Self::ReadCampaigns,
        Self::ReadImports,
        Self::ReadEmails,
        Self::SendEmails,
        Self::ReadJobs,
        Self::ReadAudit,
    ];
}

/// Whether this member of the team holds this right.
///
/// # Errors
///
/// [`Denied::Role`] when no group of theirs gives it (STF-1).
pub fn ensure(actor: &StaffActor, right: StaffRight) -> Result<(), Denied> {
    if actor.holds(right) { Ok(()) } else { Err(Denied::Role) }
}
