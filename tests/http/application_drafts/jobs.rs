//! The posts of each employer.

use iae_tests::{Persona, TestApp, world};

use super::several::to_two;
use super::step_of;

/// The summary of errors stands away from the posts: each mistake says whose it is.
#[tokio::test]
async fn a_choice_that_lacks_says_of_which_employer() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    let browser = app.browser(Persona::Prescriber).await;
    let summary = to_two(&browser).await;
    let form = step_of(&browser, &summary, "jobs").await.form("jobs");
    let posts = form.offered("jobs");
    let nothing = posts.iter().fold(form, |form, post| form.uncheck("jobs", post));
    let companies = [world::ACI, world::EI].map(|company| company.to_string());
    let nothing = companies.iter().fold(nothing, |form, company| form.uncheck("spontaneous", company));
    let errors = nothing.submit().await.is(422).errors();
    for company in ["Les Jardins de la Seille", "Moselle Rénov'"] {
        let said = format!("Choisissez au moins un poste chez {company}");
        assert!(errors.iter().any(|error| error.contains(&said)), "{company}: {errors:?}");
    }
}
