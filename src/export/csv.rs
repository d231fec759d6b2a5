//! Comma-separated values, as RFC 4180 has them.

/// A file of rows, the first being the columns' names. Lines end with CRLF; a cell with a comma, a
/// quote or a line break is quoted.
///
/// A cell that a spreadsheet would take for a formula gets an apostrophe before it, which
/// spreadsheets hide (<https://owasp.org/www-community/attacks/CSV_Injection>). A negative number is none, written as
/// `-1.5`, `-1,234` or `-1.5e6`.
pub fn csv(columns: &[impl AsRef<str>], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut file = String::new();
    line(columns.iter().map(AsRef::as_ref), &mut file);
    for row in rows {
        line(row.iter().map(String::as_str), &mut file);
    }
    file
}

fn line<'a>(cells: impl Iterator<Item = &'a str>, file: &mut String) {
    for (n, cell) in cells.enumerate() {
        if n > 0 {
            file.push(',');
        }
        let is_negative = cell.strip_prefix('-').is_some_and(|it| {
            it.starts_with(|it: char| it.is_ascii_digit() || it == '.')
                && it
                    .bytes()
                    .all(|it| it.is_ascii_digit() || b".,eE".contains(&it))
        });
        let formula = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_negative {
            "'"
        } else {
            ""
        };
        let quote = if cell.contains([',', '"', '\n', '\r']) {
            "\""
        } else {
            ""
        };
        for piece in [quote, formula, &cell.replace('"', "\"\""), quote] {
            file.push_str(piece);
        }
    }
    file.push_str("\r\n");
}
