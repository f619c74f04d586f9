//! `/control-campaigns/{id}/draw`: « Comment ce tirage a été fait », for the team, the DDETS and each SIAE with a line in the list, so
//! that anyone of them can do it again (rule book 04 §1.6; `docs/control-draw.md`).

mod file;

use askama::Template;
use axum::extract::State;
use axum_extra::extract::Query;
use chrono::NaiveDate;
use iae_app::Ctx;
use iae_app::control::campaigns::queries::{self, CampaignDetail, DrawDetail, Reader};
use iae_domain::Actor;
use iae_domain::control::{Digest, DrawnCompany, PublishedList, hires_drawn};
use iae_domain::time::paris_date;
use serde::Deserialize;

use crate::error::{PageError, PageResult, ok};
use crate::filters;
use crate::layout::Layout;
use crate::paths::ControlDrawPath;
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "control/campaigns/draw.html")]
pub struct DrawPage {
    layout: Layout,
    draw: DrawDetail,
}

/// Whether the list is taken away rather than read about.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DrawQuery {
    format: String,
}

impl DrawPage {
    fn detail(&self) -> &CampaignDetail {
        &self.draw.detail
    }

    fn list(&self) -> Option<&PublishedList> {
        self.detail().campaign.list.as_ref()
    }

    /// What the value and the hash make, once the value is known.
    fn seed(&self) -> Option<Digest> {
        self.detail().value.as_ref().map(|value| self.draw.list.seed(value))
    }

    fn launched_on(&self) -> Option<NaiveDate> {
        self.detail().campaign.launched_at.map(paris_date)
    }

    const fn reads_all(&self) -> bool {
        matches!(self.draw.reader, Reader::All)
    }

    /// How many SIAE and hires were drawn.
    fn drawn_counts(&self) -> (usize, usize) {
        (self.draw.drawn.len(), self.draw.drawn.iter().map(|one| one.hires.len()).sum())
    }

    /// What was drawn, as far as the reader reads it.
    fn drawn(&self) -> Vec<&DrawnCompany> {
        self.draw.drawn.iter().filter(|one| self.draw.reader.reads(one.company)).collect()
    }

    /// How many lines of the list are of the SIAE that reads, and how many are drawn when it is.
    fn own_lines(&self) -> (u64, u64) {
        let own = self.draw.list.lines().iter().filter(|line| self.draw.reader.reads(line.company));
        let own = own.count() as u64;
        (own, hires_drawn(own))
    }

    /// Whether the SIAE that reads reads the days of the campaign and its control too.
    const fn is_controlled(&self) -> bool {
        matches!(self.draw.reader, Reader::All | Reader::Company { control: Some(_), .. })
    }
}

/// Tells how the draw was made; or sends the list, as far as the reader reads it.
pub async fn get(
    ControlDrawPath { id }: ControlDrawPath,
    State(state): State<WebState>,
    ctx: Ctx<Actor>,
    layout: Layout,
    Query(query): Query<DrawQuery>,
) -> PageResult {
    let draw = queries::draw(&state.db, &ctx, id).await?;
    match (query.format.as_str(), &draw.detail.campaign.list) {
        ("", _) => ok(&DrawPage { layout, draw }),
        ("list", Some(_)) => Ok(file::attachment(&draw)),
        _ => Err(PageError::NotFound),
    }
}
