//! The staff area: who of the team may do what there (STF-1).

mod group;
mod impersonation;
pub mod policy;
mod remark;

pub use group::{GroupChanged, GroupRefused, StaffGroup, Teammate, change_group, rights};
pub use impersonation::{
    EndedImpersonation, Facts as ImpersonationFacts, ImpersonationEnd, ImpersonationRefused, LONGEST,
    NewImpersonation, REASON_MAX_CHARS, Reason, Target, end as end_impersonation, impersonate, lapsed,
    may_be_seen_as,
};
pub use policy::{StaffRight, ensure};
pub use remark::{NewRemark, REMARK_MAX_CHARS, RemarkOn, SupportRemark, explain};
