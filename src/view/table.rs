//! The subjects as a table.

use crate::dataset::date::Date;
use crate::dataset::pack::{Pack, Step};
use crate::query::{Answer, Selection, Sort};

use super::markup::{Markup, finding, markup, to, to_card};

/// The columns: their words, and the order that each can set.
const COLUMNS: [(&str, Option<Sort>); 7] = [
    ("Name", Some(Sort::Name)),
    ("Kind and place", Some(Sort::Place)),
    ("Finding", Some(Sort::Finding)),
    ("Since", Some(Sort::Since)),
    ("Grant, as reported", None),
    ("Last event", Some(Sort::LastEvent)),
    ("Sources", Some(Sort::Sources)),
];

/// A row for each subject that is shown. On a narrow screen the style makes rows of it that read
/// from top to bottom; the roles keep it a table then.
pub fn table(pack: Pack, selection: &Selection, answer: &Answer) -> Markup {
    let mut table = Markup::default();
    markup!(table:
        "<table class=\"table\" role=\"table\"><caption class=\"unseen\">" (pack.nouns()) " as of "
        (&selection.as_of.long()) "</caption><thead role=\"rowgroup\"><tr role=\"row\">"
    );
    for (label, sort) in COLUMNS {
        markup!(table: "<th role=\"columnheader\" scope=\"col\"" {head(pack, selection, label, sort)} "</th>");
    }
    table.raw("</tr></thead><tbody role=\"rowgroup\">");
    for subject in answer.shown().filter_map(|it| pack.subject(it)) {
        let step = answer.steps.get(subject.row()).copied().flatten();
        let found = step.map(Step::finding);
        let cells = [
            text(subject.place()),
            finding(found),
            day(subject.since(selection.as_of)),
            text(subject.money()),
            day(subject.last_event_on(selection.as_of)),
            text(&subject.n_sources().to_string()),
        ];
        markup!(table:
            "<tr role=\"row\" data-tone=\"" (found.map_or("", |it| it.tone()))
            "\"><th role=\"rowheader\" scope=\"row\">" {to_card(pack, selection, subject)} "</th>"
        );
        for (cell, (label, _)) in cells.iter().zip(COLUMNS.iter().skip(1)) {
            markup!(table: "<td role=\"cell\" data-label=\"" (label) "\">" {cell} "</td>");
        }
        table.raw("</tr>");
    }
    table.raw("</tbody></table>");
    table
}

/// The rest of a column's head: its order and its button, which orders the rows.
fn head(pack: Pack, selection: &Selection, label: &str, sort: Option<Sort>) -> Markup {
    let mut head = Markup::default();
    let Some(sort) = sort else {
        markup!(head: ">" (label));
        return head;
    };
    let order = match selection.sort == sort {
        true if selection.reversed == sort.is_descending() => "ascending",
        true => "descending",
        false => "none",
    };
    let there = to(pack, selection, |it| it.sort_by(sort));
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

fn day(day: Option<Date>) -> Markup {
    let mut cell = Markup::default();
    if let Some(day) = day {
        markup!(cell: "<time datetime=\"" (&day.iso()) "\">" (&day.long()) "</time>");
    }
    cell
}
