//! A refused person learns whom to talk to (guide, partie 2, §2.3), and nobody reads what they may not (PII-7, REF-9).

use iae_mail::OutgoingEmail;
use iae_tests::{Persona, TestApp, world};

use super::every_mail::decline;

/// Numbers and addresses that tell who is who: every organisation and person has their own.
async fn app() -> TestApp {
    let app = TestApp::new().await;
    for (organisation, phone, email) in [
        (world::ACI, "0387000201", "contact@jardins.exemple.fr"),
        (world::MISSION_LOCALE, "0387000211", "contact@ml.exemple.fr"),
        (world::ASSOCIATION, "0387000213", "contact@lefil.exemple.fr"),
    ] {
        sqlx::query("UPDATE organisations SET phone = $2, email = $3 WHERE id = $1")
            .bind(organisation)
            .bind(phone)
            .bind(email)
            .execute(app.db())
            .await
            .unwrap();
    }
    app
}

/// The application `by` sent is declined for `reason`: the mails that follow.
async fn declined(app: &TestApp, by: Persona, reason: &str) -> Vec<OutgoingEmail> {
    let id = app.scenario().application().by(by).insert().await;
    decline(&app.browser(Persona::Employer).await, id, reason, "Merci de votre candidature.").await.is(303);
    app.run_jobs_and_mails().await
}

fn to<'a>(mails: &'a [OutgoingEmail], recipient: &str) -> &'a OutgoingEmail {
    mails.iter().find(|mail| mail.recipient == recipient).unwrap_or_else(|| panic!("{recipient}: {mails:?}"))
}

/// No address or number of a person, nor of the company that declined.
fn tells_no_private_contact(mail: &OutgoingEmail) {
    let text = mail.text_body.replace('\u{a0}', " ");
    for private in
        ["@ml.exemple.fr", "@lefil.exemple.fr", "@jardins.exemple.fr", "03 87 00 00 00", "03 87 00 02 01"]
    {
        assert!(!text.contains(private), "{private}: {text}");
    }
    assert_eq!(mail.reply_to.as_deref(), Some("equipe@parcours.exemple.fr"), "REF-9");
}

#[tokio::test]
async fn whom_to_talk_to_depends_on_who_accompanies_the_person() {
    let none = "UPDATE candidates SET created_by = NULL, created_by_organisation = NULL";
    let left = "UPDATE memberships SET is_active = false, is_admin = false
                WHERE user_id = (SELECT id FROM users WHERE last_name = 'Hoffmann')";
    for (by, change, words) in [
        (
            Persona::Prescriber,
            "",
            "en parler avec Paul HOFFMANN (Mission locale du pays messin), au 03 87 00 02 11, pour",
        ),
        (Persona::Prescriber, left, "en parler avec Mission locale du pays messin, au 03 87 00 02 11, pour"),
        // No public card (PRE-14), so no number either.
        (Persona::Orienter, "", "en parler avec Odile MASSON (Le Fil), pour"),
        // Sent alone: whoever made the file.
        (Persona::Candidate, "", "en parler avec Paul HOFFMANN (Mission locale du pays messin)"),
        // Sent by the very company that declines, which is no help.
        (Persona::EmployerAdmin, "", "en parler avec Paul HOFFMANN (Mission locale du pays messin)"),
        (Persona::Candidate, none, "Un conseiller de France Travail, de la mission locale"),
    ] {
        let app = app().await;
        if !change.is_empty() {
            sqlx::query(change).execute(app.db()).await.unwrap();
        }
        let mails = declined(&app, by, "no_position").await;
        let mail = to(&mails, Persona::Candidate.email());
        assert!(mail.text_body.replace('\u{a0}', " ").contains(words), "{by:?} {change}: {}", mail.text_body);
        assert!(mail.text_body.contains("https://parcours.test/employers"), "where to look further");
        tells_no_private_contact(mail);
    }
}

#[tokio::test]
async fn the_prescriber_learns_how_to_reach_the_company_and_who_declined_without_a_reason() {
    for (reason, words) in [
        ("no_position", "Pour en parler avec la structure : contact@jardins.exemple.fr, 03 87 00 02 01."),
        (
            "other",
            "Pour en parler avec la structure : Émile SCHMITT, emile.schmitt@jardins.exemple.fr, 03 87 00 02 01.",
        ),
    ] {
        let app = app().await;
        let mails = declined(&app, Persona::Prescriber, reason).await;
        let mail = to(&mails, Persona::Prescriber.email());
        assert!(mail.text_body.replace('\u{a0}', " ").contains(words), "REF-9: {}", mail.text_body);
        assert_eq!(mail.reply_to.as_deref(), Some("contact@jardins.exemple.fr"));
    }
}

/// NOT-3: administrators receive a copy, and read why.
#[tokio::test]
async fn the_administrators_of_whoever_left_receive_a_copy_that_says_why() {
    let app = app().await;
    let id = app.scenario().application().insert().await;
    app.scenario().deactivate(Persona::Prescriber).await;
    decline(&app.browser(Persona::Employer).await, id, "no_position", "Merci.").await.is(303);
    let mails = app.run_jobs_and_mails().await;
    let why = "parce que vous administrez Mission locale du pays messin, que Paul HOFFMANN a quitté";
    assert!(to(&mails, Persona::PrescriberAdmin.email()).text_body.contains(why), "{mails:?}");
    assert!(!to(&mails, Persona::Prescriber.email()).text_body.contains("copie"));
    assert_eq!(mails.len(), 3, "and nobody else: {mails:?}");
}

/// NOT-3, PII-3: the copy names the person when the organisation is authorised, whatever the sender who left may still
/// read; it stays masked when it is not.
#[tokio::test]
async fn the_copy_to_administrators_names_the_person_when_their_organisation_is_authorised() {
    for (left, organisation, administrator, sender, named) in [
        (Persona::PrescriberAdmin, world::MISSION_LOCALE, Persona::Prescriber, "Perrine WEBER", true),
        (Persona::Orienter, world::ASSOCIATION, Persona::MultiOrganisation, "Odile MASSON", false),
    ] {
        let app = app().await;
        let id = app.scenario().application().by(left).insert().await;
        app.scenario().deactivate(left).await;
        app.scenario().membership(administrator, organisation).await;
        sqlx::query("UPDATE memberships SET is_admin = true WHERE user_id = $1 AND organisation_id = $2")
            .bind(administrator.user())
            .bind(organisation)
            .execute(app.db())
            .await
            .unwrap();
        decline(&app.browser(Persona::Employer).await, id, "no_position", "Merci.").await.is(303);
        let mails = app.run_jobs_and_mails().await;
        let copy = to(&mails, administrator.email());
        assert!(copy.text_body.contains("Vous recevez cette copie"), "why: {}", copy.text_body);
        assert!(copy.text_body.contains(sender), "who sent it: {}", copy.text_body);
        for text in [&copy.subject, &copy.text_body] {
            assert_eq!(text.contains("Amel BENALI"), named, "{left:?}: {text}");
        }
        let own = to(&mails, left.email());
        assert!(!own.text_body.contains("BENALI"), "who left reads it masked: {}", own.text_body);
    }
}
