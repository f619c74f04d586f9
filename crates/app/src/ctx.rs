//! Who acts, when, in which request: the first argument of every use case.

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::Actor;
use iae_domain::actor::ActorRecord;
use iae_domain::ids::{RequestId, UserId};
use iae_domain::time::paris_date;

/// The context of one action. `A` says who may do it: a use case that takes `Ctx<EmployerActor>` cannot be called
/// for a prescriber.
#[derive(Debug, Clone)]
pub struct Ctx<A = Actor> {
    /// Who acts.
    pub actor: A,
    /// When.
    pub now: DateTime<Utc>,
    /// In which request or run of a job.
    pub request_id: RequestId,
    /// The member of the team who sees the platform as the actor, if one does (AUT-30): kept beside the actor in the trail.
    pub impersonator: Option<UserId>,
}

impl<A> Ctx<A> {
    /// The calendar day in Paris.
    pub fn today(&self) -> NaiveDate {
        paris_date(self.now)
    }

    /// The same context a little later.
    #[must_use]
    pub fn at(&self, now: DateTime<Utc>) -> Self
    where
        A: Clone,
    {
        Self { now, ..self.clone() }
    }

    /// The same context for another view of the actor.
    pub fn with<B>(&self, actor: B) -> Ctx<B> {
        Ctx { actor, now: self.now, request_id: self.request_id, impersonator: self.impersonator }
    }

    /// The same context for who acts in nobody's place: the end of an impersonation is the team's own.
    pub fn in_own_name<B>(&self, actor: B) -> Ctx<B> {
        Ctx { impersonator: None, ..self.with(actor) }
    }
}

impl<A: Clone + Into<Actor>> Ctx<A> {
    /// The same context, whatever the kind of actor.
    pub fn any(&self) -> Ctx<Actor> {
        self.with(self.actor.clone().into())
    }

    /// What the audit trail keeps of the actor.
    pub fn actor_record(&self) -> ActorRecord {
        self.actor.clone().into().record()
    }

    /// Who reads: the actor, or the member of the team who sees the platform as them. An opening of a file is theirs (D34).
    pub fn reader(&self) -> Option<UserId> {
        self.impersonator.or(self.actor_record().user)
    }
}

impl Ctx<Actor> {
    /// The context of a job.
    pub fn system(now: DateTime<Utc>) -> Self {
        Self { actor: Actor::System, now, request_id: RequestId::at(now), impersonator: None }
    }
}
