//! What the flow could not do, for someone to look at.

use super::super::{CompanyKind, Siret};
use super::ConventionKey;

/// Something left as it was, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remark {
    /// A structure has no row among the conventions.
    NoConvention {
        /// Its line.
        line: u64,
        /// What names it.
        key: ConventionKey,
    },
    /// The SIREN of a structure is not that of the signature of its convention (CMP-8).
    OtherSiren {
        /// Its line.
        line: u64,
        /// Its SIRET.
        siret: Siret,
        /// The one that signed.
        signature: Siret,
    },
    /// A structure changed its SIREN: only its SIRET may (CMP-12).
    SirenChanged {
        /// Its line.
        line: u64,
        /// The SIRET it has.
        before: Siret,
        /// The one of the file.
        after: Siret,
    },
    /// Another company has this SIRET and this kind (CMP-4, CMP-12).
    SiretTaken {
        /// Its line.
        line: u64,
        /// The SIRET of the file.
        siret: Siret,
        /// Its kind.
        kind: CompanyKind,
    },
    /// The convention is signed by a SIREN that its companies do not have.
    SignatureOfOthers {
        /// Its line.
        line: u64,
        /// The SIRET of the file.
        signature: Siret,
    },
    /// A convention should fall, but the team reactivated it less than 90 days ago (CMP-10).
    Protected {
        /// The convention.
        key: ConventionKey,
    },
    /// A company that the team created is not confirmed after 90 days, and has been used (CMP-13).
    Unconfirmed {
        /// Its SIRET.
        siret: Siret,
        /// Its kind.
        kind: CompanyKind,
    },
    /// A company that a member created has no member left, and has been used (CMP-13).
    WithoutMember {
        /// Its SIRET.
        siret: Siret,
        /// Its kind.
        kind: CompanyKind,
    },
    /// A company was to be deleted, but something still holds on to it (CMP-14).
    StillHeld {
        /// Its SIRET.
        siret: Siret,
        /// Its kind.
        kind: CompanyKind,
    },
}
