//! What is typed of an announcement.

use chrono::{DateTime, TimeDelta, Utc};
use iae_app::App;
use iae_app::announcements::queries::unknown_departments;
use iae_domain::announcements::{
    Announcement, AnnouncementLevel, Audience, BODY_MAX_CHARS, Notice, ReaderKind, Span, TITLE_MAX_CHARS,
    paris_instant, typed_time,
};
use iae_domain::ids::AnnouncementId;
use iae_domain::text::{Message, MessageRefused};
use iae_domain::time::paris_time;
use serde::Deserialize;

use super::messages;
use crate::choice::Choice;
use crate::error::PageResult;
use crate::forms::FieldErrors;
use crate::transition::version;

/// What is typed, and what the form was made from.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct AnnouncementForm {
    /// The id of a new announcement, chosen when its form was made.
    pub(super) id: String,
    /// When the announcement that is changed last changed (D32).
    pub(super) seen: String,
    pub(super) title: String,
    pub(super) body: String,
    pub(super) level: String,
    pub(super) kinds: Vec<String>,
    pub(super) departments: String,
    pub(super) from_day: String,
    pub(super) from_time: String,
    pub(super) until_day: String,
    pub(super) until_time: String,
    pub(super) outage_from_day: String,
    pub(super) outage_from_time: String,
    pub(super) outage_until_day: String,
    pub(super) outage_until_time: String,
    /// `confirm` once it was read as its readers will see it, `edit` to change it.
    step: String,
}

impl AnnouncementForm {
    /// The form of an announcement that is changed.
    pub(super) fn of(announcement: &Announcement) -> Self {
        let Announcement { notice, changed_at, .. } = announcement;
        let (from_day, from_time) = shown(notice.shown.from);
        let (until_day, until_time) = shown(notice.shown.until);
        let (outage_from_day, outage_from_time) =
            notice.outage.map(|outage| shown(outage.from)).unwrap_or_default();
        let (outage_until_day, outage_until_time) =
            notice.outage.map(|outage| shown(outage.until)).unwrap_or_default();
        Self {
            id: String::new(),
            seen: version(*changed_at),
            title: notice.title.as_str().to_owned(),
            body: notice.body.as_str().to_owned(),
            level: notice.level.code().to_owned(),
            kinds: notice.audience.kinds.iter().map(|kind| kind.code().to_owned()).collect(),
            departments: notice.audience.departments.join(", "),
            from_day,
            from_time,
            until_day,
            until_time,
            outage_from_day,
            outage_from_time,
            outage_until_day,
            outage_until_time,
            step: String::new(),
        }
    }

    /// The same, as a new announcement of this id.
    pub(super) fn for_another(self, id: AnnouncementId) -> Self {
        Self { id: id.to_string(), seen: String::new(), step: String::new(), ..self }
    }

    /// Whether it was read as its readers will see it.
    pub(super) fn confirms(&self) -> bool {
        self.step == "confirm"
    }

    /// Whether what was typed is to be changed.
    pub(super) fn goes_back(&self) -> bool {
        self.step == "edit"
    }

    /// An announcement that begins at once begins now: what is read before it is published says the same afterwards.
    pub(super) fn begun_at(mut self, now: DateTime<Utc>) -> Self {
        if is_blank(&[&self.from_day, &self.from_time]) {
            (self.from_day, self.from_time) = shown(now);
        }
        self
    }

    /// What it says, or each mistake beside its field.
    pub(super) async fn read(
        &self,
        app: &App,
        now: DateTime<Utc>,
    ) -> PageResult<Result<Notice, FieldErrors>> {
        let mut errors = FieldErrors::default();
        let title = self.title.split_whitespace().collect::<Vec<_>>().join(" ");
        let title = text::<TITLE_MAX_CHARS>(&mut errors, "title", &title, "Écrivez le titre.");
        let body = text::<BODY_MAX_CHARS>(&mut errors, "body", &self.body, "Écrivez ce que l’annonce dit.");
        let level = AnnouncementLevel::parse(&self.level);
        if level.is_none() {
            errors.add("level", "Choisissez le niveau.");
        }
        let audience = Audience { kinds: self.kinds(&mut errors), departments: self.departments() };
        let unknown = unknown_departments(&app.db, &audience.departments).await?;
        if !unknown.is_empty() {
            errors.add("departments", format!("Aucun département n’a ce code : {}.", unknown.join(", ")));
        }
        let from = [self.from_day.as_str(), self.from_time.as_str()];
        let until = [self.until_day.as_str(), self.until_time.as_str()];
        let from = moment(&mut errors, ["from_day", "from_time"], from, "l’affichage commence");
        let until = moment(&mut errors, ["until_day", "until_time"], until, "l’affichage se termine");
        let outage = self.outage(&mut errors);
        let notice = || {
            let shown = Span { from: from?, until: until? };
            Some(Notice { title: title?, body: body?, level: level?, audience, shown, outage })
        };
        let read = errors.or(notice());
        Ok(read.and_then(|notice| match notice.check(now).map_err(messages::refused) {
            Err(Some(errors)) => Err(errors),
            Ok(()) | Err(None) => Ok(notice),
        }))
    }

    fn kinds(&self, errors: &mut FieldErrors) -> Vec<ReaderKind> {
        let read: Option<Vec<_>> = self.kinds.iter().map(|code| ReaderKind::parse(code)).collect();
        if read.is_none() {
            errors.add("kinds", "Ce choix n’est pas proposé ici.");
        }
        // In the order of the list, each once, however they were sent.
        let chosen = read.unwrap_or_default();
        ReaderKind::ALL.iter().copied().filter(|kind| chosen.contains(kind)).collect()
    }

    /// The codes typed, each once.
    fn departments(&self) -> Vec<String> {
        let typed = self.departments.split(|c: char| !c.is_alphanumeric());
        let mut codes: Vec<String> = typed.filter(|code| !code.is_empty()).map(str::to_uppercase).collect();
        codes.sort_unstable();
        codes.dedup();
        codes.truncate(MOST_DEPARTMENTS);
        codes
    }

    fn outage(&self, errors: &mut FieldErrors) -> Option<Span> {
        let from = [self.outage_from_day.as_str(), self.outage_from_time.as_str()];
        let until = [self.outage_until_day.as_str(), self.outage_until_time.as_str()];
        if is_blank(&from) && is_blank(&until) {
            return None;
        }
        let from = moment(errors, ["outage_from_day", "outage_from_time"], from, "l’interruption commence");
        let until =
            moment(errors, ["outage_until_day", "outage_until_time"], until, "l’interruption se termine");
        Some(Span { from: from?, until: until? })
    }

    /// The levels to choose from.
    pub(super) fn level_choices(&self) -> Vec<Choice> {
        let choice = |level: &AnnouncementLevel| {
            let hint = match level {
                AnnouncementLevel::Warning => {
                    "Passe avant les autres, et les lecteurs d’écran la disent aussitôt."
                }
                AnnouncementLevel::Info => "S’affiche après ce qui est urgent.",
            };
            Choice::new(level.code(), level.label()).with_hint(hint).selected_if(self.level == level.code())
        };
        AnnouncementLevel::ALL.iter().map(choice).collect()
    }

    /// The readers to choose from.
    pub(super) fn kind_choices(&self) -> Vec<Choice> {
        let choice = |kind: &ReaderKind| {
            let is_chosen = self.kinds.iter().any(|code| code == kind.code());
            Choice::new(kind.code(), kind.label()).selected_if(is_chosen)
        };
        ReaderKind::ALL.iter().map(choice).collect()
    }

    /// Everything, for the page that shows it once more.
    pub(super) fn kept(&self) -> Vec<(&'static str, &str)> {
        let texts = [
            ("id", &self.id),
            ("seen", &self.seen),
            ("title", &self.title),
            ("body", &self.body),
            ("level", &self.level),
            ("departments", &self.departments),
            ("from_day", &self.from_day),
            ("from_time", &self.from_time),
            ("until_day", &self.until_day),
            ("until_time", &self.until_time),
            ("outage_from_day", &self.outage_from_day),
            ("outage_from_time", &self.outage_from_time),
            ("outage_until_day", &self.outage_until_day),
            ("outage_until_time", &self.outage_until_time),
        ];
        let kinds = self.kinds.iter().map(|kind| ("kinds", kind));
        texts.into_iter().chain(kinds).map(|(name, text)| (name, text.as_str())).collect()
    }
}

/// As many as there are, and some more.
const MOST_DEPARTMENTS: usize = 120;

fn is_blank(texts: &[&str]) -> bool {
    texts.iter().all(|text| text.trim().is_empty())
}

fn text<const MOST: usize>(
    errors: &mut FieldErrors,
    field: &'static str,
    typed: &str,
    blank: &str,
) -> Option<Message<MOST>> {
    match Message::parse(typed) {
        Ok(text) => return Some(text),
        Err(MessageRefused::Blank) => errors.add(field, blank),
        Err(MessageRefused::TooLong(_)) => errors.check_length(field, typed, MOST),
    }
    None
}

/// A day and an hour, on the clock of Paris; `what` happens then, for whom several moments are asked.
fn moment(
    errors: &mut FieldErrors,
    [day_field, time_field]: [&'static str; 2],
    [day, time]: [&str; 2],
    what: &str,
) -> Option<DateTime<Utc>> {
    let (on, at) = (errors.day(day_field, day), typed_time(time));
    if day.trim().is_empty() {
        errors.add(day_field, format!("Choisissez le jour où {what}."));
    }
    if at.is_none() {
        errors.add(time_field, format!("Écrivez l’heure à laquelle {what}, comme 8:30 ou 8\u{a0}h\u{a0}30."));
    }
    let moment = paris_instant(on?, at?);
    if moment.is_none() {
        errors.add(time_field, "Cette heure n’existe pas ce jour-là : l’horloge avance d’une heure.");
    }
    moment
}

/// A minute as its two fields show it.
fn shown(at: DateTime<Utc>) -> (String, String) {
    let at = paris_time(at);
    (at.date().to_string(), at.format("%H:%M").to_string())
}

/// A week, which is what most announcements last: proposed, and changed at will.
pub(super) fn proposed(id: String, now: DateTime<Utc>) -> AnnouncementForm {
    let (until_day, _) = shown(now + TimeDelta::days(7));
    let level = AnnouncementLevel::Info.code().to_owned();
    AnnouncementForm { id, level, until_day, until_time: "18:00".to_owned(), ..AnnouncementForm::default() }
}
