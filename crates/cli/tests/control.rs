//! `iae control` as an operator types it: a campaign opened, drawn, drawn again; what was tampered with is found (rule book 04 §1.6;
//! `docs/control-draw.md`).

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::process::Output;

use iae_domain::applications::StateCode;
use iae_domain::eligibility::Criterion;
use iae_tests::{Persona, TestApp, world};
use sqlx::ConnectOptions as _;
use tokio::process::Command;

/// A key nobody guesses: others stop the start.
const COOKIE_KEY: &str = "f7411bfd4ee0866f2c00d9b32a06d5c7cdaff670882c285f5bf7b216a2b4b77cb3766dce6e5f7476829471b59ef63394c2dfaff79a88f7eaaa7f45d0f7d0624d";

/// Runs the binary over the database of the platform.
async fn iae(app: &TestApp, arguments: &[&str]) -> Output {
    let folder = app.files().join("operator");
    std::fs::create_dir_all(&folder).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_iae"));
    command.arg("control").args(arguments).env_clear();
    command.envs([
        ("DATABASE_URL", app.db().pool().connect_options().to_url_lossy().as_str()),
        ("IAE_BASE_URL", "http://127.0.0.1:8070"),
        ("IAE_COOKIE_KEY", COOKIE_KEY),
        ("IAE_SUPPORT_EMAIL", "equipe@exemple.fr"),
        // Those of the hires of these tests.
        ("IAE_PASS_PREFIX", "99999"),
        ("IAE_MAIL_URL", &format!("file://{}", folder.display())),
        ("IAE_MAIL_FROM", "Parcours IAE <ne-pas-repondre@exemple.fr>"),
        ("IAE_FILES_URL", &format!("file://{}", folder.display())),
        ("IAE_OIDC_IC_ISSUER", "http://127.0.0.1:8071"),
        ("IAE_OIDC_IC_CLIENT_ID", "parcours-iae"),
        ("IAE_OIDC_IC_CLIENT_SECRET", "secret-of-the-platform-0123456789abcdef"),
    ]);
    command.output().await.unwrap()
}

/// What it prints, having done what was asked, spaces of French typography as plain ones.
async fn done(app: &TestApp, arguments: &[&str]) -> String {
    let output = iae(app, arguments).await;
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().replace('\u{a0}', " ")
}

/// Why it did nothing.
async fn refused(app: &TestApp, arguments: &[&str]) -> String {
    let output = iae(app, arguments).await;
    assert!(!output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8(output.stderr).unwrap()
}

/// Two hires of the ACI on its own diagnosis.
async fn hires(app: &TestApp) {
    for person in [world::CANDIDATE, world::OTHER_CANDIDATE] {
        let criteria = [Criterion::Rsa, Criterion::Qpv, Criterion::Mobility];
        app.scenario().diagnosis().by(Persona::Employer).of(person).criteria(&criteria).insert().await;
        let hire = app.scenario().application().by(Persona::Employer).to(world::ACI).of(person);
        hire.state(StateCode::Accepted).insert().await;
    }
}

/// Campaign of Moselle, opened.
async fn opened(app: &TestApp) -> String {
    let [from, to] = ["2026-01-01", "2026-12-31"];
    let asked = ["open", "--from", from, "--to", to, "--launch", "2026-05-04", "--adversarial", "2026-08-01"];
    let by = ["--ddets", "57", "--as", Persona::Staff.email()];
    let printed = done(app, &[&asked[..], &by[..]].concat()).await;
    printed.lines().last().unwrap().to_owned()
}

async fn change(app: &TestApp, statements: &[&'static str]) {
    for statement in statements {
        sqlx::query(*statement).execute(app.db()).await.unwrap();
    }
}

#[tokio::test]
async fn a_draw_is_done_again_and_what_was_tampered_with_is_found() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    hires(&app).await;
    let campaign = opened(&app).await;
    let verify = ["draw", "--verify", &campaign];
    assert!(refused(&app, &verify).await.contains("n’est pas encore tirée au sort"));
    let unknown = ["draw", "--verify", "019a0000-0000-7000-8000-000000000000"];
    assert!(refused(&app, &unknown).await.contains("aucune campagne n’a cet identifiant"));

    let by = ["--as", Persona::Staff.email()];
    let freeze = [&["freeze-list", &campaign, "--value-name", "Loto du 4 mai 2026"][..], &by].concat();
    let listed = done(&app, &freeze).await;
    assert!(listed.contains("1 structure, 2 embauches"), "{listed}");
    let launch = [&["launch", &campaign, "--value", "4-8-15-16-23 42"][..], &by].concat();
    let tried = done(&app, &[&launch[..], &["--dry-run"]].concat()).await;
    assert!(tried.contains("1 structure serait tirée au sort sur 1"), "{tried}");
    let drawn = done(&app, &launch).await;
    assert!(drawn.contains("1 structure, 2 embauches"), "{drawn}");
    assert!(refused(&app, &launch).await.contains("déjà faite"), "there is no second draw");
    let again = done(&app, &verify).await;
    assert!(again.contains("1 structure et 2 embauches, celles qui sont contrôlées"), "{again}");
    let frozen = done(&app, &[&["freeze", &campaign, "--dry-run"][..], &by].concat()).await;
    assert!(frozen.contains("1 structure sur 1.") && frozen.contains("0 structure a des"), "{frozen}");

    // By who owns the database, whatever keeps others from it.
    change(&app, &["ALTER TABLE control_list_lines DISABLE TRIGGER USER"]).await;
    change(&app, &["UPDATE control_list_lines SET starts_on = starts_on + 1"]).await;
    assert!(refused(&app, &verify).await.contains("n’est pas celle dont l’empreinte a été publiée"));
    change(&app, &["UPDATE control_list_lines SET starts_on = starts_on - 1"]).await;
    done(&app, &verify).await;
    change(&app, &["DELETE FROM control_hires WHERE rank = 2"]).await;
    assert!(refused(&app, &verify).await.contains("n’est pas ce que son tirage donne"));
}
