//! Several files in one: a line for each with its length in bytes and its path, an empty line, and the
//! files, one after the other. `standalone.js` reads it too.

/// The files in one.
pub fn archive<'a>(files: impl Iterator<Item = (&'a str, &'a [u8])> + Clone) -> Vec<u8> {
    let lines = files
        .clone()
        .map(|(path, bytes)| format!("{} {path}\n", bytes.len()));
    let mut archive = (lines.collect::<String>() + "\n").into_bytes();
    for (_, bytes) in files {
        archive.extend_from_slice(bytes);
    }
    archive
}

/// The files again, each with its path; none where it isn't such an archive, or isn't whole.
pub fn files(archive: &[u8]) -> Option<Vec<(&str, &[u8])>> {
    let end = archive.windows(2).position(|it| it == b"\n\n")?;
    let (lines, mut rest) = archive.split_at_checked(end + 2)?;
    let mut files = Vec::new();
    for line in std::str::from_utf8(lines).ok()?.lines() {
        let Some((length, path)) = line.split_once(' ') else {
            break;
        };
        let (bytes, after) = rest.split_at_checked(length.parse().ok()?)?;
        files.push((path, bytes));
        rest = after;
    }
    rest.is_empty().then_some(files)
}
