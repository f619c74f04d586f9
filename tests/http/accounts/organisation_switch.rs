//! The organisation people act for (SES-4, D5).

use iae_tests::{Persona, TestApp, world};

#[tokio::test]
async fn a_member_of_two_organisations_chooses_for_which_one_they_act() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::MultiOrganisation).await;
    let page = browser.get("/dashboard").await.is(200);
    assert_eq!(page.text_of(".account__role").as_deref(), Some("Moselle Rénov'"));

    let switch = page.form("/organisation-switch").press("Mission locale du pays messin");
    let page = switch.submit().await.is(303).follow().await.is(200);

    assert_eq!(page.url.path(), "/dashboard");
    assert_eq!(page.flash().as_deref(), Some("Vous avez changé d’organisation"));
    assert_eq!(page.text_of(".account__role").as_deref(), Some("Mission locale du pays messin"));
    assert_eq!(browser.get("/dashboard").await.flash(), None, "said once");
    assert_eq!(app.audit_trail().await, ["account.switched_organisation"]);
}

/// TEN-1: what is foreign does not exist.
#[tokio::test]
async fn nobody_acts_for_an_organisation_they_are_no_member_of() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::MultiOrganisation).await;
    let page = browser.get("/dashboard").await;
    let form = page.form("/organisation-switch");
    form.clone().forge("organisation", &world::ACI.to_string()).submit().await.is(404);
    let left = app.browser(Persona::DeactivatedMember).await;
    left.post("/organisation-switch", &[("organisation", &world::ACI.to_string())]).await.is(403);
    assert!(app.audit_trail().await.is_empty());
}

#[tokio::test]
async fn a_switch_never_leads_to_another_site() {
    let app = TestApp::new().await;
    let page = app.browser(Persona::MultiOrganisation).await.get("/dashboard").await;
    let form =
        page.form("/organisation-switch").press("Mission locale").forge("return_to", "https://exemple.fr/");
    assert_eq!(form.submit().await.is(303).location().as_deref(), Some("/dashboard"));
}

/// Filters and order mean the same for any organisation; a place in the list, or a file, does not.
#[tokio::test]
async fn a_switch_comes_back_to_the_list_as_it_was_filtered() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::MultiOrganisation).await;
    let page = browser.get("/applications?state=new&sort=person&page=2&after=zzz").await.is(200);
    let switched = page.form("/organisation-switch").press("Mission locale du pays messin").submit().await;
    assert_eq!(switched.is(303).location().as_deref(), Some("/applications?state=new&sort=person"));
}

/// What the other organisation has nothing to do with does not exist for it: its list does, or the dashboard.
#[tokio::test]
async fn a_page_that_is_not_there_for_the_other_organisation_leads_to_its_list() {
    let app = TestApp::new().await;
    let id = app.scenario().application().by(Persona::OtherPrescriber).to(world::EI).insert().await;
    for (address, list) in
        [(format!("/applications/{id}"), "/applications"), ("/sent-applications".to_owned(), "/dashboard")]
    {
        let browser = app.browser(Persona::MultiOrganisation).await;
        let page = browser.get(&address).await.is(200);
        let switch = page.form("/organisation-switch").press("Mission locale du pays messin");
        let page = switch.submit().await.is(303).follow().await.is(200);
        assert_eq!(page.url.path(), list);
        assert_eq!(page.flash().as_deref(), Some("Vous avez changé d’organisation"));
        browser.get(&address).await;
        assert_eq!(browser.get("/applications/00000000-0000-0000-0000-000000000000").await.status, 404);
    }
}
