//! The gallery of components: for who makes the pages, not for who uses them.

use iae_app::config::Demo;
use iae_tests::TestApp;

#[tokio::test]
async fn a_demonstration_shows_the_components_and_an_instance_does_not() {
    let instance = TestApp::new().await;
    assert_eq!(instance.visitor().get("/dev/components").await.status, 404);

    let demo = Demo { personas: Vec::new(), password: String::new() };
    let demonstration = TestApp::with(|app| app.config.demo = Some(demo)).await;
    let page = demonstration.visitor().get("/dev/components").await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("Composants"));
}
