//! What a stranger learns by trying: nothing by the time an answer takes (AUT-6, AUT-8, SGN-3, D25), nothing by trying ten
//! thousand times.

use std::time::Instant;

use chrono::TimeDelta;
use iae_tests::{Form, Page, Persona, TestApp};
use tokio::task::JoinSet;

use super::local::{LOCAL_PASSWORD, log_in, open_account};
use super::sign_up::identity;

const WRONG: &str = "Quatre gares, un chat et 9 parapluies";
const UNKNOWN: &str = "personne@exemple.fr";

/// Sends the form; keeps the time it took when none was shorter. What else the machine does makes some longer, and none shorter.
async fn timed(form: Form, shortest: &mut f64) -> Page {
    let begun = Instant::now();
    let page = form.submit().await;
    *shortest = shortest.min(begun.elapsed().as_secs_f64());
    page
}

/// None of them is told from the others: each takes the work of a password, which is nearly all of it.
fn are_alike<const N: usize>(whose: [&str; N], shortest: [f64; N]) {
    let longest = shortest.iter().copied().fold(0.0, f64::max);
    for (who, time) in whose.iter().zip(shortest) {
        assert!(time > longest / 2.0, "{who} takes {time:.4} s, another {longest:.4} s");
    }
}

#[tokio::test]
async fn a_refused_password_takes_as_long_whoever_it_is_for() {
    let app = TestApp::new().await;
    let (known, locked) = (Persona::Candidate.email(), Persona::OtherCandidate.email());
    for email in [known, locked] {
        open_account(&app, email).await;
    }
    for _ in 0..5 {
        log_in(&app.visitor(), locked, WRONG).await.is(422);
    }
    app.run_jobs_and_mails().await;
    // One with a password, one that is locked, one that signs in by a provider, and nobody's.
    let addresses = [known, locked, Persona::Employer.email(), UNKNOWN];
    let mut shortest = [f64::MAX; 4];
    for _ in 0..3 {
        // Ten failures in a minute close the place.
        app.advance(TimeDelta::seconds(61));
        for (email, shortest) in addresses.iter().zip(&mut shortest) {
            let page = app.visitor().get("/login").await.is(200);
            let form = page.form("main form").fill("email", email).fill("password", WRONG);
            timed(form, shortest).await.is(422);
        }
    }
    are_alike(addresses, shortest);
}

#[tokio::test]
async fn a_sign_up_takes_as_long_whoever_has_an_account() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    let addresses = [Persona::Candidate.email(), Persona::Employer.email(), UNKNOWN];
    let mut shortest = [f64::MAX; 3];
    for _ in 0..3 {
        for (email, shortest) in addresses.iter().zip(&mut shortest) {
            let form = identity(&app.visitor()).await.fill("email", email);
            let form = form.submit().await.is(200).form("main form").fill("password", LOCAL_PASSWORD);
            let form = form.fill("password_again", LOCAL_PASSWORD).press("create");
            timed(form, shortest).await.is(200);
        }
    }
    are_alike(addresses, shortest);
}

/// No password is looked at: the same statements are, one by one, and the mail is written later.
#[tokio::test]
async fn a_forgotten_password_is_the_same_work_whoever_has_an_account() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    let forgotten = async |email: &str| {
        let page = app.visitor().get("/forgotten-password").await.is(200);
        page.form("main form").fill("email", email).submit().await.is(200)
    };
    // The first asks the database for a connection.
    forgotten("autre@exemple.fr").await;
    let expected = forgotten(UNKNOWN).await.statements;
    assert!(expected.iter().any(|statement| statement.contains("INTO emails")), "{expected:#?}");
    for persona in [Persona::Candidate, Persona::Employer, Persona::Staff] {
        assert_eq!(forgotten(persona.email()).await.statements, expected, "{persona:?}");
    }
}

/// AUT-6: ten minutes, a thousand guesses in each, the last of them right. Nobody is let in; about ten in a minute are answered at all,
/// the others told to wait; the holder hears of it once, and comes in when it is over.
#[tokio::test]
async fn ten_thousand_guesses_open_nothing() {
    const AT_ONCE: usize = 16;
    let app = TestApp::new().await;
    let email = Persona::Candidate.email();
    open_account(&app, email).await;
    let attacker = app.visitor();
    for _ in 0..10 {
        let mut guesses = JoinSet::new();
        let mut answered = 0;
        for which in 0..1_000 {
            if guesses.len() == AT_ONCE {
                answered += usize::from(guesses.join_next().await.unwrap().unwrap());
            }
            let attacker = attacker.clone();
            guesses.spawn(async move {
                let guess = format!("Trois chats, une gare et {which} parapluies");
                // The last is right.
                let guess = if which == 999 { LOCAL_PASSWORD } else { guess.as_str() };
                let page = attacker.post("/login", &[("email", email), ("password", guess)]).await;
                assert!([422, 429].contains(&page.status.as_u16()), "{page:?}");
                page.status == 422
            });
        }
        answered += guesses.join_all().await.into_iter().filter(|was| *was).count();
        assert!(answered <= 10 + AT_ONCE, "{answered} of a thousand were answered");
        attacker.get("/my-file").await.is(303);
        app.advance(TimeDelta::minutes(1));
    }
    let mails = app.run_jobs_and_mails().await;
    assert_eq!(mails.len(), 1, "{mails:?}");
    assert_eq!(mails[0].subject, "Trop de mots de passe faux pour votre compte Parcours IAE");
    app.advance(TimeDelta::minutes(5));
    log_in(&app.visitor(), email, LOCAL_PASSWORD).await.is(303);
}
