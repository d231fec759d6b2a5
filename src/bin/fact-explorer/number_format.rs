//! How a spreadsheet shows a number, by the code of its format (ECMA-376, part 1, 18.8.30 and 18.8.31).

/// What a format makes of a number.
#[derive(Debug, PartialEq, Eq)]
pub enum Shown {
    /// The number.
    Plain,
    /// A percentage, as it is shown: `42.6%`.
    Percent(String),
    /// A code with zeros before it, as it is shown: `02134`.
    Padded(String),
    /// The number, and words beside it: the sign of a currency, a unit.
    Beside(String),
}

/// A piece of a format.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Piece {
    /// One that stands for a digit, or for how digits are shown.
    Digit(char),
    /// One that is shown as it is.
    Word(char),
}

/// How a number is shown.
pub fn shown(number: f64, format: &str) -> Shown {
    if format.to_lowercase().starts_with("general") {
        return Shown::Plain;
    }
    let pieces = pieces(format);
    let digits = || pieces.iter().filter_map(|it| it.digit());
    if digits().any(|it| it == '%') {
        return Shown::Percent(percent(number, digits()));
    }
    let n_zeros = digits().filter(|it| *it == '0').count();
    if n_zeros > 1 && n_zeros == digits().count() && number.fract() == 0.0 {
        return Shown::Padded(padded(number, &pieces));
    }
    let words: String = pieces.iter().filter_map(|it| it.word()).collect();
    let words = words.trim();
    if words.contains(|it: char| it.is_alphabetic() || is_currency(it)) {
        Shown::Beside(words.to_owned())
    } else {
        Shown::Plain
    }
}

/// A number in as many digits as a spreadsheet shows of it, which are at most fifteen, without an exponent.
pub fn decimal(number: f64) -> String {
    (fifteen(number) + 0.0).to_string()
}

/// What is computed has more digits than are right: 0.1 + 0.2 is 0.30000000000000004.
fn fifteen(number: f64) -> f64 {
    format!("{number:.14e}").parse().unwrap_or(number)
}

impl Piece {
    fn digit(self) -> Option<char> {
        match self {
            Self::Digit(it) => Some(it),
            Self::Word(_) => None,
        }
    }

    fn word(self) -> Option<char> {
        match self {
            Self::Word(it) => Some(it),
            Self::Digit(_) => None,
        }
    }
}

fn is_currency(letter: char) -> bool {
    matches!(
        letter,
        '$' | '¢' | '£' | '¤' | '¥' | '\u{20a0}'..='\u{20cf}'
    )
}

/// The pieces of a format's first section, which is that of positive numbers.
fn pieces(format: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut letters = format.chars();
    while let Some(letter) = letters.next() {
        match letter {
            ';' => break,
            '"' => {
                let words = letters.by_ref().take_while(|it| *it != '"');
                pieces.extend(words.map(Piece::Word));
            }
            '\\' => pieces.extend(letters.next().map(Piece::Word)),
            // A blank as wide as a letter, or one letter as often as there is room.
            '_' | '*' => _ = letters.next(),
            '[' => {
                let inner: String = letters.by_ref().take_while(|it| *it != ']').collect();
                let currency = inner.strip_prefix('$').unwrap_or("");
                let sign = currency.split('-').next().unwrap_or("");
                pieces.extend(sign.chars().map(Piece::Word));
            }
            '0' | '#' | '?' | '.' | ',' | '%' | 'E' | 'e' | '@' => {
                pieces.push(Piece::Digit(letter));
            }
            it => pieces.push(Piece::Word(it)),
        }
    }
    pieces
}

/// A percentage with the decimals that its format has.
fn percent(number: f64, digits: impl Iterator<Item = char>) -> String {
    let decimals = digits.skip_while(|it| *it != '.').skip(1);
    let decimals: Vec<char> = decimals
        .take_while(|it| matches!(it, '0' | '#' | '?'))
        .take(15)
        .collect();
    let most = decimals.len();
    let least = decimals.iter().filter(|it| **it == '0').count();
    // A half goes up, as spreadsheets have it.
    let unit: f64 = format!("1e{most}").parse().unwrap_or(1.0);
    let rounded = (fifteen(number * 100.0) * unit).round() / unit;
    let mut text = format!("{:.most$}", rounded + 0.0);
    for _ in least..most {
        if text.ends_with('0') {
            text.pop();
        }
    }
    let text = text.trim_end_matches('.');
    format!("{text}%")
}

/// A whole number in the places of a format, with its words between them: `078-05-1120`.
fn padded(number: f64, pieces: &[Piece]) -> String {
    let digits = format!("{:.0}", number.abs());
    let mut digits = digits.chars().rev();
    let n_places = pieces.iter().filter(|it| it.digit().is_some()).count();
    let mut reversed = String::new();
    let mut place = 0;
    for piece in pieces.iter().rev() {
        match piece {
            Piece::Word(it) => reversed.push(*it),
            Piece::Digit(_) => {
                place += 1;
                reversed.push(digits.next().unwrap_or('0'));
                // What has no place of its own stands before the first.
                if place == n_places {
                    reversed.extend(digits.by_ref());
                }
            }
        }
    }
    let sign = if number < 0.0 { "-" } else { "" };
    let text: String = reversed.chars().rev().collect();
    [sign, text.trim()].concat()
}
