//! What Postgres did for a statement, as it says it (`EXPLAIN (ANALYZE, FORMAT JSON)`, by auto_explain).

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// Rows a sort may take: a page, and what surrounds it.
const SORTED: f64 = 100.0;
/// Rows that may be read for each one given.
const FOR_ONE: f64 = 10.0;
/// Rows any statement may read.
const FEW: f64 = 200.0;
/// What each total may count: « plus de 1 000 » is known at the next one.
const COUNTED: f64 = 1_001.0;

/// What a statement took.
#[derive(Debug, Default)]
pub struct Reading {
    /// Its text, on one line.
    pub statement: String,
    /// Rows it gave.
    given: f64,
    /// Rows read by indexes, those that a condition left out included.
    read: f64,
    /// The longest sort, in rows.
    sorted: f64,
    /// Tables read from end to end, and how many rows that was.
    whole: BTreeMap<String, f64>,
    /// How many totals it counts up to a limit, and the rows read for them.
    totals: f64,
    counted: f64,
}

impl Reading {
    /// Reads a plan.
    pub fn of(json: &str) -> Self {
        let explained: Value = serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {json}"));
        let plan = &explained["Plan"];
        let statement = text(&explained, "Query Text").split_whitespace().collect::<Vec<_>>().join(" ");
        let given = number(plan, "Actual Rows") * number(plan, "Actual Loops");
        let mut reading = Self { statement, given, ..Self::default() };
        reading.add(plan, false, false);
        reading
    }

    /// A total is counted up to a limit right below its count; all that is read there is read for it.
    fn add(&mut self, node: &Value, is_below_count: bool, is_counted: bool) {
        let (kind, loops) = (text(node, "Node Type"), number(node, "Actual Loops"));
        let is_total = kind == "Limit" && is_below_count;
        let is_counted = is_counted || is_total;
        if is_total {
            self.totals += loops;
        }
        let children = || node["Plans"].as_array().into_iter().flatten();
        let table = text(node, "Relation Name");
        if kind.ends_with("Scan") && !table.is_empty() {
            let rows = number(node, "Actual Rows")
                + number(node, "Rows Removed by Filter")
                + number(node, "Rows Removed by Index Recheck");
            if kind == "Seq Scan" {
                *self.whole.entry(table.to_owned()).or_default() += rows * loops;
            } else {
                *(if is_counted { &mut self.counted } else { &mut self.read }) += rows * loops;
            }
        }
        if matches!(kind, "Sort" | "Incremental Sort") {
            // What it keeps of a page says nothing of what it was given.
            let taken = children().map(|child| number(child, "Actual Rows")).sum();
            self.sorted = self.sorted.max(taken);
        }
        for child in children() {
            self.add(child, kind == "Aggregate", is_counted);
        }
    }

    /// What is wrong with it, in words that stay the same from one run to the next, and the figures of this one.
    pub fn faults(&self, growing: &BTreeSet<String>) -> Vec<(String, String)> {
        let mut faults = Vec::new();
        for (table, rows) in &self.whole {
            if *rows > 0.0 && growing.contains(table) {
                faults.push((format!("reads {table} from end to end"), format!("{rows:.0} rows read")));
            }
        }
        if self.sorted > SORTED {
            faults.push(("sorts more than a page".to_owned(), format!("{:.0} rows sorted", self.sorted)));
        }
        if self.read > FEW.max(FOR_ONE * self.given) {
            let figures = format!("{:.0} rows read, {:.0} given", self.read, self.given);
            faults.push(("reads more than ten rows for each one given".to_owned(), figures));
        }
        if self.counted > COUNTED * self.totals {
            let figures = format!("{:.0} rows read for {:.0} totals", self.counted, self.totals);
            faults.push(("reads more than it counts".to_owned(), figures));
        }
        faults
    }
}

/// A text of a node; empty when it says none.
fn text<'a>(node: &'a Value, name: &str) -> &'a str {
    node[name].as_str().unwrap_or_default()
}

/// A number of a node; nothing when it says none.
fn number(node: &Value, name: &str) -> f64 {
    node[name].as_f64().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn faults(plan: Value) -> Vec<String> {
        let explained = json!({"Query Text": "SELECT 1", "Plan": plan}).to_string();
        let growing = BTreeSet::from(["applications".to_owned()]);
        Reading::of(&explained).faults(&growing).into_iter().map(|(fault, _)| fault).collect()
    }

    fn scan(kind: &str, table: &str, rows: u32, removed: u32) -> Value {
        json!({"Node Type": kind, "Relation Name": table, "Actual Rows": rows, "Actual Loops": 1,
               "Rows Removed by Filter": removed})
    }

    fn above(kind: &str, rows: u32, child: Value) -> Value {
        json!({"Node Type": kind, "Actual Rows": rows, "Actual Loops": 1, "Plans": [child]})
    }

    #[test]
    fn what_is_read_is_held_against_what_is_given() {
        let page = |rows, removed| above("Limit", 21, scan("Index Scan", "applications", rows, removed));
        for (plan, expected) in [
            (page(21, 0), vec![]),
            (page(21, 189), vec![]),
            (page(21, 190), vec!["reads more than ten rows for each one given"]),
            (scan("Seq Scan", "applications", 5, 0), vec!["reads applications from end to end"]),
            (scan("Seq Scan", "departments", 101, 0), vec![]),
            (above("Sort", 21, scan("Index Scan", "applications", 100, 0)), vec![]),
            (above("Sort", 21, scan("Index Scan", "applications", 101, 0)), vec!["sorts more than a page"]),
            (
                above("Aggregate", 1, above("Limit", 1001, scan("Index Only Scan", "applications", 1001, 0))),
                vec![],
            ),
            (
                above("Aggregate", 1, above("Limit", 50, scan("Index Scan", "applications", 50, 9000))),
                vec!["reads more than it counts"],
            ),
            (
                above("Aggregate", 1, scan("Index Only Scan", "applications", 4000, 0)),
                vec!["reads more than ten rows for each one given"],
            ),
        ] {
            assert_eq!(faults(plan.clone()), expected, "{plan}");
        }
    }
}
