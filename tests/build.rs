//! Names the template database of the tests after what it holds, so that a change of schema or fixture makes a new one.

use std::fs;
use std::hash::{DefaultHasher, Hasher as _};
use std::path::{Path, PathBuf};

/// What the templates are made of: schemas, reference data and their loader, the people and organisations of the tests, what they
/// grow to.
const SOURCES: &[&str] = &[
    "../migrations",
    "../reference",
    "../crates/app/src/reference",
    "../crates/app/src/imports",
    "../crates/connect/migrations",
    "../crates/app/src/db/roles.rs",
    "../crates/app/src/db/roles.sql",
    "../Cargo.lock",
    "src/database.rs",
    "src/growth.rs",
    "src/world.rs",
];

fn main() -> std::io::Result<()> {
    let mut hasher = DefaultHasher::new();
    for source in SOURCES {
        println!("cargo::rerun-if-changed={source}");
        for file in files(Path::new(source))? {
            hasher.write(file.to_string_lossy().as_bytes());
            hasher.write(&fs::read(&file)?);
        }
    }
    println!("cargo::rustc-env=TEMPLATE_HASH={:016x}", hasher.finish());
    Ok(())
}

/// The files under `path`, in a stable order.
fn files(path: &Path) -> std::io::Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let mut entries =
        fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>()?;
    entries.sort();
    Ok(entries.iter().map(|entry| files(entry)).collect::<std::io::Result<Vec<_>>>()?.concat())
}
