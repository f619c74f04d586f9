//! The applications of a scope, in SQL: what a list holds, its counts, its export (rule book 02 §10.1).

use iae_domain::applications::policy::Scope;

use crate::list::Sql;

/// The condition that keeps them, over `applications a`.
pub(super) fn push(scope: Scope, sql: &mut Sql) {
    match scope {
        Scope::Received { company, since, .. } => {
            sql.push("company_sees(").push_bind(company).push(", a, ").push_bind(since).push(")")
        }
        Scope::Sent { organisation, .. } => sql.push("prescriber_sent(").push_bind(organisation).push(", a)"),
        Scope::Own { candidate } => sql.push("a.candidate_id = ").push_bind(candidate),
        Scope::All => sql.push("true"),
    };
}
