//! The subjects as a table.

use crate::dataset::date::{Date, When};
use crate::dataset::pack::{Field, Pack, Step, Subject};
use crate::query::search::Search;
use crate::query::{Answer, Selection, Sort};

use super::card::Nth;
use super::markup::{Markup, finding, markup, own, said, said_marked, time, to, to_card};
use super::said::{in_record, sourced};

/// What a column has in it.
#[derive(Clone, Copy)]
enum Cells {
    Name,
    Place,
    Finding,
    Since,
    Field(Field),
    LastEvent,
    Sources,
}

/// The columns that a dataset has something for: their words, and the order that each can set.
fn columns(pack: Pack) -> Vec<(&'static str, Cells, Option<Sort>)> {
    let mut columns: Vec<_> = [
        (Cells::Name, Sort::Name),
        (Cells::Place, Sort::Place),
        (Cells::Finding, Sort::Finding),
        (Cells::Since, Sort::Since),
        (Cells::LastEvent, Sort::LastEvent),
        (Cells::Sources, Sort::Sources),
    ]
    .into_iter()
    .filter(|it| it.1.is_of_use(pack))
    .map(|(cells, sort)| (pack.words().text(sort.word()), cells, Some(sort)))
    .collect();
    let fields = pack.fields().filter(|it| it.is_on_card());
    let before = |it: &(&str, Cells, _)| matches!(it.1, Cells::LastEvent | Cells::Sources);
    let at = columns.iter().position(before).unwrap_or(columns.len());
    columns.splice(
        at..at,
        fields.map(|it| (it.label(), Cells::Field(it), None)),
    );
    columns
}

/// A row for each subject that is shown. On a narrow screen the style makes rows of it that read
/// from top to bottom; the roles keep it a table then.
pub fn table(pack: Pack, selection: &Selection, answer: &Answer) -> Markup {
    let mut table = Markup::default();
    markup!(table: "<table class=\"table\" role=\"table\">" {top(pack, selection, answer)} "<tbody role=\"rowgroup\">");
    for subject in answer.shown().filter_map(|it| pack.subject(it)) {
        table.part(&row(selection, answer, subject, None));
    }
    table.raw("</tbody></table>");
    table
}

/// A table that is too long to be in the page at once, without its rows.
pub fn long_table(pack: Pack, selection: &Selection, answer: &Answer) -> Markup {
    let mut table = Markup::default();
    // Its head is a row, too.
    markup!(table:
        "<table class=\"table table--long\" role=\"table\" aria-rowcount=\"" (&(answer.n_shown + 1).to_string())
        "\">" {top(pack, selection, answer)} "</table>"
    );
    table
}

/// What the table is of, and its head.
fn top(pack: Pack, selection: &Selection, answer: &Answer) -> Markup {
    let mut top = Markup::default();
    markup!(top: "<caption class=\"unseen\">" {said(pack, pack.nouns())} (&answer.as_of_words()));
    top.raw("</caption><thead role=\"rowgroup\"><tr role=\"row\">");
    for (label, _, sort) in columns(pack) {
        // A further fact is called what the dataset calls it.
        let own = if sort.is_none() {
            own(pack)
        } else {
            Markup::default()
        };
        markup!(top: "<th role=\"columnheader\" scope=\"col\"" {own} {head(pack, selection, label, sort)} "</th>");
    }
    top.raw("</tr></thead>");
    top
}

/// A subject's row; in a long table with its number and its place.
pub fn row(selection: &Selection, answer: &Answer, subject: Subject, nth: Option<Nth>) -> Markup {
    let mut row = Markup::default();
    let pack = subject.pack();
    let step = answer.step(subject.row());
    let found = step.map(Step::finding);
    markup!(row: "<tr role=\"row\" data-tone=\"" (found.map_or("", |it| it.tone())) "\"");
    if let Some(nth) = nth {
        markup!(row:
            " data-row=\"" (&subject.row().to_string()) "\" aria-rowindex=\"" (&(nth.nth + 1).to_string()) "\"");
    }
    if !pack.has_texts(subject.row()) {
        row.raw(" aria-busy=\"true\"");
    }
    markup!(row: "><th role=\"rowheader\" scope=\"row\">" {to_card(pack, selection, &answer.search, subject)} "</th>");
    for (label, cells, _) in columns(pack).iter().skip(1) {
        let cell = cell(*cells, subject, (selection.as_of, &answer.search), step);
        markup!(row: "<td role=\"cell\" data-label=\"" (label) "\">" {&cell} "</td>");
    }
    row.raw("</tr>");
    row
}

fn cell(
    cells: Cells,
    subject: Subject,
    (as_of, search): (Date, &Search),
    step: Option<Step>,
) -> Markup {
    let pack = subject.pack();
    let words = pack.words();
    let when = |it: Option<When>| it.map_or_else(Markup::default, |it| time(words, it));
    match cells {
        Cells::Name => said_marked(pack, search, subject.name()),
        Cells::Place => said_marked(pack, search, subject.place()),
        Cells::Finding => finding(pack, step.map(Step::finding), search),
        Cells::Since => when(subject.since(as_of).map(When::from)),
        Cells::Field(field) => {
            let said = said_marked(pack, search, field.of(subject));
            sourced(field, subject, said)
        }
        Cells::LastEvent => when(subject.last_event_on(as_of)),
        Cells::Sources => sources(subject),
    }
}

/// How many sources a subject's record has, which leads to them.
fn sources(subject: Subject) -> Markup {
    let n = subject.n_sources();
    if n == 0 {
        return text("0");
    }
    in_record(subject, "sources", &text(&n.to_string()))
}

/// The rest of a column's head: its order and its button, which orders the rows.
fn head(pack: Pack, selection: &Selection, label: &str, sort: Option<Sort>) -> Markup {
    let mut head = Markup::default();
    let Some(sort) = sort else {
        markup!(head: ">" (label));
        return head;
    };
    let (by, reversed) = selection.order(pack);
    let order = match by == sort {
        true if reversed == sort.is_descending() => "ascending",
        true => "descending",
        false => "none",
    };
    let there = to(pack, selection, |it| it.sort_by(pack, sort));
    markup!(head:
        " aria-sort=\"" (order) "\"><button type=\"button\" id=\"by-" (sort.id()) "\" data-to=\"" (&there) "\">"
        (label) "</button>"
    );
    head
}

fn text(text: &str) -> Markup {
    let mut cell = Markup::default();
    cell.text(text);
    cell
}
