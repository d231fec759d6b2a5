//! Subjects side by side.

use crate::dataset::pack::{Pack, Subject};
use crate::language::Word;
use crate::query::compare::rows;
use crate::query::{Answer, Selection};

use super::long::path_of_record;
use super::markup::{Markup, markup, own, said, to, to_card};

/// What was chosen to compare: a table with a column a subject and a row a point, from two subjects
/// on; nothing where none is chosen.
pub fn compare(pack: Pack, selection: &Selection, answer: &Answer) -> Markup {
    let mut section = Markup::default();
    let words = pack.words();
    let subjects: Vec<Subject> = selection
        .compare
        .iter()
        .filter_map(|it| pack.subject(*it))
        .collect();
    let [first, others @ ..] = subjects.as_slice() else {
        return section;
    };
    markup!(section: "<section class=\"compare\" aria-labelledby=\"compare\"><h3 id=\"compare\">" (words.text(Word::SideBySide)) "</h3><p>");
    if others.is_empty() {
        section.text(&words.fill(Word::ChooseMore, &[pack.nouns(), first.name()]));
    } else {
        if pack.is_dated() {
            let day = selection.as_of.long(words);
            markup!(section: (&words.fill(Word::AsOfDay, &[&day])) ". ");
        }
        section.text(words.text(Word::Differing));
    }
    let stop = to(pack, selection, |it| it.compare.clear());
    markup!(section:
        " <button type=\"button\" class=\"press\" data-to=\"" (&stop) "\">" (words.text(Word::StopComparing)) "</button></p>");
    if !others.is_empty() {
        section.part(&side_by_side(pack, selection, answer, &subjects));
    }
    section.raw("</section>");
    section
}

fn side_by_side(
    pack: Pack,
    selection: &Selection,
    answer: &Answer,
    subjects: &[Subject],
) -> Markup {
    let mut table = Markup::default();
    let words = pack.words();
    markup!(table:
        "<div class=\"scrolls\" role=\"group\" aria-labelledby=\"compare\" tabindex=\"0\"><table><thead><tr><td></td>");
    for subject in subjects {
        // One that isn't among the cards has its record.
        let name = if answer.is_shown(subject.row()) {
            to_card(pack, selection, &answer.search, *subject)
        } else {
            let mut name = Markup::default();
            markup!(name:
                "<a href=\"./" (&path_of_record(*subject)) "\"" {own(pack)} ">" (subject.name()) "</a>");
            name
        };
        let drop = to(pack, selection, |it| it.set_compared(subject.row(), false));
        markup!(table:
            "<th scope=\"col\">" {name}
            " <button type=\"button\" class=\"press\" data-to=\"" (&drop) "\">" (words.text(Word::Remove)) "<span class=\"unseen\"> "
            {said(pack, subject.name())} "</span></button></th>"
        );
    }
    table.raw("</tr></thead><tbody>");
    for row in rows(pack, subjects, selection.as_of) {
        let none = Markup::default();
        let own = own(pack);
        let of_label = if row.is_own_label { &own } else { &none };
        let of_cells = if row.is_own { &own } else { &none };
        markup!(table: "<tr><th scope=\"row\"" {of_label} ">" (row.label));
        if row.differs() {
            markup!(table:
                "<span class=\"compare__differs\" aria-hidden=\"true\"> ≠</span><span class=\"unseen\">"
                (words.text(Word::Differs)) "</span>");
        }
        table.raw("</th>");
        for cell in &row.cells {
            markup!(table: "<td" {of_cells} ">" (cell) "</td>");
        }
        table.raw("</tr>");
    }
    table.raw("</tbody></table></div>");
    table
}
