//! JSON, as RFC 8259 has it.

/// A list of objects, one a row, with the columns' names as keys and text as values.
pub fn json(columns: &[impl AsRef<str>], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut file = String::from("[");
    for (n, row) in rows.enumerate() {
        file.push_str(if n == 0 { "\n{" } else { ",\n{" });
        for (n, (column, cell)) in columns.iter().zip(&row).enumerate() {
            if n > 0 {
                file.push(',');
            }
            string(column.as_ref(), &mut file);
            file.push(':');
            string(cell, &mut file);
        }
        file.push('}');
    }
    file.push_str("\n]\n");
    file
}

/// A text between quotes, with what JSON can't have in it escaped.
fn string(text: &str, into: &mut String) {
    into.push('"');
    for letter in text.chars() {
        match letter {
            '"' => into.push_str("\\\""),
            '\\' => into.push_str("\\\\"),
            '\n' => into.push_str("\\n"),
            '\r' => into.push_str("\\r"),
            '\t' => into.push_str("\\t"),
            control if control < ' ' => {
                into.push_str("\\u00");
                for digit in [u32::from(control) >> 4, u32::from(control) & 15] {
                    into.extend(char::from_digit(digit, 16));
                }
            }
            letter => into.push(letter),
        }
    }
    into.push('"');
}
