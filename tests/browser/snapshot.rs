//! Texts that stay as they were recorded, in `snapshots/`.

use std::path::Path;
use std::{env, fs};

/// Fails where a text isn't as it was recorded. With `FACT_EXPLORER_WRITE` set it is recorded anew, for
/// whoever changed the page to read before it is committed.
pub fn is_as_recorded(name: &str, text: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/snapshots");
    let file = folder.join(format!("{name}.txt"));
    if env::var_os("FACT_EXPLORER_WRITE").is_some() {
        fs::create_dir_all(&folder).unwrap();
        return fs::write(file, format!("{text}\n")).unwrap();
    }
    let recorded = fs::read_to_string(&file).unwrap_or_default();
    let (mut now, mut before) = (text.lines(), recorded.lines());
    for number in 1.. {
        let (now, before) = (now.next(), before.next());
        assert_eq!(
            now,
            before,
            "line {number} of {}: as it is now, and as it was recorded; run this test with FACT_EXPLORER_WRITE=1",
            file.display()
        );
        if now.is_none() {
            break;
        }
    }
}
