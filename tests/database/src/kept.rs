//! What takes a while to make, made once.

use std::path::PathBuf;

/// The content of a file beside the tests that were built; made when it is not there yet.
pub async fn kept(name: &str, make: impl AsyncFnOnce() -> Vec<u8>) -> Vec<u8> {
    let path = folder().join(format!("kept-{name}"));
    if let Ok(content) = std::fs::read(&path) {
        return content;
    }
    let content = make().await;
    // Another test may be making its own: whoever is last is read from then on, and each file is whole.
    let draft = path.with_extension(std::process::id().to_string());
    std::fs::write(&draft, &content).expect("the folder of the tests takes a file");
    std::fs::rename(&draft, &path).expect("the folder of the tests takes a file");
    content
}

fn folder() -> PathBuf {
    let test = std::env::current_exe().expect("a test is a program");
    test.parent().expect("a program stands in a folder").to_owned()
}
