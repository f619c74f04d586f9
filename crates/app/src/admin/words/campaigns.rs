//! What the trail holds of campaigns of control, in French.

use iae_domain::control::{NegativeReason, Review, Sanction, TurnMail};
use iae_domain::eligibility::Criterion;
use iae_domain::french;
use serde_json::Value;

use super::day;

/// A value of a row; none when it is told as those of any other row.
pub(super) fn value(action: &str, key: &str, held: &Value) -> Option<String> {
    let text = held.as_str().unwrap_or_default();
    let known = match key {
        "criterion" => Criterion::parse(text).map(Criterion::label),
        "from" | "to" => Review::parse(text).map(Review::label),
        "mail" => TurnMail::parse(text).map(TurnMail::label),
        "reason" if action == "control.decided" => NegativeReason::parse(text).map(NegativeReason::label),
        "review" => turn(text),
        _ => None,
    };
    let told = || match key {
        "added" | "removed" => several(held, |code| Criterion::parse(code).map(Criterion::label)),
        "cuts" => cuts(held),
        "digest" => Some(in_parts(text)),
        "ratio" => Some(format!("{}\u{a0}%", held.as_u64()?)),
        "sanctions" => several(held, |code| Sanction::parse(code).map(Sanction::label)),
        "withdrawal" => withdrawal(held),
        _ => None,
    };
    known.map(ToOwned::to_owned).or_else(told)
}

/// What became of the review at the turn of a phase.
fn turn(code: &str) -> Option<&'static str> {
    Some(match code {
        "as_it_is" => "aucun",
        "validated" => "la phase amiable est terminée",
        "final" => "le contrôle est terminé",
        _ => return None,
    })
}

fn several(held: &Value, label: impl Fn(&str) -> Option<&'static str>) -> Option<String> {
    let labels: Vec<&str> = held.as_array()?.iter().filter_map(|code| label(code.as_str()?)).collect();
    Some(if labels.is_empty() { "aucun".to_owned() } else { labels.join(", ") })
}

/// The percentages, each of the hire it is decided of.
fn cuts(held: &Value) -> Option<String> {
    let percent = |cut: &Value| Some(format!("{}\u{a0}%", cut.get(1)?.as_u64()?));
    let cuts: Vec<String> = held.as_array()?.iter().filter_map(percent).collect();
    Some(if cuts.is_empty() { "aucune".to_owned() } else { cuts.join(", ") })
}

/// A hash that a line may break within, lest its column take the whole table.
fn in_parts(digest: &str) -> String {
    let letters: Vec<char> = digest.chars().collect();
    letters.chunks(8).map(|part| part.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

fn withdrawal(held: &Value) -> Option<String> {
    let from = day(held.get("from")?)?;
    Some(match held.get("to").and_then(day) {
        Some(to) => french::period(from, to),
        None => format!("à partir du {}, sans fin", french::date(from)),
    })
}
