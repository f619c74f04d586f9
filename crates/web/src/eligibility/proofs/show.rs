//! `/applications/{id}/proofs`: the proofs that an SIAE keeps of the criteria it declared at a hire; one is deposited.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum_extra::extract::Query;
use chrono::{DateTime, NaiveDate, Utc};
use iae_app::documents::ReceivedFile;
use iae_app::eligibility::proofs::deposit;
use iae_app::eligibility::proofs::queries::{KeptProof, Vault, vault};
use iae_app::{App, Ctx, Error, Failure};
use iae_domain::actor::EmployerActor;
use iae_domain::eligibility::{Criterion, DeclaredCriterion};
use iae_domain::ids::EligibilityProofId;
use serde::Deserialize;
use tower_sessions::Session;

use super::form::{DepositForm, seen};
use super::messages::{self, KIND, PROOF};
use crate::applications::state_badge::StateBadge;
use crate::choice::Choice;
use crate::documents::messages::limits;
use crate::documents::upload::Incoming;
use crate::error::{PageResult, ok, page_with};
use crate::filters;
use crate::flash;
use crate::forms::FieldErrors;
use crate::french;
use crate::layout::Layout;
use crate::paths::EligibilityProofsPath;
use crate::state::WebState;
use crate::transition::NotDone;

/// The page.
#[derive(Template)]
#[template(path = "eligibility/proofs/show.html")]
pub struct ProofsPage {
    layout: Layout,
    vault: Vault,
    today: NaiveDate,
    form: DepositForm,
    /// What a file may be.
    limits: String,
    /// A colleague deposited a document of the same day since the page was read (D32).
    is_overtaken: bool,
    errors: FieldErrors,
}

/// Which criterion a document is for.
#[derive(Debug, Default, Deserialize)]
pub struct ProofsQuery {
    /// Its code.
    #[serde(default)]
    criterion: String,
}

/// A criterion that was declared, and the proofs of it.
struct CriterionLine {
    criterion: Criterion,
    state: StateBadge,
    is_certified: bool,
    expected: String,
    /// Where a proof of it is deposited.
    deposit: String,
    kept: Vec<KeptLine>,
}

/// A proof that is kept.
struct KeptLine {
    id: EligibilityProofId,
    dated_on: NaiveDate,
    deposited_by: String,
    deposited_at: DateTime<Utc>,
    until: String,
    /// It holds for this hire.
    is_valid: bool,
}

impl ProofsPage {
    fn new(layout: Layout, vault: Vault, today: NaiveDate) -> Self {
        let mut open = vault.hire.criteria.iter().filter(|declared| !declared.is_certified);
        let only = match (open.next(), open.next()) {
            (Some(only), None) => only.criterion.code().to_owned(),
            _ => String::new(),
        };
        let form = DepositForm { criterion: only, seen: seen(&vault), ..DepositForm::default() };
        let (limits, errors) = (limits(KIND), FieldErrors::default());
        Self { layout, vault, today, form, limits, is_overtaken: false, errors }
    }

    fn lines(&self) -> Vec<CriterionLine> {
        self.vault.hire.criteria.iter().map(|declared| self.line(*declared)).collect()
    }

    fn line(&self, declared: DeclaredCriterion) -> CriterionLine {
        let DeclaredCriterion { criterion, is_certified, .. } = declared;
        let kept: Vec<_> = self.vault.kept_of(criterion).map(|proof| self.kept(proof)).collect();
        let state = if is_certified {
            messages::CERTIFIED
        } else if kept.iter().any(|proof| proof.is_valid) {
            messages::KEPT
        } else {
            messages::TO_DEPOSIT
        };
        let here = EligibilityProofsPath { id: self.vault.hire.application };
        CriterionLine {
            criterion,
            state,
            is_certified,
            expected: messages::expected(&self.vault, criterion),
            deposit: format!("{here}?criterion={}#deposit", criterion.code()),
            kept,
        }
    }

    fn kept(&self, proof: &KeptProof) -> KeptLine {
        KeptLine {
            id: proof.id,
            dated_on: proof.dated_on,
            deposited_by: proof.deposited_by.clone(),
            deposited_at: proof.deposited_at,
            until: messages::kept_until(proof),
            is_valid: self.vault.is_valid(proof),
        }
    }

    /// The criteria a document may prove.
    fn choices(&self) -> Vec<Choice> {
        let choice = |declared: &DeclaredCriterion| {
            let (code, label) = (declared.criterion.code(), declared.criterion.label());
            Choice::new(code, label)
                .with_hint(messages::expected(&self.vault, declared.criterion))
                .selected_if(self.form.criterion == code)
        };
        let open = self.vault.hire.criteria.iter().filter(|declared| !declared.is_certified);
        open.map(choice).collect()
    }

    /// The last day a document may say.
    fn latest(&self) -> NaiveDate {
        self.vault.hire.starts_on.min(self.today)
    }

    fn day_hint(&self) -> String {
        format!("Celle qu’il porte, le {} au plus tard.", french::date(self.latest()))
    }

    /// Keeps the file; or says that the document it would take the place of was not seen.
    async fn deposit(
        &self,
        app: &App,
        ctx: &Ctx<EmployerActor>,
        files: Vec<ReceivedFile>,
    ) -> Result<bool, NotDone> {
        let hire = &self.vault.hire;
        let (deposited, file) = self.form.parse(&self.vault, files, self.today)?;
        match deposit(app, ctx, hire.application, &deposited, file).await {
            Ok(()) => Ok(true),
            Err(Failure::App(Error::Conflict)) => Ok(false),
            Err(Failure::App(error)) => Err(error.into()),
            Err(Failure::Refused(refused)) => Err(messages::refused(refused, hire.starts_on).into()),
        }
    }
}

/// Shows what is kept, criterion by criterion.
pub async fn get(
    EligibilityProofsPath { id }: EligibilityProofsPath,
    State(state): State<WebState>,
    ctx: Ctx<EmployerActor>,
    layout: Layout,
    Query(query): Query<ProofsQuery>,
) -> PageResult {
    let mut page = ProofsPage::new(layout, vault(&state, &ctx, id).await?, ctx.today());
    if !query.criterion.is_empty() {
        page.form.criterion = query.criterion;
    }
    ok(&page)
}

/// Keeps a document, in the place of the one of the same day.
pub async fn post(
    EligibilityProofsPath { id }: EligibilityProofsPath,
    State(state): State<WebState>,
    ctx: Ctx<EmployerActor>,
    session: Session,
    layout: Layout,
    incoming: Incoming,
) -> PageResult {
    let kept = vault(&state, &ctx, id).await?;
    let mut upload = incoming.read(&state, &[(PROOF, KIND)]).await?;
    let form: DepositForm = upload.typed()?;
    let page = ProofsPage { form, ..ProofsPage::new(layout, kept, ctx.today()) };
    match page.deposit(&state, &ctx, upload.take_files(PROOF)).await {
        Ok(true) => {
            let told = "Il vous sera proposé si cette embauche est contrôlée.";
            flash::done(&session, "Justificatif déposé", told, EligibilityProofsPath { id }).await
        }
        Ok(false) => {
            let kept = vault(&state, &ctx, id).await?;
            let form = DepositForm { seen: seen(&kept), ..page.form.clone() };
            page_with(StatusCode::CONFLICT, &ProofsPage { vault: kept, form, is_overtaken: true, ..page })
        }
        Err(not_done) => not_done.again(|errors| {
            let form = DepositForm { seen: seen(&page.vault), ..page.form.clone() };
            ProofsPage { form, errors, ..page }
        }),
    }
}
