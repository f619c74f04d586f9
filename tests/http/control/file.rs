//! The whole file of a control (rule book 05 C11: « zip verifies hashes »; 04 §1.19): what each side takes away, and when.

mod copies;
mod decided;

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use chrono::TimeDelta;
use iae_domain::control::{CampaignTurn, Decision};
use iae_domain::ids::ControlCampaignId;
use iae_tests::pdf::pdf;
use iae_tests::{Page, Persona, TestApp};
use ring::digest;
use zip::ZipArchive;

use super::{Drawn, age, drawn};

const PROOFS: [&str; 2] =
    ["07-justificatifs/auto-prescription-1/rsa.pdf", "07-justificatifs/auto-prescription-2/rsa.pdf"];

/// What a file holds, by name.
pub(super) struct Taken(BTreeMap<String, Vec<u8>>);

impl Taken {
    pub(super) fn of(page: &Page) -> Self {
        let mut zip = ZipArchive::new(Cursor::new(page.bytes.as_slice())).expect("a ZIP");
        let mut pieces = BTreeMap::new();
        for index in 0..zip.len() {
            let mut piece = zip.by_index(index).unwrap();
            let (name, mut content) = (piece.name().unwrap().into_owned(), Vec::new());
            piece.read_to_end(&mut content).unwrap();
            assert!(name.is_ascii(), "{name}");
            pieces.insert(name, content);
        }
        Self(pieces)
    }

    fn names(&self) -> Vec<&str> {
        self.0.keys().map(String::as_str).collect()
    }

    /// The text of the pieces whose names begin so, spaces of French typography as plain ones.
    pub(super) fn text(&self, prefix: &str) -> String {
        let pieces = self.0.iter().filter(|(name, _)| name.starts_with(prefix) && !name.ends_with(".pdf"));
        pieces.map(|(_, content)| String::from_utf8_lossy(content).replace('\u{a0}', " ")).collect()
    }

    /// What « sha256sum -c » does; every piece has its line but the one that holds them.
    fn verify(&self) {
        let sums = self.text("SHA256SUMS");
        let lines: Vec<(&str, &str)> = sums.lines().map(|line| line.split_once("  ").unwrap()).collect();
        assert_eq!(lines.len(), self.0.len() - 1);
        for (sum, name) in lines {
            assert_eq!(sha256(&self.0[name]), sum, "{name}");
        }
    }
}

fn sha256(bytes: &[u8]) -> String {
    let digest = digest::digest(&digest::SHA256, bytes);
    digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

async fn take(app: &TestApp, persona: Persona, drawn: &Drawn) -> Page {
    app.browser(persona).await.get(&address(drawn)).await
}

fn address(drawn: &Drawn) -> String {
    format!("/controls/{}/file", drawn.control)
}

async fn end(app: &TestApp, drawn: &Drawn) {
    for turn in [CampaignTurn::Adversarial, CampaignTurn::Close] {
        drawn.turn(app, CampaignTurn::Freeze).await.unwrap();
        drawn.turn(app, turn).await.unwrap();
    }
}

/// Moves the end of a campaign, and all that was before it, so many days back.
pub(super) async fn end_ago(app: &TestApp, campaign: ControlCampaignId, days: u64) {
    age(app, campaign, days).await;
    sqlx::query("UPDATE control_campaigns SET ended_at = ended_at - make_interval(days => $2) WHERE id = $1")
        .bind(campaign)
        .bind(i32::try_from(days).unwrap())
        .execute(app.db())
        .await
        .unwrap();
}

async fn count(app: &TestApp, action: &str) -> usize {
    app.audit_trail().await.iter().filter(|done| *done == action).count()
}

#[tokio::test]
async fn the_file_holds_every_piece_and_verifies() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = drawn(&app).await;
    drawn.submit(&app).await;
    drawn.review(&app, Decision::Accept).await;
    let page = take(&app, Persona::Inspector, &drawn).await.is(200);
    let header = |name: &str| page.headers[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "application/zip");
    let named = "attachment; filename=\"controle-38012345600011-2026-05-04.zip\"";
    assert_eq!(header("content-disposition"), named);
    assert!(header("content-security-policy").starts_with("sandbox"));
    assert_eq!(header("cache-control"), "no-store");
    let taken = Taken::of(&page);
    taken.verify();
    let expected = [
        &["01-sommaire.pdf", "02-tirage.txt", "03-chronologie.csv", "04-auto-prescriptions.csv"][..],
        &["05-mails/01-2026-05-04.txt", "05-mails/02-2026-05-04.txt"],
        &PROOFS,
        &["SHA256SUMS"],
    ];
    assert_eq!(taken.names(), expected.concat());
    assert!(taken.0["01-sommaire.pdf"].starts_with(b"%PDF"));
    for proof in PROOFS {
        assert_eq!(taken.0[proof], pdf(), "as it was given");
    }
    let hires = taken.text("04-");
    assert!(hires.contains("Bénéficiaire du RSA") && hires.contains("Validé"), "{hires}");
    let done = taken.text("03-");
    for what in ["Structure tirée au sort", "Justificatifs transmis", "Justificatif contrôlé"] {
        assert!(done.contains(what), "{what}: {done}");
    }
    app.run_jobs().await;
}

/// The same control is the same file, whoever of the DDETS takes it: what is read of it is no part of it.
#[tokio::test]
async fn the_same_file_is_the_same_bytes() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = drawn(&app).await;
    drawn.submit(&app).await;
    app.run_jobs().await;
    let one = take(&app, Persona::Inspector, &drawn).await.is(200);
    app.advance(TimeDelta::minutes(5));
    let other = take(&app, Persona::Inspector, &drawn).await.is(200);
    assert!(one.bytes == other.bytes);
}

/// ACL-3, D34: each proof inside is a download, the first of the day opens the file of its person.
#[tokio::test]
async fn whoever_takes_the_file_reads_each_proof_in_it() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = drawn(&app).await;
    drawn.submit(&app).await;
    let (downloaded, opened) = ("candidate.document_downloaded", "candidate.file_opened");
    let before = (count(&app, downloaded).await, count(&app, opened).await);
    take(&app, Persona::Inspector, &drawn).await.is(200);
    take(&app, Persona::Inspector, &drawn).await.is(200);
    let after = (count(&app, downloaded).await - before.0, count(&app, opened).await - before.1);
    assert_eq!((after, count(&app, "control.file_taken").await), ((4, 2), 2));
    app.run_jobs().await;
}

/// §1.19: « the SIAE only once the campaign is ended »; to anyone else it does not exist.
#[tokio::test]
async fn the_file_is_for_the_ddets_then_for_the_siae() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = drawn(&app).await;
    drawn.submit(&app).await;
    let link = |page: &Page| page.links().contains(&address(&drawn));
    let own =
        async || app.browser(Persona::Employer).await.get(&format!("/controls/{}", drawn.control)).await;
    for ended in [false, true] {
        if ended {
            end(&app, &drawn).await;
        }
        for persona in Persona::ALL.iter().copied() {
            let status = match persona {
                Persona::Inspector => 200,
                Persona::Employer | Persona::EmployerAdmin if ended => 200,
                Persona::NoOrganisation | Persona::DeactivatedMember => 403,
                _ => 404,
            };
            take(&app, persona, &drawn).await.is(status);
        }
        assert_eq!(link(&own().await.is(200)), ended);
        let review = app.browser(Persona::Inspector).await;
        assert!(link(&review.get(&format!("/controls/{}/review", drawn.control)).await.is(200)));
    }
    app.visitor().get(&address(&drawn)).await.is(303);
    app.run_jobs().await;
}

/// What an SIAE has in its own file is enough to draw it again (docs/control-draw.md).
#[tokio::test]
async fn the_draw_is_done_again_from_the_file() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = drawn(&app).await;
    let told = Taken::of(&take(&app, Persona::Inspector, &drawn).await.is(200)).text("02-");
    let said = |what: &str| {
        let line = told.lines().find_map(|line| line.strip_prefix(what)?.strip_prefix(" : "));
        line.unwrap_or_else(|| panic!("{what}: {told}")).to_owned()
    };
    let lines = told.lines().filter_map(|line| line.split_whitespace().next());
    let mut hashes: Vec<String> =
        lines.filter(|line| line.split(';').count() == 3).map(|line| sha256(line.as_bytes())).collect();
    hashes.sort_unstable();
    assert_eq!(hashes.len(), 2);
    let list = sha256(hashes.iter().map(|hash| format!("{hash}\n")).collect::<String>().as_bytes());
    assert_eq!(list, said("Empreinte publiée de la liste"));
    let seed = sha256(format!("{list};{}", said("Valeur publiée")).as_bytes());
    assert_eq!(seed, said("Graine"));
    assert_eq!(told.lines().filter(|line| line.ends_with("  tirée")).count(), 2);
    app.run_jobs().await;
}

/// A wrong piece never leaves: the download breaks, and the next one begins anew.
#[tokio::test]
async fn a_proof_that_changed_in_the_store_breaks_the_download() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = drawn(&app).await;
    drawn.submit(&app).await;
    let key: String =
        sqlx::query_scalar("SELECT storage_key FROM documents WHERE kind = 'proof' ORDER BY id LIMIT 1")
            .fetch_one(app.db())
            .await
            .unwrap();
    let (place, whole) = (app.files().join(&key), pdf());
    let mut changed = whole.clone();
    changed[20] ^= 1;
    let shorter = &whole[..whole.len() - 1];
    let longer = [whole.as_slice(), b" "].concat();
    let browser = app.browser(Persona::Inspector).await;
    for content in [changed.as_slice(), shorter, longer.as_slice()] {
        std::fs::write(&place, content).unwrap();
        let (browser, address) = (browser.clone(), address(&drawn));
        let taken = tokio::spawn(async move { browser.get(&address).await.status }).await;
        assert!(taken.is_err(), "the body does not come whole");
    }
    std::fs::write(&place, &whole).unwrap();
    Taken::of(&browser.get(&address(&drawn)).await.is(200)).verify();
    app.run_jobs().await;
}

/// §1.19, « Viewable campaign »: three years after its end, for both sides.
#[tokio::test]
async fn the_file_goes_out_of_view_with_its_campaign() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = drawn(&app).await;
    end(&app, &drawn).await;
    end_ago(&app, drawn.campaign, 1_090).await;
    for persona in [Persona::Inspector, Persona::Employer] {
        take(&app, persona, &drawn).await.is(200);
    }
    end_ago(&app, drawn.campaign, 10).await;
    for persona in [Persona::Inspector, Persona::Employer] {
        take(&app, persona, &drawn).await.is(404);
    }
    app.run_jobs().await;
}
