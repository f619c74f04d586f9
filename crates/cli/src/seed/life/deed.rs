//! What people do to a PASS, as the rules take it.

use iae_domain::ids::{OrganisationId, UserId};
use iae_domain::pass::suspension::{
    Asker, SuspendsAs, SuspensionAct, SuspensionAuthor, SuspensionTerms, latest_end,
};
use iae_domain::text::Message;
use iae_domain::time::Period;

use super::super::parcours::{Deed, Member, Turn};
use super::super::random::Random;
use super::super::texts;
use super::super::world::World;
use super::Life;

impl Life {
    /// Does it, unless the rules refuse or something happened since: says whether it was done.
    pub fn play(&mut self, rng: &mut Random, world: &World, turn: &Turn) -> bool {
        let is_done = turn.at >= self.last_at() && self.attempt(rng, world, turn);
        #[cfg(test)]
        {
            self.refused += usize::from(!is_done);
        }
        is_done
    }

    fn attempt(&mut self, rng: &mut Random, world: &World, Turn { at, by, deed }: &Turn) -> bool {
        let (at, by) = (*at, *by);
        self.look(at);
        let asker = || asker(world, by);
        match *deed {
            Deed::Suspend(start, end, reason) => {
                let period = Period { start, end: end.unwrap_or_else(|| latest_end(start)) };
                let words = rng.chance(400).then(|| texts::suspended(rng));
                let explanation = words.and_then(|words| Message::parse(words).ok());
                let terms = SuspensionTerms { period, reason, explanation };
                self.suspend(rng, at, asker(), SuspensionAct::Suspend(terms))
            }
            Deed::Change(end) => {
                let Some(running) = &self.held.running else { return false };
                let terms = SuspensionTerms {
                    period: Period { end, ..running.period },
                    reason: running.reason,
                    explanation: None,
                };
                self.suspend(rng, at, asker(), SuspensionAct::Change(terms))
            }
            Deed::Lift(back_on) => self.suspend(rng, at, asker(), SuspensionAct::Lift { back_on }),
            Deed::Close(reason) => self.close(rng, at, asker(), reason),
            Deed::Declare(reason, days) => self.declare(rng, world, at, by, (reason, days)),
            Deed::Ask(reason, days, to) => self.ask(rng, world, at, by, to, (reason, days)),
            Deed::Remind => self.remind(world, at),
            Deed::Delegate(to) => self.hand_over(at, by, UserId(to)),
            Deed::Grant => self.grant(rng, at, by),
            Deed::Deny(reason) => self.deny(rng, at, by, reason),
        }
    }
}

/// In what capacity someone suspends.
fn asker(world: &World, by: Member) -> Asker {
    let company = world.company_of(by.organisation);
    Asker {
        by: SuspensionAuthor { user: UserId(by.user), organisation: OrganisationId(by.organisation) },
        capacity: company.map_or(SuspendsAs::Prescriber, |company| SuspendsAs::Company(company.kind)),
    }
}
