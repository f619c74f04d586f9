//! `/sign-up/companies/{id}`: what one does to join this company. Where somebody is, they are asked to invite; where nobody is, a link is
//! sent to its official address (SGN-7, SGN-8).

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use iae_app::organisations::sign_up::queries::{Company, company};
use iae_app::organisations::sign_up::{ShownAs, ask_to_join, send_link};
use iae_app::{App, Failure};
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::sign_up::CompanyLinkRefused;
use serde::Deserialize;
use tower_sessions::Session;

use super::{Newcomer, messages};
use crate::error::{PageError, PageResult, ok, page_with};
use crate::filters;
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::french::spaced;
use crate::layout::Layout;
use crate::paths::CompanySignUpPath;
use crate::state::WebState;
use crate::transition::OrSay as _;

/// The page.
#[derive(Template)]
#[template(path = "organisations/sign_up/company.html")]
pub struct CompanyPage {
    layout: Layout,
    company: Company,
    /// When it is read.
    now: DateTime<Utc>,
    /// What happened since the page was read (D32).
    news: Option<String>,
    errors: FieldErrors,
}

/// What is asked.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct CompanyForm {
    /// `join`: its members are asked; `link`: its official address is.
    act: String,
}

impl CompanyPage {
    /// The company, when it is active: no other exists for whoever signs up.
    async fn load(app: &App, newcomer: &Newcomer, layout: Layout, id: OrganisationId) -> PageResult<Self> {
        let company = company(app, id, newcomer.user()).await?.ok_or(PageError::NotFound)?;
        Ok(Self { layout, company, now: newcomer.ctx.now, news: None, errors: FieldErrors::default() })
    }

    /// When whoever reads asked its members, and when they may ask again.
    fn asked(&self) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        self.company.asked(self.now)
    }

    /// Where a link would be sent, as whoever signs up reads it.
    fn address(&self) -> Option<String> {
        self.company.redacted_address()
    }
}

/// Says what to do.
pub async fn get(
    CompanySignUpPath { id }: CompanySignUpPath,
    State(state): State<WebState>,
    newcomer: Newcomer,
    layout: Layout,
) -> PageResult {
    ok(&CompanyPage::load(&state, &newcomer, layout, id).await?)
}

/// Asks its members, or its official address. When somebody came in since the page was read, says so: they are asked instead (409, D32).
pub async fn post(
    CompanySignUpPath { id }: CompanySignUpPath,
    State(state): State<WebState>,
    newcomer: Newcomer,
    session: Session,
    layout: Layout,
    Form(form): Form<CompanyForm>,
) -> PageResult {
    let user = newcomer.user();
    let (asked, told) = match form.act.as_str() {
        "join" => {
            let asked = ask_to_join(&state, &newcomer.ctx, user, id, &ShownAs::Company).await;
            (asked.or_say(messages::join), messages::JOIN_ASKED)
        }
        "link" => {
            let sent = send_link(&state, &newcomer.ctx, user, id).await;
            if let Err(Failure::Refused(CompanyLinkRefused::HasMembers)) = sent {
                let page = CompanyPage::load(&state, &newcomer, layout, id).await?;
                let news = Some(spaced(messages::SOMEBODY_CAME));
                return page_with(StatusCode::CONFLICT, &CompanyPage { news, ..page });
            }
            (sent.or_say(messages::link), messages::LINK_SENT)
        }
        _ => return Err(PageError::Malformed),
    };
    match asked {
        Ok(()) => flash::done(&session, told.0, told.1, CompanySignUpPath { id }).await,
        Err(not_done) => {
            let page = CompanyPage::load(&state, &newcomer, layout, id).await?;
            not_done.again(|errors| CompanyPage { errors, ..page })
        }
    }
}
