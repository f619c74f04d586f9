//! The form of the diagnosis, the same inside an application and alone: criteria, then the guide's points one by one.

use chrono::NaiveDate;
use iae_app::eligibility::Prescribe;
use iae_app::eligibility::queries::{self, DiagnosisDetail};
use iae_app::{App, Ctx};
use iae_domain::actor::AuthorisedPrescriber;
use iae_domain::applications::draft::UnfinishedDiagnosis;
use iae_domain::candidates::situation::NOTE_MAX_CHARS;
use iae_domain::candidates::{Assessment, PointRefused, SituationPoint, Topic, TopicGroup};
use iae_domain::eligibility::{
    Criteria, CriteriaConflict, Criterion, CriterionShown, Diagnosis, Level, prescriber_diagnosis_expiry,
};
use iae_domain::ids::{CandidateId, DiagnosisId};
use serde::Deserialize;

use super::certification::CriterionLine;
use super::criteria::{age_contradicted, meaning, reason};
use crate::choice::Choice;
use crate::error::PageResult;
use crate::forms::FieldErrors;
use crate::french;

/// Where the criteria of age stand: among those of level 2.
pub(crate) const AGE_FIELD: &str = "criteria-2";

/// What was posted: names depend on the topics, so pairs are read as they come.
#[derive(Debug, Default, Deserialize)]
#[serde(transparent)]
pub struct DiagnosisForm(Vec<(String, String)>);

impl DiagnosisForm {
    /// What a field holds; empty when it was not posted.
    pub(crate) fn value(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    fn criteria(&self) -> impl Iterator<Item = Criterion> + '_ {
        self.0.iter().filter(|(key, _)| key == "criteria").filter_map(|(_, code)| Criterion::parse(code))
    }

    /// The diagnosis of someone born that day, or what is wrong with it, point by point.
    pub fn parse(&self, birth_date: Option<NaiveDate>, today: NaiveDate) -> Result<Prescribe, FieldErrors> {
        let mut errors = FieldErrors::default();
        let criteria = Criteria::choose(self.criteria());
        if let Err(CriteriaConflict(one, other)) = &criteria {
            let (one, other) = (one.label(), other.label());
            errors
                .add("criteria", format!("«\u{a0}{one}\u{a0}» et «\u{a0}{other}\u{a0}» s’excluent\u{a0}: gardez celui qui convient."));
        }
        if let Some(Err(contradicted)) =
            criteria.as_ref().ok().map(|chosen| chosen.agree_with(birth_date, today))
        {
            errors.add(AGE_FIELD, age_contradicted(contradicted));
        }
        let mut points = Vec::new();
        for topic in Topic::ALL {
            match self.point(*topic) {
                Ok(point) => points.extend(point),
                Err(refused) => errors.add(topic.code(), sentence(*topic, refused)),
            }
        }
        let replaces: Option<DiagnosisId> = self.value("replaces").parse().ok();
        errors.or(criteria.ok().map(|criteria| Prescribe { criteria, points, replaces }))
    }

    fn point(&self, topic: Topic) -> Result<Option<SituationPoint>, PointRefused> {
        let SituationPoint { assessment, note, shared, .. } = self.typed(topic);
        SituationPoint::record(topic, assessment, &note, shared)
    }

    /// A point as it was typed.
    fn typed(&self, topic: Topic) -> SituationPoint {
        let code = topic.code();
        let assessment = Assessment::parse(self.value(&format!("assessment-{code}")));
        SituationPoint {
            topic,
            assessment: assessment.unwrap_or(Assessment::NotDiscussed),
            note: self.value(code).to_owned(),
            shared: self.value(&format!("share-{code}")) == "true",
        }
    }

    /// What was typed, for who goes on without validating it.
    pub fn unfinished(&self) -> UnfinishedDiagnosis {
        let typed = Topic::ALL.iter().map(|topic| self.typed(*topic));
        UnfinishedDiagnosis::of(self.criteria().collect(), typed)
    }
}

fn sentence(topic: Topic, refused: PointRefused) -> String {
    let topic = topic.label();
    match refused {
        PointRefused::NoteTooLong(length) => format!(
            "{topic}\u{a0}: la note compte {length} caractères, {NOTE_MAX_CHARS} au plus. Gardez l’essentiel.",
        ),
        PointRefused::NotDiscussed => {
            format!("{topic}\u{a0}: choisissez une appréciation, ou effacez la note.")
        }
    }
}

/// One point, as the page shows it.
pub struct PointField {
    pub topic: Topic,
    pub assessments: Vec<Choice>,
    pub note: String,
    pub shared: bool,
}

impl PointField {
    /// How it was assessed, in words.
    pub fn state(&self) -> &str {
        let chosen = self.assessments.iter().find(|choice| choice.selected);
        match chosen {
            Some(choice) if self.topic.is_assessed() => &choice.label,
            Some(_) | None if self.note.is_empty() => Assessment::NotDiscussed.label(),
            Some(_) | None => "Abordé",
        }
    }

    /// Whether something is said of it, and must be seen.
    pub fn is_filled(&self) -> bool {
        !self.note.is_empty() || self.state() != Assessment::NotDiscussed.label()
    }
}

/// How far a section is.
const STATES: [&str; 3] = ["À faire", "Commencé", "Fait"];

/// One part of the diagnosis.
pub struct PartFields {
    pub group: TopicGroup,
    pub points: Vec<PointField>,
}

impl PartFields {
    /// « À faire », « Commencé », « Fait ».
    pub fn state(&self) -> &'static str {
        let [to_do, begun, done] = STATES;
        match self.points.iter().filter(|point| point.is_filled()).count() {
            0 => to_do,
            filled if filled == self.points.len() => done,
            _ => begun,
        }
    }

    fn is_mistaken(&self, errors: &FieldErrors) -> bool {
        self.points.iter().any(|point| errors.of(point.topic.code()).is_some())
    }
}

/// The fields of the diagnosis, as the page shows them.
pub struct DiagnosisFields {
    pub level_1: Vec<Choice>,
    pub level_2: Vec<Choice>,
    pub parts: Vec<PartFields>,
    /// Ticked from what the file says, and why.
    pub prefilled: Vec<(Criterion, String)>,
    /// What the file says, confirmed too long ago to be ticked.
    pub suggested: Vec<(Criterion, String)>,
    pub replaces: Option<DiagnosisId>,
    pub valid_until: String,
    pub errors: FieldErrors,
}

impl DiagnosisFields {
    /// Whether a part is unfolded: all of them, or when something is mistaken only where it is.
    pub fn opens(&self, part: &PartFields) -> bool {
        self.errors.is_empty() || part.is_mistaken(&self.errors)
    }

    /// The same of one point: those that say something, or the mistaken ones.
    pub fn opens_point(&self, point: &PointField) -> bool {
        if self.errors.is_empty() { point.is_filled() } else { self.errors.of(point.topic.code()).is_some() }
    }

    /// The same of the criteria.
    pub fn opens_criteria(&self) -> bool {
        self.errors.is_empty() || ["criteria", AGE_FIELD].iter().any(|field| self.errors.of(field).is_some())
    }

    /// How far the criteria are.
    pub fn criteria_state(&self) -> &'static str {
        let [to_do, _, done] = STATES;
        let mut choices = self.level_1.iter().chain(&self.level_2);
        if choices.any(|choice| choice.selected) { done } else { to_do }
    }

    /// What was typed, to be corrected.
    pub fn typed<A>(ctx: &Ctx<A>, form: &DiagnosisForm, errors: FieldErrors) -> Self {
        let ticked: Vec<_> = form.criteria().collect();
        let field = |topic| point(&form.typed(topic));
        let replaces = form.value("replaces").parse().ok();
        Self { replaces, errors, ..Self::new(ctx, &ticked, field) }
    }

    /// What was typed before, and not validated.
    pub fn unfinished<A>(ctx: &Ctx<A>, unfinished: &UnfinishedDiagnosis) -> Self {
        Self::new(ctx, unfinished.criteria(), |topic| known_or_blank(unfinished.points(), topic))
    }

    fn new<A>(ctx: &Ctx<A>, ticked: &[Criterion], field: impl Fn(Topic) -> PointField) -> Self {
        let level = |wanted: Level| {
            let choice = |criterion: &Criterion| {
                Choice::new(criterion.code(), criterion.label())
                    .with_hint(meaning(*criterion))
                    .selected_if(ticked.contains(criterion))
            };
            Criterion::ALL.iter().filter(|criterion| criterion.level() == wanted).map(choice).collect()
        };
        let part = |group: &TopicGroup| PartFields {
            group: *group,
            points: Topic::ALL
                .iter()
                .filter(|topic| topic.group() == *group)
                .map(|topic| field(*topic))
                .collect(),
        };
        let end = prescriber_diagnosis_expiry(ctx.today());
        Self {
            level_1: level(Level::One),
            level_2: level(Level::Two),
            parts: TopicGroup::ALL.iter().map(part).collect(),
            prefilled: vec![],
            suggested: vec![],
            replaces: None,
            valid_until: french::date(end.pred_opt().unwrap_or(end)),
            errors: FieldErrors::default(),
        }
    }
}

fn point(said: &SituationPoint) -> PointField {
    let choice = |offered: &Assessment| {
        Choice::new(offered.code(), offered.label()).selected_if(*offered == said.assessment)
    };
    let assessments = Assessment::CHOICES.iter().map(choice).collect();
    PointField { topic: said.topic, assessments, note: said.note.clone(), shared: said.shared }
}

/// What is said of a point, if anything is.
fn known_or_blank(points: &[SituationPoint], topic: Topic) -> PointField {
    let shared = topic.is_shared_by_default();
    let blank = SituationPoint { topic, assessment: Assessment::NotDiscussed, note: String::new(), shared };
    point(points.iter().find(|point| point.topic == topic).unwrap_or(&blank))
}

/// What already holds, and the points this organisation may read of it.
pub struct Held {
    pub diagnosis: DiagnosisDetail,
    pub points: Vec<SituationPoint>,
    pub valid_until: String,
    today: NaiveDate,
}

impl Held {
    /// Its criteria, each with what the State answered: whoever reads it is a prescripteur habilité.
    pub(crate) fn criteria(&self) -> Vec<CriterionLine> {
        let shown = CriterionShown::OnDiagnosis { expires_on: self.diagnosis.expires_on, today: self.today };
        CriterionLine::all(&self.diagnosis.criteria, &self.diagnosis.certified, shown)
    }
}

/// The diagnosis that holds, in the eyes of this organisation: every point of its own, of another's those to be
/// shared.
pub async fn held(
    app: &App,
    ctx: &Ctx<AuthorisedPrescriber>,
    diagnosis: &Diagnosis,
) -> PageResult<Option<Held>> {
    let Some(detail) = queries::detail(&app.db, diagnosis.id).await? else { return Ok(None) };
    let is_ours = detail.organisation_id == ctx.actor.organisation;
    let points = detail.points.iter().filter(|point| is_ours || point.shared).cloned().collect();
    let last_day = detail.expires_on.pred_opt().unwrap_or(detail.expires_on);
    let valid_until = french::date(last_day);
    Ok(Some(Held { points, valid_until, diagnosis: detail, today: ctx.today() }))
}

/// The fields as first shown: those of the diagnosis to be updated, else what a profile confirmed less than 24 hours
/// ago ticks (rule book 03 §2.8, §2.9).
pub async fn fields<A>(
    app: &App,
    ctx: &Ctx<A>,
    candidate: CandidateId,
    held: Option<&Held>,
) -> PageResult<DiagnosisFields> {
    if let Some(held) = held {
        let field = |topic| known_or_blank(&held.points, topic);
        let fields = DiagnosisFields::new(ctx, &held.diagnosis.criteria, field);
        return Ok(DiagnosisFields { replaces: Some(held.diagnosis.id), ..fields });
    }
    let profile = queries::profile(&app.db, candidate).await?;
    let ticked = profile.as_ref().map(|profile| profile.criteria(ctx.now)).unwrap_or_default();
    let known = profile.as_ref().map(|profile| profile.known(ctx.now)).unwrap_or_default();
    let said = |criterion| Some((criterion, reason(criterion, profile.as_ref()?, ctx.today())));
    let (prefilled, suggested) =
        known.into_iter().filter_map(said).partition(|(criterion, _)| ticked.contains(criterion));
    let field = |topic| known_or_blank(&[], topic);
    Ok(DiagnosisFields { prefilled, suggested, ..DiagnosisFields::new(ctx, &ticked, field) })
}
