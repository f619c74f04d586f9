//! The draw in two steps, that anyone can do again (rule book 04 §1.6; `docs/control-draw.md`).

use iae_domain::actor::StaffActor;
use iae_domain::control::{DrawnCompany, StepRefused, policy};
use iae_domain::ids::ControlCampaignId;
use iae_domain::text::Message;

use super::super::controls;
use super::store;
use crate::error::{Error, Result};
use crate::{App, Ctx, Db, Failure};

/// Freezes the list of what can be drawn, and publishes its hash with the name of a public value to come.
pub async fn freeze_list(
    app: &App,
    ctx: &Ctx<StaffActor>,
    id: ControlCampaignId,
    value_name: &Message<200>,
) -> Result<(), Failure<StepRefused>> {
    policy::turn(&ctx.actor)?;
    let mut work = app.begin(ctx).await?;
    let campaign = store::lock(&mut work, id).await?.ok_or(Error::NotFound)?;
    let now = work.now();
    let publish = |list: &_| campaign.clone().freeze_list(list, value_name.as_str().to_owned(), now);
    store::freeze_list(&mut work, &campaign, publish).await?;
    work.commit().await?;
    Ok(())
}

/// Draws with that value, once it is known: the SIAE and the DDETS are told. There is no second draw.
pub async fn launch(
    app: &App,
    ctx: &Ctx<StaffActor>,
    id: ControlCampaignId,
    value: &Message<200>,
) -> Result<(), Failure<StepRefused>> {
    policy::turn(&ctx.actor)?;
    let mut work = app.begin(ctx).await?;
    let campaign = store::lock(&mut work, id).await?.ok_or(Error::NotFound)?;
    let list = store::list(work.db(), id).await?;
    let launched = campaign.launch(&list, value.as_str().to_owned(), work.now())?;
    let campaign = store::save_launch(&mut work, launched).await?;
    controls::launch(&mut work, &campaign).await?;
    work.commit().await?;
    Ok(())
}

/// What comes of drawing again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verification {
    /// The SIAE were not drawn yet.
    NotDrawn,
    /// The list kept is not the one whose hash was published.
    ListTampered,
    /// What is controlled is not what the list and the value give.
    OtherSample,
    /// The same SIAE and the same hires.
    Same(Vec<DrawnCompany>),
    /// The same, as far as it is kept: of the SIAE whose result was positive, only how many hires there were is (§1.20).
    SameButArchived {
        /// What the draw gives.
        drawn: Vec<DrawnCompany>,
        /// How many of these SIAE have no detail any more.
        archived: usize,
    },
}

/// Draws again from the list and the value that were kept, and compares with what is still controlled. Not found when there is no such
/// campaign.
pub async fn verify(db: &Db, id: ControlCampaignId) -> Result<Verification> {
    let (campaign, value) = store::read(db, id).await?.ok_or(Error::NotFound)?;
    let (Some(published), Some(value)) = (&campaign.list, value) else {
        return Ok(Verification::NotDrawn);
    };
    let list = store::list(db, id).await?;
    if list.digest() != published.digest {
        return Ok(Verification::ListTampered);
    }
    let drawn = list.draw(&value, campaign.ratio);
    let (kept, archived) = (store::sample(db, id).await?, store::archived(db, id).await?);
    Ok(compared(drawn, &kept, archived))
}

/// Compares what a draw gives with what is kept of it: SIAE and their hires, and how many hires each of the others had.
fn compared(drawn: Vec<DrawnCompany>, kept: &[DrawnCompany], mut archived: Vec<usize>) -> Verification {
    let is_kept = |one: &&DrawnCompany| kept.iter().any(|known| known.company == one.company);
    let (still, gone): (Vec<&DrawnCompany>, Vec<&DrawnCompany>) = drawn.iter().partition(is_kept);
    let mut counts: Vec<usize> = gone.iter().map(|one| one.hires.len()).collect();
    counts.sort_unstable();
    archived.sort_unstable();
    if !still.into_iter().eq(kept) || counts != archived {
        return Verification::OtherSample;
    }
    match archived.len() {
        0 => Verification::Same(drawn),
        archived => Verification::SameButArchived { drawn, archived },
    }
}

#[cfg(test)]
mod tests {
    use iae_domain::ids::{ApplicationId, OrganisationId};
    use uuid::Uuid;

    use super::*;

    fn company(id: u128, hires: &[u128]) -> DrawnCompany {
        let id = OrganisationId(Uuid::from_u128(id));
        DrawnCompany {
            company: id,
            hires: hires.iter().map(|hire| ApplicationId(Uuid::from_u128(*hire))).collect(),
        }
    }

    /// What is kept is the same to the last hire; what is archived has as many of them. Anything else is another sample.
    #[test]
    fn a_draw_is_compared_with_what_is_kept_of_it() {
        let drawn = || vec![company(1, &[11, 12]), company(2, &[21, 22, 23]), company(3, &[31, 32])];
        assert_eq!(compared(drawn(), &drawn(), vec![]), Verification::Same(drawn()));
        let archived = |archived| Verification::SameButArchived { drawn: drawn(), archived };
        let (first, second) = (company(1, &[11, 12]), company(2, &[21, 22, 23]));
        for (kept, counts, expected) in [
            (vec![first.clone()], vec![2, 3], archived(2)),
            (vec![first.clone(), second.clone()], vec![2], archived(1)),
            (vec![], vec![2, 3, 2], archived(3)),
            (vec![first.clone(), second], vec![3], Verification::OtherSample),
            (vec![first.clone()], vec![2], Verification::OtherSample),
            (vec![company(1, &[11, 13])], vec![2, 3], Verification::OtherSample),
            (vec![first, company(4, &[41, 42])], vec![2, 3], Verification::OtherSample),
        ] {
            assert_eq!(compared(drawn(), &kept, counts), expected, "{kept:?}");
        }
    }
}
