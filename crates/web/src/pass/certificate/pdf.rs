//! `/pass/{id}/certificate.pdf`: the same attestation, to keep and to hand over (PDF/UA, ADR 29).

use axum::extract::State;
use iae_app::Ctx;
use iae_domain::Actor;
use iae_domain::time::Period;
use iae_domain::time::paris_date;
use iae_pdf::{Attestation, Diagnosis, Employer, Verification, attestation};

use super::{CertificatePage, open};
use crate::documents::sent;
use crate::error::{PageError, PageResult};
use crate::paths::CertificatePdfPath;
use crate::state::WebState;

/// Sends it to those who may read the page.
pub async fn get(
    CertificatePdfPath { id }: CertificatePdfPath,
    State(app): State<WebState>,
    ctx: Ctx<Actor>,
) -> PageResult {
    let document = document(open(&app, &ctx, id).await?);
    let name = format!("attestation_pass_iae_{}.pdf", ctx.today().format("%Y%m%d"));
    let made = tokio::task::spawn_blocking(move || attestation(&document)).await;
    let bytes = made.map_err(PageError::defect)?.map_err(PageError::defect)?;
    Ok(sent::pdf(&name, bytes))
}

/// What the page says, for the PDF.
fn document(page: CertificatePage) -> Attestation {
    let (state, remaining, is_suspended) = (page.state().to_owned(), page.remaining(), page.is_suspended());
    let CertificatePage { pass, employer, check, today, .. } = page;
    let Period { start, end } = pass.period();
    Attestation {
        printed_on: today,
        employer: employer.map(|contract| Employer {
            name: contract.company_name,
            kind: contract.company_kind.label().to_owned(),
            address: contract.company_address,
        }),
        holder: pass.holder.to_string(),
        france_travail_id: pass.france_travail_id,
        number: pass.number.to_string(),
        start,
        end,
        state,
        remaining,
        is_suspended,
        diagnosis: Some(Diagnosis {
            on: paris_date(pass.diagnosed_at),
            author: pass.diagnosis_author,
            organisation: pass.diagnosis_organisation,
        }),
        verification: Some(Verification {
            code: pass.attestation_code.to_string(),
            address: check.to_string(),
        }),
    }
}
