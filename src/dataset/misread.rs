//! What is wrong with a file of TOML, in words for its author in place of those of its reader.

/// What is wrong, and what would be right where that is known: from the reader's message, and the piece
/// of the file that it speaks of.
pub fn told(message: &str, wrong: &str) -> (String, Option<String>) {
    let message = message.trim().replace('\n', "; ");
    let told = kind(&message, wrong)
        .or_else(|| variant(&message))
        .or_else(|| syntax(&message, wrong));
    told.unwrap_or((message, None))
}

/// That a `cite` hasn't the form that its place needs: a list of citations, or one, as a position's and a
/// qualification's are.
pub fn cite(message: &str, before: &str, wrong: &str) -> Option<(String, Option<String>)> {
    const LONGEST: usize = 60;
    let line = before.rsplit('\n').next().unwrap_or("");
    let open = line.trim_end_matches(['[', ' ']);
    let field = open.strip_suffix('=').unwrap_or("").trim_end();
    let is_of_cite = field.rsplit([' ', '{', ',']).next() == Some("cite");
    let (_, wanted) = message.trim().rsplit_once(", expected ")?;
    // A list in the place of one citation is read as its fields, of which the first is a text.
    let is_list = line.trim_end().ends_with('[') && wanted == "a string";
    let is_form = is_list || wanted == "a sequence" || wanted.starts_with("struct Citation");
    if !is_of_cite || !is_form {
        return None;
    }
    let mut headers = before.lines().rev().filter(|it| it.starts_with('['));
    let header = headers.next().unwrap_or("");
    let is_within = |it: &str| {
        ["position", "qualification"]
            .iter()
            .any(|one| it.contains(one))
    };
    let is_many = !is_within(header) && !is_within(field);
    let said = wrong.trim_matches(['[', ']', ' ']);
    let id = said.trim_matches(['"', '\'']);
    let is_plain = !id.is_empty() && id.len() < LONGEST && !id.contains(['"', '{', ',', '\n']);
    let one = match said {
        it if it.starts_with('{') && it.len() < LONGEST && !it.contains('\n') => it.to_owned(),
        _ if is_plain => format!("{{ source = \"{id}\" }}"),
        _ => "{ source = \"the-id-of-one\" }".to_owned(),
    };
    let told = if is_many {
        (
            "a list of citations is needed here",
            format!("write it as cite = [{one}]"),
        )
    } else {
        (
            "one citation is needed here",
            format!("write it as cite = {one}"),
        )
    };
    Some((told.0.to_owned(), Some(told.1)))
}

/// That a value is of another kind than the field's.
fn kind(message: &str, wrong: &str) -> Option<(String, Option<String>)> {
    let rest = message
        .strip_prefix("invalid type: ")
        .or_else(|| message.strip_prefix("invalid value: "))
        .or_else(|| message.strip_prefix("invalid "))?;
    let (is, wanted) = rest.rsplit_once(", expected ")?;
    let is_date = is == "map" && wrong.starts_with(|it: char| it.is_ascii_digit());
    if is == "map" && wrong.starts_with('[') {
        let name = wrong.trim_matches(['[', ']']);
        let is_list = wrong.starts_with("[[");
        let (message, help) = if is_list {
            let message =
                format!("“{name}” can be there only once, and this begins one of several");
            (
                message,
                format!("write [{name}], with one bracket on each side"),
            )
        } else if wanted == "a sequence" {
            let message = format!("there may be several of “{name}”, and this begins the only one");
            (
                message,
                format!("write [[{name}]], with two brackets on each side"),
            )
        } else {
            return Some((
                format!("this is a table, and {} is needed", needed(wanted)?),
                None,
            ));
        };
        return Some((message, Some(help)));
    }
    let what = match is.split_once(' ').map_or(is, |it| it.0) {
        _ if is_date => "a date or a time".to_owned(),
        "string" => "a text".to_owned(),
        "integer" | "floating" => "a number".to_owned(),
        "boolean" => "true or false".to_owned(),
        "sequence" => "a list".to_owned(),
        "map" => "a table".to_owned(),
        "length" => format!("a list of {}", is.strip_prefix("length ")?),
        _ => return None,
    };
    let message = format!("this is {what}, and {} is needed", needed(wanted)?);
    Some((message, instead(is, wanted, wrong, is_date)))
}

/// What a field's value is.
fn needed(wanted: &str) -> Option<&'static str> {
    let words = match wanted {
        "a string" => "a text in quotes",
        "a boolean" => "true or false",
        "f64" => "a number",
        "u64" | "u32" => "a whole number, without a sign",
        "a sequence" => "a list in brackets",
        "a map" => "a table of names and values",
        it if it.starts_with("an array of length 2") => "a list of two numbers",
        it if it.starts_with("struct ") => "a table of names and values",
        _ => return None,
    };
    Some(words)
}

/// How to write a value as the kind that is needed.
fn instead(is: &str, wanted: &str, wrong: &str, is_date: bool) -> Option<String> {
    const LONGEST: usize = 60;
    let is_short = wrong.len() <= LONGEST && !wrong.contains('\n');
    let bare = wrong.trim_matches(['"', '\'']);
    let is_plain = is_date || !matches!(is, "map" | "sequence");
    match wanted {
        "a string" if is_plain && is_short => Some(format!("write it in quotes: \"{wrong}\"")),
        "a sequence" if is_short => Some(format!("write it in brackets: [{wrong}]")),
        "a boolean" if matches!(bare, "true" | "false") => Some("leave out the quotes".to_owned()),
        "f64" | "u64" | "u32" if is.starts_with("string") && bare.parse::<f64>().is_ok() => {
            Some("leave out the quotes".to_owned())
        }
        it if it.starts_with("an array") => Some("write it as [41.88, -87.63]".to_owned()),
        it => {
            let name = it.strip_prefix("struct ")?.split(' ').next()?;
            let form = match name {
                "Noun" => "{ one = \"moon\", many = \"moons\" }",
                "Value" => "{ id = \"ca\", label = \"California\" }",
                "Citation" => "{ source = \"the-id-of-one\" }",
                "Quote" => "{ text = \"The words.\", speaker = \"Jane Doe\" }",
                _ => "{ name = \"value\" }, with the fields that it has",
            };
            Some(format!("write it as {form}"))
        }
    }
}

/// That a word isn't one of those that a field can have.
fn variant(message: &str) -> Option<(String, Option<String>)> {
    let rest = message.strip_prefix("unknown variant `")?;
    let (word, rest) = rest.split_once('`')?;
    let known: Vec<&str> = rest.split('`').skip(1).step_by(2).collect();
    Some((
        format!("this can't be {}", super::problem::quoted(word)),
        Some(super::problem::one_of(word, known.into_iter())),
    ))
}

/// What isn't TOML at all.
fn syntax(message: &str, wrong: &str) -> Option<(String, Option<String>)> {
    let (what, wanted) = message.rsplit_once(", expected ").unwrap_or((message, ""));
    let told = match what {
        "string values must be quoted" => {
            let bare = wrong.trim_matches(['“', '”', '„', '‘', '’']);
            let help = format!("write it as \"{bare}\"");
            ("a text stands in straight quotes", Some(help))
        }
        "key with no value" => (
            "there is no = here",
            Some("a field is written as name = \"value\"".to_owned()),
        ),
        "invalid basic string" | "invalid literal string" => {
            ("the quotation mark that ends this text is missing", None)
        }
        "invalid boolean" => (
            "this is neither true nor false",
            Some("write true or false in small letters, and a text in quotes".to_owned()),
        ),
        "missing escaped value" => (
            "a backslash in a text begins an escape",
            Some("write it twice, as \\\\, where it is to be read".to_owned()),
        ),
        "duplicate key" => {
            return Some((format!("“{wrong}” is said twice"), None));
        }
        _ if what.starts_with("unclosed ") => {
            let mark = wanted.trim_matches('`');
            return Some((format!("a {mark} is missing here"), None));
        }
        _ => return None,
    };
    Some((told.0.to_owned(), told.1))
}
