//! What the lists of applications may be narrowed to (rule book 02 §10.2).

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::applications::StateCode;
use iae_domain::ids::UserId;
use iae_domain::inbox::{NEWS, Urgency};
use iae_domain::pass::PassNumber;

use super::Applications;
use crate::applications::Scope;
use crate::db::like;
use crate::list::{Facet, Facets, Filter, Sql, Time};

/// The filters of a list, in the order they are shown.
pub(super) fn of(list: &Applications, facets: &Facets) -> Vec<Filter> {
    let mut states = facets.of("state");
    if states.is_empty() {
        states = StateCode::ALL.iter().map(|state| Facet::new(state.code(), state.label())).collect();
    }
    let state = Filter::choice("state", "État", "Tous", states, "a.state");
    let department =
        Filter::choice("department", "Département", "Tous", facets.of("department"), "c.department_code");
    let name = Filter::words("name", "Nom du candidat", "c.search");
    let mut filters = match list.scope {
        Scope::Received { is_siae: true, .. } => {
            vec![name, state, due(list.today), department, eligible(list.today)]
        }
        // Nobody else is told on which diagnosis a company may rest a hire (ELI-5, CAN-C).
        Scope::Received { .. } => vec![name, state, due(list.today), department],
        Scope::Sent { user, sees_everyone, .. } => {
            // A name that may not be seen may not be found either (LIST-7).
            let known = move |sql: &mut Sql| {
                sql.push(" AND (c.created_by = ").push_bind(user);
                sql.push(" OR a.sender_id = ").push_bind(user).push(")");
            };
            let name = if sees_everyone { name } else { name.among(known) };
            vec![name, state, unanswered(list.today), answer(user, list.now), sender(user), department]
        }
        Scope::Own { .. } => vec![state],
        Scope::All => vec![pass_number(), state, department, delivery()],
    };
    filters.extend(Filter::period("Depuis le", "Jusqu’au", Time::At("a.submitted_at")));
    filters
}

/// The hires under a PASS, cancelled or not, by its number, grouped or not: the whole of it, or some of its digits (rule book
/// 03 §4.14).
fn pass_number() -> Filter {
    Filter::text("pass", "Numéro de PASS IAE", |sql, text| {
        let number: String = text.split_whitespace().collect::<String>().to_uppercase();
        let (is, sought) = match PassNumber::parse(&number) {
            Ok(number) => (" = ", number.as_str().to_owned()),
            Err(_) => (" LIKE ", format!("%{}%", like::escaped(&number))),
        };
        sql.push(
            " AND a.id IN (SELECT x.id FROM applications x JOIN passes p ON p.id = x.pass_id WHERE p.number",
        );
        sql.push(is).push_bind(sought.clone());
        sql.push(" UNION ALL SELECT gone.application_id FROM cancelled_passes gone WHERE gone.number");
        sql.push(is).push_bind(sought).push(")");
    })
}

/// What a company has to do: answer, or come back to what it put on hold once the day it set has come.
fn due(today: NaiveDate) -> Filter {
    let urgencies = Urgency::ALL.iter().map(|urgency| Facet::new(urgency.code(), urgency.label()));
    Filter::choice_by("due", "À faire", "Peu importe", urgencies.collect(), move |sql, codes| {
        sql.push(" AND (a.state <> 'postponed' OR a.due_on <= ").push_bind(today).push(") AND (false");
        for urgency in codes.iter().filter_map(|code| Urgency::parse(code)) {
            let days = urgency.due(today);
            sql.push(" OR a.due_on BETWEEN ").push_bind(days.start).push(" AND ").push_bind(days.end);
        }
        sql.push(")");
    })
}

/// What no one has answered in the time an answer is expected in.
fn unanswered(today: NaiveDate) -> Filter {
    let late = vec![Facet::new(Urgency::Late.code(), "Sans réponse depuis deux semaines")];
    Filter::choice_by("due", "Délai", "Peu importe", late, move |sql, _| {
        sql.push(" AND a.state IN ('new', 'processing') AND a.due_on < ").push_bind(today);
    })
}

/// Answers that are news to the reader.
fn answer(reader: UserId, now: DateTime<Utc>) -> Filter {
    let unread = vec![Facet::new("unread", "Réponse à lire, depuis trente jours")];
    Filter::choice_by("answer", "Réponse", "Peu importe", unread, move |sql, _| {
        sql.push(" AND a.state IN ('accepted', 'refused', 'postponed') AND a.updated_at >= ")
            .push_bind(now - NEWS)
            .push(" AND NOT EXISTS (SELECT FROM answer_readings(a.id, a.sender_id, ")
            .push_bind(reader)
            .push(", a.updated_at))");
    })
}

/// Those one sent oneself, or one's colleagues.
fn sender(reader: UserId) -> Filter {
    let senders = vec![Facet::new("mine", "Par moi"), Facet::new("colleagues", "Par mes collègues")];
    Filter::choice_by("sender", "Envoyée", "Par toute l’organisation", senders, move |sql, codes| {
        // Both asked for are all of them. « Mine » is two conditions that an index answers each, and no call for each row.
        if let [code] = codes {
            let (sent, followed) = if code == "mine" {
                (" AND (a.sender_id = ", " OR a.id = ANY (")
            } else {
                (" AND (a.sender_id IS DISTINCT FROM ", " AND a.id <> ALL (")
            };
            sql.push(sent).push_bind(reader);
            // What a colleague who left had sent, and handed to them (rule book 01 MEM-7).
            sql.push(followed).push("ARRAY(SELECT application_id FROM followed_applications(");
            sql.push_bind(reader).push("))))");
        }
    })
}

fn eligible(today: NaiveDate) -> Filter {
    let choices =
        vec![Facet::new("valid", "Éligibilité validée"), Facet::new("to_validate", "Éligibilité à valider")];
    Filter::choice_by("eligibility", "Éligibilité", "Toutes", choices, move |sql, codes| {
        // Both asked for are all of them (rule book 02 §10.2).
        if let [code] = codes {
            sql.push(if code == "valid" { " AND " } else { " AND NOT " });
            push_eligible(sql, "a", today);
        }
    })
}

fn delivery() -> Filter {
    let deliveries = vec![
        Facet::new("automatic", "Délivré ou déjà en cours"),
        Facet::new("manual", "À délivrer à la main"),
        Facet::new("refused", "Refusé par l’équipe"),
    ];
    Filter::choice_by("delivery", "PASS IAE", "Tous", deliveries, |sql, codes| {
        sql.push(" AND (false");
        for (code, condition) in [
            ("automatic", "a.pass_id IS NOT NULL"),
            ("manual", "a.pass_delivery = 'manual' AND a.pass_id IS NULL AND a.pass_refused_at IS NULL"),
            ("refused", "a.pass_refused_at IS NOT NULL"),
        ] {
            if codes.iter().any(|asked| asked == code) {
                sql.push(format_args!(" OR {condition}"));
            }
        }
        sql.push(")");
    })
}

/// A valid PASS, or a diagnosis the receiving company may rest a hire on (rule book 03 §2.7).
pub(super) fn push_eligible(sql: &mut Sql, application: &str, today: NaiveDate) {
    sql.push(format_args!(
        "(EXISTS (SELECT FROM passes p WHERE p.candidate_id = {application}.candidate_id AND p.ends_on >= "
    ));
    sql.push_bind(today).push(format_args!(
        ") OR EXISTS (
            SELECT FROM eligibility_diagnoses d
            WHERE d.candidate_id = {application}.candidate_id
              AND (d.author_kind = 'prescriber' OR d.organisation_id = {application}.company_id)
              AND d.expires_on > "
    ));
    sql.push_bind(today).push("))");
}
