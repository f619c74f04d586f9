//! Hires that rest on a diagnosis made by the SIAE itself, in the agent's département.

pub mod companies;

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::actor::InspectorActor;
use iae_domain::candidates::PersonName;
use iae_domain::eligibility::{Anomaly, Criterion, policy};
use iae_domain::exports::ListKind;
use iae_domain::french;
use iae_domain::ids::{ApplicationId, OrganisationId};
use iae_domain::organisations::CompanyKind;
use iae_domain::pass::PassNumber;

use crate::Ctx;
use crate::error::Result;
use crate::list::{Asked, Cell, Column, Direction, Facet, Facets, Filter, KeyKind, List, Sql, Time};

/// The auto-prescriptions of a département.
#[derive(Debug, Clone)]
pub struct SelfPrescriptions {
    department: String,
    /// What an address narrows the hires to, for the links to those of one SIAE.
    pub carried: String,
}

impl SelfPrescriptions {
    /// The list of an agent of a département.
    pub fn of(ctx: &Ctx<InspectorActor>, carried: String) -> Result<Self> {
        Ok(Self { department: policy::read_self_prescriptions(&ctx.actor)?.to_owned(), carried })
    }
}

/// An auto-prescription, as listed.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct SelfPrescriptionRow {
    /// The application accepted with it.
    pub id: ApplicationId,
    /// The SIAE.
    pub company: OrganisationId,
    /// Its name.
    pub company_name: String,
    accepted_at: DateTime<Utc>,
    starts_on: NaiveDate,
    company_kind: CompanyKind,
    candidate: PersonName,
    criteria: Vec<Criterion>,
    anomalies: Vec<String>,
    pass_number: Option<PassNumber>,
    is_pass_refused: bool,
}

impl List for SelfPrescriptions {
    type Row = SelfPrescriptionRow;

    const KIND: ListKind = ListKind::SelfPrescriptions;
    const ID: &'static str = "a.id";
    const KEPT: &'static str = "a.*";
    const JOINS: &'static str = "
        JOIN users u ON u.id = page.candidate_id
        LEFT JOIN passes p ON p.id = page.pass_id";

    fn cut(&self, sql: &mut Sql, _: &Asked) {
        sql.push("FROM self_prescriptions a WHERE a.department_code = ").push_bind(self.department.clone());
    }

    fn fill(&self, sql: &mut Sql) {
        sql.push(
            "page.id
             , page.accepted_at
             , page.starts_on
             , page.company_id AS company
             , page.company_name
             , page.company_kind
             , full_name(u.first_name, u.last_name) AS candidate
             , ARRAY(
                   SELECT dc.criterion_code
                   FROM diagnosis_criteria dc
                   JOIN eligibility_criteria e ON e.code = dc.criterion_code
                   WHERE dc.diagnosis_id = page.diagnosis_id
                   ORDER BY e.level, e.rank
               ) AS criteria
             , page.anomalies
             , p.number AS pass_number
             , EXISTS (
                   SELECT FROM applications hire WHERE hire.id = page.id AND hire.pass_refused_at IS NOT NULL
               ) AS is_pass_refused",
        );
    }

    fn columns(&self) -> Vec<Column<Self>> {
        vec![
            // An agent of the State reads no name (USR-10): initials are no name for a link.
            Column::new("hire", "Embauche", |_, row: &SelfPrescriptionRow| {
                Cell::text(format!("Embauche du {}", french::date(row.starts_on)))
            })
            .under("Personne", |_, row: &SelfPrescriptionRow| Cell::text(row.candidate.masked())),
            Column::new("company", "Structure", |_, row: &SelfPrescriptionRow| Cell::text(&row.company_name))
                .under("Type", |_, row: &SelfPrescriptionRow| Cell::text(row.company_kind.label())),
            Column::new("start", "Contrat", |_, row: &SelfPrescriptionRow| Cell::Day(row.starts_on)),
            Column::new("accepted", "Acceptée", |_, row: &SelfPrescriptionRow| {
                Cell::instant_day(row.accepted_at)
            })
            .sorted_by("a.accepted_at", KeyKind::At, Direction::Descending),
            Column::new("criteria", "Critères déclarés", |_, row: &SelfPrescriptionRow| {
                Cell::Several(row.criteria.iter().map(|criterion| criterion.label().to_owned()).collect())
            }),
            Column::new("anomalies", "À regarder", |_, row: &SelfPrescriptionRow| {
                let found = row.anomalies.iter().filter_map(|code| Anomaly::parse(code));
                let words: Vec<String> = found.map(|anomaly| anomaly.label().to_owned()).collect();
                if words.is_empty() { Cell::Nothing("Rien") } else { Cell::Several(words) }
            }),
            Column::new("pass", "PASS IAE", |_, row: &SelfPrescriptionRow| {
                let number = row.pass_number.as_ref().map(ToString::to_string);
                Cell::text(number.unwrap_or_else(|| without_pass(row.is_pass_refused).to_owned()))
            }),
        ]
    }

    fn filters(&self, _: &Facets) -> Vec<Filter> {
        let kinds = CompanyKind::SIAE.iter().map(|kind| Facet::new(kind.code(), kind.label())).collect();
        let anomalies =
            Anomaly::ALL.iter().map(|anomaly| Facet::new(anomaly.code(), anomaly.label())).collect();
        let mut filters = vec![
            Filter::words("name", "Nom de la structure", "a.company_words"),
            Filter::choice("kind", "Type de structure", "Tous", kinds, "a.company_kind"),
            criterion(declares),
            Filter::choice_by("anomaly", "À regarder", "Peu importe", anomalies, |sql, codes| {
                sql.push(" AND a.anomalies && ").push_bind(codes.to_vec());
            }),
        ];
        let starts_on = Time::Day("a.starts_on");
        filters.extend(Filter::period("Contrats à partir du", "Contrats jusqu’au", starts_on));
        filters.push(Filter::thing("company", "Une seule structure", "a.company_id"));
        filters
    }

    fn sorted(&self) -> (&'static str, Direction) {
        ("accepted", Direction::Descending)
    }
}

/// What stands in the place of the number of a PASS that is not delivered (rule book 03 §4.10).
pub const fn without_pass(is_refused: bool) -> &'static str {
    if is_refused { "Refusé par l’équipe du service" } else { "À délivrer par l’équipe du service" }
}

/// The criteria a diagnosis declares: any of those asked for.
fn criterion(narrow: impl Fn(&mut Sql, &[String]) + Send + Sync + 'static) -> Filter {
    let criteria = Criterion::ALL.iter().map(|criterion| Facet::new(criterion.code(), criterion.label()));
    Filter::choice_by("criterion", "Critère déclaré", "Tous", criteria.collect(), narrow)
}

/// Keeps the hires whose diagnosis declares one of these criteria.
fn declares(sql: &mut Sql, codes: &[String]) {
    sql.push(
        " AND EXISTS (SELECT FROM diagnosis_criteria dc
           WHERE dc.diagnosis_id = a.diagnosis_id AND dc.criterion_code = ANY(",
    );
    sql.push_bind(codes.to_vec()).push("))");
}
