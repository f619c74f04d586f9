//! The pages that are ready, and what was heard since they were made.

pub(crate) mod page;

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, TimeDelta, Utc};
use iae_app::directory::changes::{News, PublicThing};
use iae_domain::ids::AnnouncementEditionId;
use quick_cache::Weighter;
use quick_cache::sync::Cache;

use page::{Moment, Page};

/// How long a page is given: what time alone changes is told a minute late at most.
const KEPT: TimeDelta = TimeDelta::minutes(1);

/// The most the pages of a process weigh: some two thousand cards.
const MOST_BYTES: u64 = 8 * 1024 * 1024;
const PAGES: usize = 2048;

/// What a page takes besides its address and its bytes, more or less.
const BESIDE: usize = 256;

/// The pages of one process. Copies are the same.
#[derive(Clone)]
pub struct ReadyPages(Arc<Kept>);

struct Kept {
    pages: Cache<String, Arc<Page>, InBytes>,
    heard: RwLock<Heard>,
}

/// What was heard of changes: when each thing changed last. As many as there are companies, at most.
#[derive(Default)]
struct Heard {
    is_listening: bool,
    now: Moment,
    /// Whatever was made before is old.
    all: Moment,
    each: HashMap<PublicThing, Moment>,
}

/// A page weighs its bytes.
#[derive(Clone)]
struct InBytes;

impl Weighter<String, Arc<Page>> for InBytes {
    fn weight(&self, path: &String, page: &Arc<Page>) -> u64 {
        (path.len() + page.gzip.len() + BESIDE) as u64
    }
}

impl Default for ReadyPages {
    fn default() -> Self {
        let pages = Cache::with_weighter(PAGES, MOST_BYTES, InBytes);
        Self(Arc::new(Kept { pages, heard: RwLock::default() }))
    }
}

impl ReadyPages {
    /// Notes what changed, or that changes are heard, or no more.
    pub fn hear(&self, news: News) {
        let mut heard = self.0.heard.write().unwrap_or_else(PoisonError::into_inner);
        heard.now.0 += 1;
        let now = heard.now;
        match news {
            News::Changed(what) => {
                heard.each.insert(what, now);
            }
            News::Listening | News::Deaf => {
                heard.is_listening = news == News::Listening;
                heard.all = now;
                heard.each.clear();
            }
        }
    }

    /// Whether changes are heard: nothing is kept nor given otherwise.
    pub fn is_listening(&self) -> bool {
        self.moment().is_some()
    }

    /// What was heard so far: a page begun now is as of now. None while nothing is heard.
    pub(crate) fn moment(&self) -> Option<Moment> {
        let heard = self.0.heard.read().unwrap_or_else(PoisonError::into_inner);
        heard.is_listening.then_some(heard.now)
    }

    /// The page of this address, if it still says what is so.
    pub(crate) fn find(
        &self,
        path: &str,
        now: DateTime<Utc>,
        announced: &[AnnouncementEditionId],
    ) -> Option<Arc<Page>> {
        let page = self.0.pages.get(path)?;
        let is_young = (TimeDelta::zero()..KEPT).contains(&(now - page.made_at));
        (is_young && page.announced == announced && self.is_so(&page)).then_some(page)
    }

    fn is_so(&self, page: &Page) -> bool {
        let heard = self.0.heard.read().unwrap_or_else(PoisonError::into_inner);
        let changed = heard.each.get(&page.shows).copied().unwrap_or_default();
        heard.is_listening && page.as_of >= heard.all.max(changed)
    }

    /// Keeps a page. One that is old already is never given.
    pub(crate) fn keep(&self, path: String, page: Page) -> Arc<Page> {
        let page = Arc::new(page);
        self.0.pages.insert(path, Arc::clone(&page));
        page
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;
    use iae_domain::ids::OrganisationId;
    use uuid::Uuid;

    use super::page::gzip;
    use super::*;

    const PATH: &str = "/employers/1";

    fn company(n: u128) -> PublicThing {
        PublicThing::Company(OrganisationId(Uuid::from_u128(n)))
    }

    fn noon() -> DateTime<Utc> {
        "2026-10-05T12:00:00Z".parse().unwrap()
    }

    /// Begun at `as_of`, kept now.
    fn keep(pages: &ReadyPages, as_of: Moment) {
        let kind = HeaderValue::from_static("text/html; charset=utf-8");
        let gzip = gzip(b"<!DOCTYPE html>").unwrap();
        let announced = vec![];
        pages
            .keep(PATH.to_owned(), Page { shows: company(1), as_of, made_at: noon(), announced, kind, gzip });
    }

    fn listening() -> ReadyPages {
        let pages = ReadyPages::default();
        pages.hear(News::Listening);
        keep(&pages, pages.moment().unwrap());
        pages
    }

    fn is_given(pages: &ReadyPages) -> bool {
        pages.find(PATH, noon(), &[]).is_some()
    }

    #[test]
    fn a_page_is_given_for_a_minute() {
        let pages = listening();
        for (seconds, expected) in [(0, true), (59, true), (60, false), (-1, false)] {
            let at = noon() + TimeDelta::seconds(seconds);
            assert_eq!(pages.find(PATH, at, &[]).is_some(), expected, "after {seconds} s");
        }
    }

    #[test]
    fn a_page_is_old_once_what_it_shows_changed() {
        let pages = listening();
        for other in [company(2), PublicThing::Figures] {
            pages.hear(News::Changed(other));
            assert!(is_given(&pages), "{other:?}");
        }
        pages.hear(News::Changed(company(1)));
        assert!(!is_given(&pages));
        keep(&pages, pages.moment().unwrap());
        assert!(is_given(&pages), "made again");
    }

    /// It may have read what was before, and is kept after what came since was heard.
    #[test]
    fn a_page_that_changed_while_it_was_made_is_never_given() {
        let pages = listening();
        let begun = pages.moment().unwrap();
        pages.hear(News::Changed(company(1)));
        keep(&pages, begun);
        assert!(!is_given(&pages));
    }

    #[test]
    fn nothing_is_given_while_changes_are_missed_nor_kept_from_before() {
        let pages = listening();
        let begun = pages.moment().unwrap();
        pages.hear(News::Deaf);
        assert!(!is_given(&pages) && pages.moment().is_none());
        pages.hear(News::Listening);
        assert!(!is_given(&pages));
        keep(&pages, begun);
        assert!(!is_given(&pages), "begun before the silence");
    }

    #[test]
    fn a_page_with_other_announcements_is_not_given() {
        let pages = listening();
        let announced = [AnnouncementEditionId(Uuid::from_u128(1))];
        assert!(pages.find(PATH, noon(), &announced).is_none());
    }

    #[test]
    fn the_pages_weigh_no_more_than_they_may() {
        let pages = listening();
        let as_of = pages.moment().unwrap();
        for n in 0..3000 {
            let page = Page {
                shows: company(1),
                as_of,
                made_at: noon(),
                announced: vec![],
                kind: HeaderValue::from_static("text/html; charset=utf-8"),
                gzip: axum::body::Bytes::from(vec![0; 8 * 1024]),
            };
            pages.keep(format!("/employers/{n}"), page);
        }
        assert!(pages.0.pages.weight() <= MOST_BYTES, "{} bytes", pages.0.pages.weight());
    }
}
