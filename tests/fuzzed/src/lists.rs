//! What addresses ask of lists, of two that need no reader: one is of instants, the other has filters of every kind.

use std::sync::LazyLock;

use iae_app::admin::list::AuditTrail;
use iae_app::list::{Asked, Column, Facets, Filter, List, Start};
use iae_app::notifications::list::Outbox;

/// A list with its filters and its columns, made once.
struct Shown<L: List>(L, Vec<Filter>, Vec<Column<L>>);

static TRAIL: LazyLock<Shown<AuditTrail>> = LazyLock::new(|| Shown::of(AuditTrail));
static OUTBOX: LazyLock<Shown<Outbox>> = LazyLock::new(|| Shown::of(Outbox));

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
