//! What runs by itself, and when (Europe/Paris is the server's business; times here are UTC).

use graphile_worker::{Cron, CrontabTimer, CrontabValue, WorkerOptions};

use super::{
    anonymise_cancelled_passes::AnonymiseCancelledPasses, archive_controls::ArchiveControls,
    count_figures::CountFigures, derive_directory::DeriveDirectory, expire_openings::ExpireOpenings,
    fold_application_counts::FoldApplicationCounts, follow_habilitations::FollowHabilitations,
    follow_unused_accounts::FollowUnusedAccounts, members::TendMembers, purge::Purge,
    purge_logins::PurgeLogins, recompute_scores::RecomputeScores, remind_controls::RemindControls,
    remind_prolongations::RemindProlongations, seal_audit_trail::SealAuditTrail,
};
use crate::error::Result;
use crate::queue::failed;

/// Adds the schedule. Several workers are harmless: the queue inserts each occurrence once.
pub(super) fn add_to(options: WorkerOptions) -> Result<WorkerOptions> {
    Ok(options
        // C7: what was done is sealed within the minute.
        .with_cron(Cron::every_minute::<SealAuditTrail>().payload(SealAuditTrail {}).map_err(failed)?)
        // What the home page counts: nobody sees that it is five minutes old.
        .with_cron(
            Cron::every_n_minutes::<CountFigures>(5)
                .map_err(failed)?
                .payload(CountFigures {})
                .map_err(failed)?,
        )
        // ADR 43: lists read little more than their counts.
        .with_cron(
            Cron::every_minute::<FoldApplicationCounts>()
                .payload(FoldApplicationCounts {})
                .map_err(failed)?,
        )
        // CMP-38: the order of the search gives each opening its fair share of applications.
        .with_cron(
            Cron::hourly_at::<RecomputeScores>(7)
                .map_err(failed)?
                .payload(RecomputeScores {})
                .map_err(failed)?,
        )
        .with_cron(
            Cron::hourly_at::<PurgeLogins>(37).map_err(failed)?.payload(PurgeLogins {}).map_err(failed)?,
        )
        .with_cron(
            Cron::daily_at::<DeriveDirectory>(2, 40)
                .map_err(failed)?
                .payload(DeriveDirectory {})
                .map_err(failed)?,
        )
        // D15: within the hour of the day that follows the last of a right.
        .with_cron(
            Cron::hourly_at::<FollowHabilitations>(3)
                .map_err(failed)?
                .payload(FollowHabilitations {})
                .map_err(failed)?,
        )
        // Rule book 01 §15: administrators where there is none, members to be read again.
        .with_cron(
            Cron::daily_at::<TendMembers>(4, 30).map_err(failed)?.payload(TendMembers {}).map_err(failed)?,
        )
        .with_cron(
            Cron::from_timer::<FollowUnusedAccounts>(working_days_at(5, 45)?)
                .payload(FollowUnusedAccounts {})
                .map_err(failed)?,
        )
        // Rule book 03 §6.7.
        .with_cron(
            Cron::daily_at::<RemindProlongations>(5, 15)
                .map_err(failed)?
                .payload(RemindProlongations {})
                .map_err(failed)?,
        )
        // Rule book 04 §1.18: noon in Paris from March to October, when reminders fall; eleven in winter.
        .with_cron(
            Cron::daily_at::<RemindControls>(10, 0)
                .map_err(failed)?
                .payload(RemindControls {})
                .map_err(failed)?,
        )
        // Rule book 04 §1.20.
        .with_cron(
            Cron::daily_at::<ArchiveControls>(6, 20)
                .map_err(failed)?
                .payload(ArchiveControls {})
                .map_err(failed)?,
        )
        // CMP-36.
        .with_cron(
            Cron::daily_at::<ExpireOpenings>(4, 10)
                .map_err(failed)?
                .payload(ExpireOpenings {})
                .map_err(failed)?,
        )
        // Rule book 03 §9.
        .with_cron(
            Cron::daily_at::<AnonymiseCancelledPasses>(6, 0)
                .map_err(failed)?
                .payload(AnonymiseCancelledPasses {})
                .map_err(failed)?,
        )
        // Expired sessions and login attempts, drafts sent or left.
        .with_cron(Cron::daily_at::<Purge>(3, 20).map_err(failed)?.payload(Purge {}).map_err(failed)?))
}

/// From Monday to Friday: what is announced reads as of a day when somebody answers (rule book 01 §15).
fn working_days_at(hour: u32, minute: u32) -> Result<CrontabTimer> {
    let every_day = CrontabTimer::daily_at(hour, minute).map_err(failed)?;
    Ok(CrontabTimer { dows: vec![CrontabValue::Range(1, 5)], ..every_day })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_a_friday_comes_a_monday() {
        let timer = working_days_at(5, 45).unwrap();
        let table = [
            ("a Friday", "2026-05-01T05:45:00", true),
            ("the Saturday", "2026-05-02T05:45:00", false),
            ("the Sunday", "2026-05-03T05:45:00", false),
            ("the Monday", "2026-05-04T05:45:00", true),
            ("a minute later", "2026-05-04T05:46:00", false),
            ("an hour later", "2026-05-04T06:45:00", false),
        ];
        for (which, at, expected) in table {
            assert_eq!(timer.should_run_at(&at.parse().unwrap()), expected, "{which}");
        }
    }
}
