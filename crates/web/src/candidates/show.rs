//! `/candidates/{id}`: a person's file. Opening it is kept, and the person sees who did (D4).

use askama::Template;
use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use iae_app::Ctx;
use iae_app::candidates::open_file;
use iae_app::candidates::queries::{ApplicationSent, Birth, FilePage, Profile};
use iae_domain::Actor;
use iae_domain::actor::AuthorisedPrescriber;
use iae_domain::applications::StateCode;
use iae_domain::eligibility::{Diagnosis, Viewer, last_considered_valid};
use iae_domain::pass::{Pass, validity, waiting_period};
use iae_domain::time::paris_date;

use crate::applications::state_badge::{StateBadge, of_application};
use crate::error::{PageResult, ok, see_other};
use crate::filters;
use crate::layout::Layout;
use crate::paths::{CandidatePath, EligibilityPath, EmployersPath, MyFilePath};
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "candidates/show.html")]
pub struct ShowPage {
    layout: Layout,
    today: NaiveDate,
    actor: Actor,
    profile: Profile,
    applications: Vec<ApplicationSent>,
    diagnoses: Vec<Diagnosis>,
    passes: Vec<Pass>,
    /// Whether they may read the page of the PASS that counts.
    reads_pass: bool,
}

impl ShowPage {
    /// The PASS that counts, valid or not (rule book 03 §4.5).
    fn pass(&self) -> Option<&Pass> {
        waiting_period::latest_pass(&self.passes, self.today)
    }

    fn is_valid(&self, pass: &Pass) -> bool {
        pass.parcours.is_valid(self.today)
    }

    fn waiting_until(&self) -> Option<NaiveDate> {
        waiting_period::waiting_until(&self.passes, self.today)
    }

    /// The diagnosis that counts for whoever looks (rule book 03 §2.7).
    fn diagnosis(&self) -> Option<&Diagnosis> {
        let has_valid_pass = waiting_period::has_valid_pass(&self.passes, self.today);
        last_considered_valid(&self.diagnoses, Viewer::of(&self.actor), has_valid_pass, self.today)
    }

    /// Whether diagnoses are anything to whoever looks (CAN-C).
    const fn is_of_iae(&self) -> bool {
        Viewer::of(&self.actor).is_of_iae()
    }

    const fn pass_title(&self) -> &'static str {
        if self.is_of_iae() { "Éligibilité et PASS IAE" } else { "PASS IAE" }
    }

    /// Where a prescripteur habilité validates or renews the eligibility; none for the others, and with a valid PASS.
    fn eligibility_href(&self) -> Option<String> {
        let authorised = AuthorisedPrescriber::try_from(self.actor.clone()).is_ok();
        let needed = !waiting_period::has_valid_pass(&self.passes, self.today);
        let path = || EligibilityPath { id: self.profile.identity.candidate }.to_string();
        (authorised && needed).then(path)
    }

    fn eligibility_action(&self) -> &'static str {
        if self.diagnosis().is_some() {
            "Mettre à jour l’éligibilité"
        } else {
            "Valider l’éligibilité"
        }
    }

    fn employers_href(&self) -> String {
        format!("{EmployersPath}?for={}", self.profile.identity.candidate)
    }

    fn birth_place(&self) -> String {
        self.profile.birth.as_ref().map(birth_place).unwrap_or_default()
    }

    fn day(at: &DateTime<Utc>) -> NaiveDate {
        paris_date(*at)
    }

    /// Until when a diagnosis is shown as valid: its PASS prolongs it (rule book 03 §2.7).
    fn shown_until(&self, diagnosis: &Diagnosis) -> Option<NaiveDate> {
        validity::diagnosis_shown_until(diagnosis, &self.passes, self.today)
    }

    const fn badge(state: StateCode) -> StateBadge {
        of_application(state)
    }
}

/// The place of birth, in words.
pub(super) fn birth_place(birth: &Birth) -> String {
    match birth {
        Birth::Commune(commune) => commune.clone(),
        Birth::Country(country) => country.name().to_owned(),
    }
}

/// Opens the file; a candidate has their own page for it.
pub async fn get(
    path: CandidatePath,
    State(state): State<WebState>,
    ctx: Ctx<Actor>,
    layout: Layout,
) -> PageResult {
    if ctx.actor.candidate() == Some(path.id) {
        return see_other(MyFilePath.to_string());
    }
    let FilePage { profile, applications, diagnoses, passes } = open_file(&state, &ctx, path.id).await?;
    let today = ctx.today();
    let latest = waiting_period::latest_pass(&passes, today);
    let reads_pass = latest.is_some_and(|pass| profile.readable_passes.contains(&pass.id));
    ok(&ShowPage { layout, today, actor: ctx.actor, profile, applications, diagnoses, passes, reads_pass })
}
