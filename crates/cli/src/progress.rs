//! What a command says while it works: nothing stays silent for more than two seconds.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// Says that something is done.
pub fn step(sentence: &str) {
    println!("{sentence}");
}

/// A bar that shows its time from the start, and its length once known. Hidden when nobody watches.
pub fn bar(what: &'static str) -> ProgressBar {
    // The template is ours and valid; the default bar would do otherwise.
    let style = ProgressStyle::with_template("{msg} {bar:40} {percent} % {elapsed}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    let bar = ProgressBar::new(1).with_style(style).with_message(what);
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
