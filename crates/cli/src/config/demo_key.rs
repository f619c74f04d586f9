//! The key of a demonstration, kept with its data: what it sealed (the secrets of applications that give codes, the links of
//! mails) opens at the next start too.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use iae_web::state::CookieKey;

/// Its file, in the folder of the demonstration.
const FILE: &str = "cookie.key";
/// Read and written by its owner, and nobody else.
const OWN: u32 = 0o600;

/// The key kept in a folder, made the first time.
pub fn demo_cookie_key(folder: &Path) -> io::Result<CookieKey> {
    let path = folder.join(FILE);
    match fs::read_to_string(&path) {
        Ok(kept) => {
            let bytes = hex::decode(kept.trim()).unwrap_or_default();
            let unusable =
                || io::Error::new(ErrorKind::InvalidData, format!("{} : clé illisible", path.display()));
            CookieKey::try_from(bytes.as_slice()).map_err(|_| unusable())
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let key = CookieKey::generate();
            fs::create_dir_all(folder)?;
            let mut file = OpenOptions::new().write(true).create_new(true).mode(OWN).open(&path)?;
            file.write_all(hex::encode(key.master()).as_bytes())?;
            file.sync_all()?;
            Ok(key)
        }
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn a_demonstration_that_starts_again_has_its_key_and_nobody_else_reads_it() {
        let folder = std::env::temp_dir().join(format!("iae-demo-key-{}", std::process::id()));
        let key = demo_cookie_key(&folder).unwrap();
        assert_eq!(demo_cookie_key(&folder).unwrap().master(), key.master());
        let mode = fs::metadata(folder.join(FILE)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, OWN);
        fs::write(folder.join(FILE), "abc").unwrap();
        let unusable = demo_cookie_key(&folder).err().unwrap();
        assert_eq!(unusable.kind(), ErrorKind::InvalidData);
        fs::remove_dir_all(&folder).unwrap();
    }
}
