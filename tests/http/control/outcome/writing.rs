//! Whom an SIAE writes to, and where it goes on from a decision (rule book 04 §1.15, §1.16).

use iae_domain::control::Decided;
use iae_tests::{Heard, Persona, TestApp, letters, world};

use super::super::file::Taken;
use super::{decide, leniency, page, refused, replace, sanctions};

/// A decision that a mail notifies comes without a letter: its page says where to write, with all that the file of the DDETS has, or
/// what to do when it has nothing.
#[tokio::test]
async fn the_siae_reads_where_to_write_to_its_ddets() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = refused(&app).await;
    decide(&app, &drawn, leniency()).await;
    let known = page(&app, Persona::Employer, &drawn).await.is(200);
    for said in [
        "DDETS de la Moselle",
        "1 rue des Tanneurs",
        "57000 Metz",
        "contact@exemple.fr",
        "03 87 11 11 11",
        "Le tribunal administratif est celui dont dépend le lieu où votre structure est établie.",
    ] {
        assert!(known.says(said), "{said}: {known:?}");
    }
    assert!(!known.says("Ses coordonnées ne sont pas connues"), "{known:?}");
    for (clear, left) in [
        ("UPDATE organisations SET email = NULL WHERE id = $1", "03 87 11 11 11"),
        ("UPDATE organisations SET phone = NULL WHERE id = $1", "1 rue des Tanneurs"),
    ] {
        sqlx::query(clear).bind(world::DDETS_57).execute(app.db()).await.unwrap();
        let some = page(&app, Persona::Employer, &drawn).await.is(200);
        assert!(some.says(left) && !some.says("Ses coordonnées ne sont pas connues"), "{some:?}");
    }
    let nothing = "UPDATE organisations SET address_line_1 = '', post_code = NULL, city = '' WHERE id = $1";
    sqlx::query(nothing).bind(world::DDETS_57).execute(app.db()).await.unwrap();
    let unknown = page(&app, Persona::Employer, &drawn).await.is(200);
    assert!(
        unknown.says("Ses coordonnées ne sont pas connues de la plateforme : demandez à la préfecture"),
        "{unknown:?}"
    );
    assert!(!page(&app, Persona::Inspector, &drawn).await.is(200).says("Écrire à la DDETS"), "it is itself");
    app.run_jobs().await;
}

/// §1.16: whoever may still be hired is recorded where the page says so.
#[tokio::test]
async fn whoever_may_still_be_hired_is_recorded_from_there() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = refused(&app).await;
    decide(&app, &drawn, leniency()).await;
    assert!(!page(&app, Persona::Employer, &drawn).await.is(200).says("Enregistrer une candidature"));
    let corrected = Decided::Outcome(sanctions(&app, &drawn));
    replace(&app, &drawn, "La bonne foi est démentie.", corrected).await;
    let withdrawn = page(&app, Persona::Employer, &drawn).await.is(200);
    let start = withdrawn.click("Enregistrer une candidature").await.is(200);
    assert_eq!(start.url.query(), Some(format!("company={}", world::ACI).as_str()));
    assert!(!page(&app, Persona::Inspector, &drawn).await.is(200).says("Enregistrer une candidature"));
    app.run_jobs().await;
}

/// The letter and the file of the control name the same SIRET in the same words, both when the convention was signed under another.
#[tokio::test]
async fn the_letter_and_the_file_name_both_sirets() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = refused(&app).await;
    decide(&app, &drawn, sanctions(&app, &drawn)).await;
    let heard = async |address: &str| {
        let address = format!("/controls/{}/{address}", drawn.control);
        app.browser(Persona::Inspector).await.get(&address).await.is(200)
    };
    let letter = async || Heard::of(&heard("letter").await).letters();
    let file = async || {
        let taken = Taken::of(&heard("file").await);
        [taken.text("02-"), taken.text("06-")]
    };
    assert!(letter().await.contains(&letters("SIRET 380 123 456 00011")));
    assert!(file().await.iter().all(|text| text.contains(", SIRET 38012345600011")));
    sqlx::query("UPDATE conventions SET siret_signature = '39912345600019' WHERE kind = 'ACI'")
        .execute(app.db())
        .await
        .unwrap();
    let said = letter().await;
    for both in ["SIRET de la structure 380 123 456 00011", "SIRET de la convention 399 123 456 00019"] {
        assert!(said.contains(&letters(both)), "{both}: {said}");
    }
    let both = "SIRET de la structure 38012345600011, SIRET de la convention 39912345600019";
    for text in file().await {
        assert!(text.contains(both), "{text}");
    }
    let page = page(&app, Persona::Inspector, &drawn).await.is(200);
    assert!(page.says("SIRET de la structure") && page.says("SIRET de la convention"), "{page:?}");
    app.run_jobs().await;
}
