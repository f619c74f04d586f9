//! What addresses ask of lists, of two that the team reads: one is of instants, the other has filters of every kind.

use std::sync::LazyLock;

use chrono::DateTime;
use iae_app::Ctx;
use iae_app::admin::list::AuditTrail;
use iae_app::list::{Asked, Column, Facets, Filter, List, Start};
use iae_app::notifications::list::Outbox;
use iae_domain::actor::StaffActor;
use iae_domain::ids::{RequestId, UserId};

/// A list with its filters and its columns, made once.
struct Shown<L: List>(L, Vec<Filter>, Vec<Column<L>>);

static TRAIL: LazyLock<Shown<AuditTrail>> = LazyLock::new(|| Shown::of(trail()));
static OUTBOX: LazyLock<Shown<Outbox>> = LazyLock::new(|| Shown::of(Outbox));

/// The trail, for who holds every right of the team.
fn trail() -> AuditTrail {
    let now = DateTime::UNIX_EPOCH;
    let actor = StaffActor { user: UserId::at(now), is_superuser: true, groups: vec![] };
    AuditTrail::of(&Ctx { actor, now, request_id: RequestId::at(now), impersonator: None }).unwrap()
}

impl<L: List> Shown<L> {
    fn of(list: L) -> Self {
        let (filters, columns) = (list.filters(&Facets::default()), list.columns());
        Self(list, filters, columns)
    }

    fn read(&self, raw: &str) -> Asked {
        Asked::read(raw, &self.0, &self.1, &self.2)
    }

    /// What is understood is written so that it is understood again.
    fn holds(&self, raw: &str) {
        let asked = self.read(raw);
        assert_eq!(self.read(&asked.write()), asked);
        assert!(asked.page() != Some(1) || asked.start == Start::First);
    }
}

/// Both read this address.
pub(crate) fn holds(raw: &str) {
    TRAIL.holds(raw);
    OUTBOX.holds(raw);
}
