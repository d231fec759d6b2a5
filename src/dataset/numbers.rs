//! Numbers as people read them.

/// Digits with commas between thousands, from 10,000 on, so that a year has none.
pub fn grouped(digits: &str) -> String {
    let mut grouped = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && digits.len() > 4 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// How many there are, in a sentence. Where a script reads a number (the result's, and the counts
/// beside values) it stands without commas.
pub fn count(n: usize) -> String {
    grouped(&n.to_string())
}
