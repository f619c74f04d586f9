//! What the PASS of a list are narrowed by (rule book 03 §4.14).

use chrono::NaiveDate;
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::CompanyKind;
use iae_domain::pass::PassState;
use iae_domain::time::{add_months, sub_days};

use super::{HOLDER, Scope, ends_on};
use crate::list::{Facet, Filter, Sql, Time};

/// Months within which a PASS ends, and their words.
const WITHIN: &[(u32, &str)] = &[
    (1, "Se termine dans moins d’un mois"),
    (3, "Se termine dans moins de trois mois"),
    (7, "Se termine dans moins de sept mois"),
];

/// Days after its last one during which a contract is told from those that ended long ago.
const RECENT_DAYS: u64 = 90;

/// Every filter, in the order they are shown.
pub(super) fn all(scope: Scope, today: NaiveDate) -> Vec<Filter> {
    let name = match scope {
        Scope::Employees(_) => "Nom du salarié",
        Scope::Caseload(_) => "Nom de la personne",
    };
    let mut filters =
        vec![Filter::words("name", name, HOLDER), state(today), within(scope, today), prolongation(), kind()];
    if let Scope::Employees(company) = scope {
        filters.insert(3, contract(company, today));
    }
    filters.extend(Filter::period("Fin à partir du", "Fin jusqu’au", Time::Day(ends_on(scope))));
    filters
}

fn state(today: NaiveDate) -> Filter {
    let states = PassState::ALL.iter().map(|state| Facet::new(state.code(), state.label()));
    Filter::choice_by("state", "Statut du PASS IAE", "Tous", states.collect(), move |sql, codes| {
        sql.push(" AND (false");
        for state in codes.iter().filter_map(|code| PassState::parse(code)) {
            match state {
                PassState::Expired => sql.push(" OR p.ends_on < ").push_bind(today),
                PassState::Future => sql.push(" OR p.starts_on > ").push_bind(today),
                PassState::Valid => suspended(in_progress(sql, today), "NOT EXISTS", today),
                PassState::Suspended => suspended(in_progress(sql, today), "EXISTS", today),
            };
        }
        sql.push(")");
    })
}

/// In progress: begun, and not over.
fn in_progress(sql: &mut Sql, today: NaiveDate) -> &mut Sql {
    sql.push(" OR (p.starts_on <= ").push_bind(today).push(" AND p.ends_on >= ").push_bind(today)
}

/// … and suspended today, or not.
fn suspended<'sql>(sql: &'sql mut Sql, exists: &str, today: NaiveDate) -> &'sql mut Sql {
    sql.push(" AND ")
        .push(exists)
        .push(" (SELECT FROM suspensions s WHERE s.pass_id = p.id AND s.starts_on <= ")
        .push_bind(today)
        .push(" AND s.ends_on >= ")
        .push_bind(today)
        .push("))")
}

/// From today on, and before so many calendar months are over.
fn within(scope: Scope, today: NaiveDate) -> Filter {
    let end = ends_on(scope);
    let offered = WITHIN.iter().map(|(months, words)| Facet::new(months.to_string(), *words)).collect();
    Filter::choice_by("within", "Fin du parcours en IAE", "Toutes", offered, move |sql, codes| {
        let asked =
            WITHIN.iter().map(|(months, _)| *months).filter(|months| codes.contains(&months.to_string()));
        if let Some(months) = asked.max() {
            sql.push(format_args!(" AND {end} >= ")).push_bind(today).push(format_args!(" AND {end} < "));
            sql.push_bind(add_months(today, months));
        }
    })
}

/// By the last day of the latest contract of the company under the PASS; one without last day lasts as long as the PASS.
fn contract(company: OrganisationId, today: NaiveDate) -> Filter {
    let offered = vec![
        Facet::new("recent", "En cours ou terminé il y a moins de 3 mois"),
        Facet::new("over", "Terminé il y a plus de 3 mois"),
    ];
    Filter::choice_by("contract", "Statut du contrat", "Tous", offered, move |sql, codes| {
        let [code] = codes else { return };
        sql.push(
            " AND (SELECT max(coalesce(a.hiring_ends_on, p.ends_on)) FROM applications a
              WHERE a.pass_id = p.id AND a.state = 'accepted' AND a.company_id = ",
        );
        sql.push_bind(company).push(if code == "over" { ") < " } else { ") >= " });
        sql.push_bind(sub_days(today, RECENT_DAYS));
    })
}

fn prolongation() -> Filter {
    let pending = vec![Facet::new("pending", "Prolongation demandée, sans réponse")];
    Filter::choice_by("prolongation", "Prolongation", "Toutes", pending, |sql, _| {
        sql.push(" AND p.id IN (SELECT r.pass_id FROM prolongation_requests r WHERE r.state = 'pending')");
    })
}

fn kind() -> Filter {
    let kinds = CompanyKind::SIAE.iter().map(|kind| Facet::new(kind.code(), kind.label())).collect();
    Filter::choice_by("kind", "Type de la dernière SIAE", "Tous", kinds, |sql, codes| {
        last_siae(sql.push(" AND "), "p.id", "o.kind").push(" = ANY(").push_bind(codes.to_vec()).push(")");
    })
}

/// This column of the SIAE that hired last under the PASS: the greatest time of acceptance, then the latest contract
/// (rule book 03 §5.2).
pub(super) fn last_siae<'sql>(sql: &'sql mut Sql, pass: &str, column: &str) -> &'sql mut Sql {
    sql.push(format_args!(
        "(SELECT {column} FROM applications a JOIN organisations o ON o.id = a.company_id
          WHERE a.pass_id = {pass} AND a.state = 'accepted'
          ORDER BY a.processed_at DESC, a.hiring_starts_on DESC, a.id DESC LIMIT 1)"
    ))
}
