//! `/admin/users/{id}`: an account, all that the team reads of it, and what may be done.

use askama::Template;
use axum::extract::State;
use chrono::NaiveDate;
use iae_app::Ctx;
use iae_app::accounts::oversight::list::shown_address;
use iae_app::accounts::oversight::queries::{AccountDetail, MembershipLine};
use iae_app::accounts::oversight::read_account;
use iae_domain::accounts::UserKind;
use iae_domain::actor::StaffActor;
use iae_domain::staff::StaffRight;

use super::state_badge;
use crate::admin::audit::AuditQuery;
use crate::applications::state_badge::StateBadge;
use crate::error::{PageResult, ok};
use crate::filters;
use crate::layout::Layout;
use crate::paths::{AdminDataTransferPath, AdminUserPath};
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "admin/users/show.html")]
pub struct AccountPage {
    layout: Layout,
    of: AccountDetail,
    reader: StaffActor,
}

impl AccountPage {
    fn badge(&self) -> StateBadge {
        state_badge(self.of.account.overseen.is_active)
    }

    fn is_candidate(&self) -> bool {
        self.of.account.overseen.kind == UserKind::JobSeeker
    }

    fn is_professional(&self) -> bool {
        self.of.account.overseen.kind == UserKind::Professional
    }

    fn is_of_team(&self) -> bool {
        self.of.account.overseen.kind == UserKind::Staff
    }

    /// Its address, as the person wrote it.
    fn email(&self) -> Option<&str> {
        let account = &self.of.account.overseen;
        Some(shown_address(account.email.as_ref()?.as_str(), account.is_active))
    }

    /// How one signs in to it.
    fn road(&self) -> &'static str {
        let account = &self.of.account.overseen;
        if !account.is_active {
            return "Aucune, le compte est désactivé";
        }
        match (account.identities.is_empty(), account.has_password) {
            (false, _) => "Par un fournisseur d’identité",
            (true, true) => "Par mot de passe",
            (true, false) => "Par aucun moyen encore",
        }
    }

    /// The day of the terms they accepted last.
    fn terms_of(&self) -> Option<NaiveDate> {
        self.of.facts.terms_version.as_ref()?.parse().ok()
    }

    /// The groups of a member of the team, in words.
    fn groups(&self) -> String {
        let groups = self.of.facts.groups();
        if self.of.account.is_superuser {
            return "Tous les droits".to_owned();
        }
        groups.iter().map(|group| group.label()).collect::<Vec<_>>().join(", ")
    }

    fn role(line: &MembershipLine) -> &'static str {
        match (line.is_active, line.is_admin) {
            (false, _) => "N’en fait plus partie",
            (true, true) => "Administrateur",
            (true, false) => "Membre",
        }
    }

    fn may_change(&self) -> bool {
        self.reader.holds(StaffRight::ChangeUsers)
    }

    fn may_deactivate(&self) -> bool {
        let account = &self.of.account.overseen;
        self.may_change() && account.is_active && account.user != self.reader.user
    }

    fn may_reactivate(&self) -> bool {
        self.may_change() && self.of.account.overseen.is_reactivable()
    }

    fn may_change_email(&self) -> bool {
        let account = &self.of.account.overseen;
        self.may_change() && account.is_active && account.is_local()
    }

    fn may_change_subject(&self) -> bool {
        let account = &self.of.account.overseen;
        self.may_change() && account.is_active && !account.is_local()
    }

    /// AUT-30.
    fn may_impersonate(&self) -> bool {
        let account = &self.of.account.overseen;
        self.reader.holds(StaffRight::Impersonate)
            && account.is_active
            && account.email.is_some()
            && !self.is_of_team()
    }

    fn may_merge(&self) -> bool {
        self.reader.holds(StaffRight::MergeUsers)
            && self.is_professional()
            && self.of.facts.merged_into().is_none()
    }

    fn may_transfer(&self) -> bool {
        self.may_change() && self.is_candidate()
    }

    fn data_transfer(&self) -> AdminDataTransferPath {
        AdminDataTransferPath { id: self.of.account.overseen.user.into() }
    }

    fn has_acts(&self) -> bool {
        self.may_deactivate()
            || self.may_reactivate()
            || self.may_change_email()
            || self.may_change_subject()
            || self.may_impersonate()
            || self.may_merge()
            || self.may_transfer()
    }

    /// Whether the reader follows a link to a PASS (STF-1).
    fn reads_passes(&self) -> bool {
        self.reader.holds(StaffRight::ReadApplications)
    }

    /// Whether they follow one to an organisation.
    fn reads_organisations(&self) -> bool {
        self.reader.holds(StaffRight::ReadOrganisations)
    }

    /// Whether they read the trail.
    fn reads_audit(&self) -> bool {
        self.reader.holds(StaffRight::ReadAudit)
    }

    fn journal(&self) -> AuditQuery {
        AuditQuery::of("account", &self.of.account.overseen.user.0)
    }

    fn deeds(&self) -> AuditQuery {
        AuditQuery::by(&self.of.account.overseen.user)
    }
}

/// Shows it.
pub async fn get(
    AdminUserPath { id }: AdminUserPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    layout: Layout,
) -> PageResult {
    let of = read_account(&state, &ctx, id).await?;
    ok(&AccountPage { layout, of, reader: ctx.actor })
}
