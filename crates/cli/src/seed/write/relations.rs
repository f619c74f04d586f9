//! Who deals with a person becomes rows.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use iae_domain::applications::StateCode;
use uuid::Uuid;

use super::super::parcours::{Member, Parcours};
use super::super::tables::Tables;
use super::super::world::World;

/// Who deals with the person, one row for each professional of each organisation: the last action names it.
pub(super) fn relations(world: &World, parcours: &Parcours, tables: &mut Tables) {
    let mut acts: Vec<(DateTime<Utc>, Member, &'static str)> = Vec::new();
    acts.extend(parcours.created_by.map(|member| (parcours.created_at, member, "created")));
    for diagnosis in &parcours.diagnoses {
        acts.push((diagnosis.at, diagnosis.author, "diagnosed"));
    }
    for application in &parcours.applications {
        acts.extend(application.sender.member().map(|member| (application.at, member, "applied")));
        let own = |member: &Member| member.organisation == world.companies[application.company].id;
        for step in &application.steps {
            let origin = if step.to == StateCode::Accepted { "hired" } else { "received" };
            acts.extend(step.by.filter(own).map(|member| (step.at, member, origin)));
        }
    }
    acts.sort_by_key(|(at, ..)| *at);
    let mut relations: BTreeMap<(Uuid, Uuid), Relation> = BTreeMap::new();
    for (at, member, origin) in acts {
        relations
            .entry((member.organisation, member.user))
            .and_modify(|relation| (relation.origin, relation.last_at) = (origin, at))
            .or_insert(Relation { origin, created_at: at, last_at: at });
    }
    for ((organisation, user), relation) in relations {
        let Relation { origin, created_at, last_at } = relation;
        tables.relations.push(&[&parcours.id, &organisation, &user, &origin, &created_at, &last_at]);
    }
}

/// Why and since when a professional deals with the person.
struct Relation {
    origin: &'static str,
    created_at: DateTime<Utc>,
    last_at: DateTime<Utc>,
}
