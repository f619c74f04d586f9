//! What a turn would do, counted: shown before it is confirmed (rule book 04 §1.12).

use chrono::NaiveDate;
use iae_domain::actor::StaffActor;
use iae_domain::control::{
    CampaignPhase, CampaignTurn, Control, FinalState, StepRefused, TurnMail, Turning, policy,
};
use iae_domain::ids::ControlCampaignId;

use super::{Act, CampaignDetail, campaign};
use crate::control::controls;
use crate::error::Error;
use crate::{Ctx, Db, Failure};

/// What a turn would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forecast {
    /// The turn.
    pub turn: CampaignTurn,
    /// How many SIAE the campaign controls.
    pub companies: usize,
    /// How many of them it changes.
    pub changed: usize,
    /// How many are told each thing; only what someone is told.
    pub told: Vec<(TurnMail, usize)>,
    /// How many have proofs that wait for the DDETS.
    pub waiting: usize,
    /// How many have a negative result that is to be notified, at the end of the campaign.
    pub to_notify: usize,
}

impl Forecast {
    /// Counts what a turn makes of these controls, which are all those of the campaign.
    fn of(turn: CampaignTurn, controls: &[Control], turning: &Turning, today: NaiveDate) -> Self {
        let count = |mail: TurnMail| turning.controls.iter().filter(|one| one.mail == Some(mail)).count();
        let told = TurnMail::ALL.iter().map(|mail| (*mail, count(*mail))).filter(|(_, count)| *count > 0);
        let refused = turning.controls.iter().filter(|turned| {
            turned.reviewed.final_state == Some(FinalState::Refused)
                && controls.iter().any(|one| one.id == turned.id && one.notified_at.is_none())
        });
        Self {
            turn,
            companies: controls.len(),
            changed: turning.controls.len(),
            told: told.collect(),
            waiting: controls.iter().filter(|one| one.is_still_to_control(today)).count(),
            to_notify: refused.count(),
        }
    }

    /// How many SIAE are told something.
    pub fn mails(&self) -> usize {
        self.told.iter().map(|(_, count)| count).sum()
    }

    /// How many SIAE are told nothing.
    pub fn untold(&self) -> usize {
        self.companies.saturating_sub(self.mails())
    }

    /// How many are told this.
    pub fn count_of(&self, mail: TurnMail) -> usize {
        self.told.iter().find(|(told, _)| *told == mail).map_or(0, |(_, count)| *count)
    }

    /// Whether the DDETS is told something too.
    pub fn tells_ddets(&self) -> bool {
        match self.turn {
            CampaignTurn::Freeze => self.waiting > 0,
            CampaignTurn::Adversarial => {
                self.count_of(TurnMail::NothingReceived) + self.count_of(TurnMail::NotReviewed) > 0
            }
            CampaignTurn::Close => self.to_notify > 0,
        }
    }

    /// All of it on one line, for the form that confirms it (ADR 22).
    pub fn seen(&self, phase: CampaignPhase) -> String {
        let told: Vec<String> =
            self.told.iter().map(|(mail, count)| format!("{}={count}", mail.code())).collect();
        let Self { companies, changed, waiting, to_notify, .. } = self;
        let turn = self.turn.code();
        format!("{} {turn} {companies} {changed} {waiting} {to_notify} {}", phase.code(), told.join(" "))
    }
}

/// What a turn would do now, the next one when none is named, decided as the turn itself is, on what is read: nothing is locked
/// nor written.
pub async fn forecast(
    db: &Db,
    ctx: &Ctx<StaffActor>,
    id: ControlCampaignId,
    turn: Option<CampaignTurn>,
) -> Result<(CampaignDetail, Forecast), Failure<StepRefused>> {
    policy::turn(&ctx.actor)?;
    let detail = campaign(db, id).await?.ok_or(Error::NotFound)?;
    let turn = match (turn, detail.next()) {
        (Some(turn), _) | (None, Some(Act::Turn(turn))) => turn,
        (None, Some(Act::FreezeList | Act::Launch)) => return Err(StepRefused::TooEarly.into()),
        (None, None) => return Err(StepRefused::Done.into()),
    };
    let only = controls::store::Only { campaign: Some(id), ..controls::store::Only::default() };
    let controls = controls::store::read(db, only).await?;
    let today = ctx.today();
    let turning = detail.campaign.clone().turn(turn, &controls, ctx.now, today)?;
    let forecast = Forecast::of(turn, &controls, turning.value(), today);
    Ok((detail, forecast))
}
