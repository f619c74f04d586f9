//! What the fuzzer found worth keeping of each parser (`fuzz/corpus`) goes through what must hold of it.

use std::path::Path;

use iae_fuzzed::TARGETS;

#[test]
fn what_must_hold_of_each_parser_holds_of_its_corpus() {
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus");
    for (target, holds) in TARGETS {
        let files: Vec<_> =
            corpora.join(target).read_dir().unwrap().map(|file| file.unwrap().path()).collect();
        assert!(!files.is_empty(), "{target}: no corpus");
        for file in files {
            let bytes = std::fs::read(&file).unwrap();
            // Whoever fails says of which file.
            eprintln!("{}", file.display());
            holds(&bytes);
        }
    }
}
