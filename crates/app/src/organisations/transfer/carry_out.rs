//! Moves what a plan says.

use iae_domain::Changed;
use iae_domain::organisations::transfer::{Category, Plan};

use super::store::{close, hires, members, pass, people, profile};
use crate::Work;
use crate::error::Result;

/// Moves each category of the plan of an act, the organisations being locked ([`super::lock`]). What says that it happened is the caller's
/// to save.
pub(crate) async fn carry_out(work: &mut Work<'_>, act: &Changed<impl AsRef<Plan>>) -> Result<()> {
    let plan = act.value().as_ref();
    let moves = |category: Category| plan.categories.contains(&category);
    // Hires name posts of their company: both move before they are compared, or what moves alone forgets the other.
    let moves_hires = (moves(Category::Posts), moves(Category::ApplicationsReceived));
    match moves_hires {
        (true, true) => hires::compare_later(work).await?,
        (true, false) | (false, true) => hires::unlink_posts(work, act).await?,
        (false, false) => {}
    }
    for category in &plan.categories {
        move_one(work, act, *category).await?;
    }
    if moves_hires == (true, true) {
        hires::compare_now(work).await?;
    }
    if moves(Category::ApplicationsReceived) || moves(Category::ApplicationsSent) {
        hires::move_departments(work, act).await?;
    }
    if plan.disable_source {
        close::disable(work, act).await?;
    }
    Ok(())
}

async fn move_one(work: &mut Work<'_>, act: &Changed<impl AsRef<Plan>>, category: Category) -> Result<()> {
    match category {
        Category::Members => members::move_members(work, act).await,
        Category::Invitations => members::move_invitations(work, act).await,
        Category::ApplicationsReceived => hires::move_received(work, act).await,
        Category::ApplicationsSent => hires::move_sent(work, act).await,
        Category::Diagnoses => people::move_diagnoses(work, act).await,
        Category::Accompaniments => people::move_accompaniments(work, act).await,
        Category::Posts => hires::move_posts(work, act).await,
        Category::Controls => people::move_controls(work, act).await,
        Category::Prolongations => pass::move_prolongations(work, act).await,
        Category::Suspensions => pass::move_suspensions(work, act).await,
        Category::Brand => profile::copy_brand(work, act).await,
        Category::Description => profile::copy_description(work, act).await,
        Category::Searchable => profile::copy_searchable(work, act).await,
        Category::Phone => profile::copy_phone(work, act).await,
    }
}
