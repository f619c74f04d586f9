//! What happened to PASS becomes rows.

use iae_domain::pass::prolongation::{
    NewProlongationRequest, Prolongation, ProlongationRequest, ProposedAction,
};
use iae_domain::pass::{InvalidPassNumber, PassNumber, Suspension};
use iae_domain::text::Message;

use super::super::journal;
use super::super::life::{self, Asked, Life, Suspended};
use super::super::parcours::Parcours;
use super::super::random::Random;
use super::super::tables::Tables;
use super::Writer;

impl Writer<'_> {
    /// The PASS of a candidate, lived until today under their numbers.
    pub(super) fn lives(
        &self,
        rng: &mut Random,
        parcours: &mut Parcours,
    ) -> Result<Vec<Life>, InvalidPassNumber> {
        let mut lives = Vec::with_capacity(parcours.passes.len());
        for place in 0..parcours.passes.len() {
            let rank = self.ranks.pass(parcours.passes[place].id);
            let number = PassNumber::new(&self.config.pass_prefix, rank)?;
            lives.push(life::live(self.world, rng, parcours, place, number));
        }
        Ok(lives)
    }

    /// What happened to one: rows, audit rows and mails.
    pub(super) fn life(&self, rng: &mut Random, parcours: &Parcours, life: &Life, tables: &mut Tables) {
        life.suspensions.iter().for_each(|kept| suspension(kept, tables));
        for kept in &life.requests {
            request(kept, life, tables);
        }
        for kept in &life.prolongations {
            prolongation(kept, life, tables);
        }
        if let Some((closed, at)) = &life.closure {
            let (organisation, user) = (closed.by.organisation.0, closed.by.user.0);
            tables.closures.push(&[&closed.pass.id.0, &closed.reason.code(), &organisation, &user, at]);
        }
        let Some(company) = life.company(self.world) else { return };
        for act in &life.acts {
            journal::audit(rng, act.at, act.by, &act.event, tables);
            journal::mail(rng, self.world, self.config, parcours, company, act.at, &act.event, tables);
        }
    }
}

fn suspension(Suspended { suspension, updated }: &Suspended, tables: &mut Tables) {
    let Suspension { id, pass, period, reason, explanation, author, created_at } = suspension;
    tables.suspensions.push(&[
        &id.0,
        &pass.0,
        &period.start,
        &period.end,
        &reason.code(),
        explanation,
        &author.organisation.0,
        &author.user.0,
        created_at,
        &updated.map(|(user, _)| user.0),
        &updated.map_or(*created_at, |(_, at)| at),
    ]);
}

fn request(Asked { sent, processed, denial }: &Asked, life: &Life, tables: &mut Tables) {
    let NewProlongationRequest { request, review, contact } = sent;
    let ProlongationRequest { id, reason, period, parties, condition_declared, state, .. } = request;
    tables.requests.push(&[
        &id.0,
        &life.id(),
        &reason.code(),
        &period.start,
        &period.end,
        &parties.company.0,
        &parties.declared_by.0,
        condition_declared,
        &review.done.as_str(),
        &review.obstacles.as_str(),
        &review.planned.as_str(),
        &contact.is_some(),
        &contact.as_ref().map(|contact| contact.email.as_str()),
        &contact.as_ref().map(|contact| contact.phone.as_str()),
        &parties.addressed.organisation.0,
        &parties.addressed.assignee.0,
        &state.code(),
        &request.created_at,
        &request.reminded_at,
        &processed.map(|(user, _)| user.0),
        &processed.map(|(_, at)| at),
    ]);
    if let Some(denial) = denial {
        let codes = |actions: &Vec<ProposedAction>| -> Vec<&str> {
            actions.iter().map(|action| action.code()).collect()
        };
        tables.denials.push(&[
            &id.0,
            &denial.reason.code(),
            &denial.explanation.as_str(),
            &denial.proposed.as_ref().map(|(actions, _)| codes(actions)),
            &denial.proposed.as_ref().map(|(_, details)| Message::as_str(details)),
        ]);
    }
}

fn prolongation(kept: &Prolongation, life: &Life, tables: &mut Tables) {
    let Prolongation { id, reason, period, company, declared_by, condition_declared, granted, created_at } =
        kept;
    tables.prolongations.push(&[
        &id.0,
        &life.id(),
        &period.start,
        &period.end,
        &reason.code(),
        &company.0,
        &declared_by.0,
        condition_declared,
        &granted.map(|(request, ..)| request.0),
        &granted.map(|(_, by, _)| by.0),
        &granted.map(|(.., organisation)| organisation.0),
        created_at,
    ]);
}
