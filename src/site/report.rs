//! Problems of a dataset, for people and for machines.

use std::env;
use std::fmt;
use std::io::IsTerminal;

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError,
    MietteSpanContents, SourceCode, SourceSpan, SpanContents,
};
use serde_json::{Value, json};

use crate::dataset::problem::{Problem, Shown, quoted, shown, visible};

/// How a report looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looks {
    /// In a terminal.
    Colours,
    /// In a terminal whose user wants no colours (<https://no-color.org>).
    NoColours,
    /// In a file, or wherever lines and corners may not be known: its lines and corners are ASCII.
    Plain,
}

impl Looks {
    /// As the place wants it that a report is written to, such as standard error.
    pub fn of(place: &impl IsTerminal) -> Self {
        let wants_none = env::var_os("NO_COLOR").is_some_and(|it| !it.is_empty());
        if !place.is_terminal() {
            Self::Plain
        } else if wants_none {
            Self::NoColours
        } else {
            Self::Colours
        }
    }

    fn theme(self) -> GraphicalTheme {
        match self {
            Self::Colours => GraphicalTheme::unicode(),
            Self::NoColours => GraphicalTheme::unicode_nocolor(),
            Self::Plain => GraphicalTheme::none(),
        }
    }
}

/// Columns of a report.
const WIDTH: usize = 100;

/// Every problem with its rule, its place, its line with what is wrong underlined, and what would be
/// right; at last how many there are, and of how many of them nothing is said
/// ([`crate::dataset::problem::shown`]). `folder` comes before the files' names.
pub fn graphical(problems: &[Problem], folder: &str, looks: Looks) -> String {
    let handler = GraphicalReportHandler::new_themed(looks.theme())
        .with_width(WIDTH)
        .with_links(false)
        .with_wrap_lines(true);
    let (those, rest) = shown(problems);
    let mut report = String::new();
    for Shown { problem, n_more } in those {
        let told = Told::new(problem, folder);
        if handler.render_report(&mut report, &told).is_err() {
            // Every problem is told, however.
            report.push_str(&problem.to_string());
        }
        report.push('\n');
        if let Some(column) = problem.of_column.as_ref().filter(|_| n_more > 0) {
            let column = quoted(column);
            report.push_str(&format!(
                "and {n_more} more [{}] in column {column}\n\n",
                problem.rule
            ));
        }
    }
    let s = if problems.len() == 1 { "" } else { "s" };
    report.push_str(&format!("{} problem{s}", problems.len()));
    if rest > 0 {
        report.push_str(&format!(
            ", of which {} are told; the other {rest} are much like them",
            problems.len() - rest
        ));
    }
    report.push('\n');
    report
}

/// Every problem as JSON, in a list: `{"file", "line", "column", "length", "rule", "message", "help"}`.
/// Lines and columns are from 1, columns and lengths are characters; `help` may be null.
pub fn json(problems: &[Problem]) -> Value {
    let entry = |it: &Problem| {
        json!({
            "file": it.file, "line": it.line, "column": it.column, "length": it.length,
            "rule": it.rule, "message": it.message, "help": it.help,
        })
    };
    problems.iter().map(entry).collect()
}

/// A problem as `miette` wants it.
#[derive(Debug)]
struct Told<'a> {
    problem: &'a Problem,
    line: Line,
    /// What is wrong, as bytes of the line.
    wrong: SourceSpan,
}

/// The one line that is shown of a file.
#[derive(Debug)]
struct Line {
    file: String,
    text: String,
    /// Line and column, from 0.
    place: (usize, usize),
}

impl<'a> Told<'a> {
    fn new(problem: &'a Problem, folder: &str) -> Self {
        let n_before = problem.column - 1 - problem.before_excerpt.min(problem.column - 1);
        let mut letters = problem.excerpt.chars();
        let mut next = |n: usize| -> String {
            let piece: String = letters.by_ref().take(n).collect();
            visible(&piece.replace('\t', " "))
        };
        let mut text = next(n_before);
        if problem.before_excerpt > 0 {
            text.insert(0, '…');
        }
        let start = text.len();
        text.push_str(&next(problem.length));
        let length = text.len() - start;
        text.push_str(&next(usize::MAX));
        let file = match folder {
            "" => problem.file.clone(),
            folder => [folder.trim_end_matches('/'), "/", &problem.file].concat(),
        };
        Self {
            problem,
            wrong: (start, length).into(),
            line: Line {
                file: visible(&file),
                text,
                place: (problem.line - 1, problem.column - 1),
            },
        }
    }
}

impl fmt::Display for Told<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.problem.message)
    }
}

impl std::error::Error for Told<'_> {}

impl Diagnostic for Told<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.problem.rule))
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let help = self.problem.help.as_ref()?;
        Some(Box::new(help))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.line)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let label = LabeledSpan::new_primary_with_span(None, self.wrong);
        Some(Box::new(std::iter::once(label)))
    }
}

impl SourceCode for Line {
    fn read_span<'a>(
        &'a self,
        _: &SourceSpan,
        _: usize,
        _: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        Ok(Box::new(MietteSpanContents::new_named(
            self.file.clone(),
            self.text.as_bytes(),
            (0, self.text.len()).into(),
            self.place.0,
            self.place.1,
            1,
        )))
    }
}
