//! Writes each kind of document in a folder, as an ordinary day and as the strangest one make them: pdf_samples FOLDER

mod data;

use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(std::env::args_os().nth(1).ok_or("pdf_samples FOLDER")?);
    for (name, bytes) in data::documents()? {
        std::fs::write(folder.join(format!("{name}.pdf")), bytes)?;
    }
    Ok(())
}
