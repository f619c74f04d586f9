//! `/pass/{id}/certificate`: the printable attestation (rule book 03 §4.14, W9), as a page or as a PDF.

pub mod pdf;

use askama::Template;
use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use iae_app::pass::queries::{Contract, PassDetail};
use iae_app::{App, Ctx, Error, links, pass};
use iae_domain::Actor;
use iae_domain::ids::PassId;
use iae_domain::pass::{PassState, policy, remaining};
use iae_domain::time::paris_date;
use url::Url;

use crate::error::{PageError, PageResult, ok};
use crate::filters;
use crate::impersonation::banner::SeenAs;
use crate::paths::{CertificatePath, CertificatePdfPath, PassPath};
use crate::state::WebState;

/// The document.
#[derive(Template)]
#[template(path = "pass/certificate.html")]
pub struct CertificatePage {
    pass: PassDetail,
    employer: Option<Contract>,
    /// Where its code is checked.
    check: Url,
    pdf: String,
    back: String,
    seen: Option<SeenAs>,
    today: NaiveDate,
}

impl CertificatePage {
    fn state(&self) -> &'static str {
        self.pass.parcours().state(self.today).label()
    }

    fn remaining(&self) -> String {
        remaining(self.pass.parcours(), self.today)
    }

    fn counted(&self) -> &'static str {
        iae_pdf::counted(self.is_suspended())
    }

    fn is_suspended(&self) -> bool {
        self.pass.parcours().state(self.today) == PassState::Suspended
    }

    #[expect(clippy::unused_self, reason = "askama calls it as a method")]
    fn day(&self, at: &DateTime<Utc>) -> NaiveDate {
        paris_date(*at)
    }
}

/// Shows the document, to the holder and to those who hired them with this PASS.
pub async fn get(
    CertificatePath { id }: CertificatePath,
    State(app): State<WebState>,
    ctx: Ctx<Actor>,
    seen: Option<SeenAs>,
) -> PageResult {
    ok(&CertificatePage { seen, ..open(&app, &ctx, id).await? })
}

/// What the document says, for those who may print it.
async fn open(app: &App, ctx: &Ctx<Actor>, id: PassId) -> Result<CertificatePage, PageError> {
    let pass = pass::open(app, ctx, id).await?;
    policy::print_certificate(&ctx.actor, pass.candidate, pass.relation()).map_err(Error::from)?;
    let organisation = ctx.actor_record().organisation;
    let employer =
        pass.contracts.iter().rev().find(|contract| Some(contract.company) == organisation).cloned();
    let check = links::attestation(&app.config);
    let pdf = CertificatePdfPath { id }.to_string();
    let back = PassPath { id }.to_string();
    Ok(CertificatePage { pass, employer, check, pdf, back, seen: None, today: ctx.today() })
}
