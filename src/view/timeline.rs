//! What happened, by day: a picture of how much, and the events themselves.

use crate::dataset::date::Date;
use crate::dataset::numbers::count;
use crate::dataset::pack::{Happening, Pack};
use crate::language::{Word, Words};
use crate::query::named::{most, whose};
use crate::query::timeline::{Quarter, Timeline, timeline as answered};
use crate::query::{Answer, Selection};

use super::long::path_in_record;
use super::markup::{Markup, markup, own, said, to};
use super::said::cited;

/// National events and those of the subjects shown, by year, with what happened after the chosen day
/// set apart. Of many events the first are listed; the picture has them all. `more` is the dataset's
/// second pack.
pub fn timeline(pack: Pack, more: Pack, selection: &Selection, answer: &Answer) -> Markup {
    let shown = answered(pack, more, selection, answer);
    let most = most(pack);
    let words = pack.words();
    let mut view = Markup::default();
    markup!(view:
        "<div class=\"timeline\">" {choices(pack, selection, answer, &shown)}
        {picture(words, &shown.quarters, selection.as_of)} {lists(pack, selection, answer, shown.events.get(..most).unwrap_or(&shown.events))}
    );
    if shown.events.len() > most {
        markup!(view:
            "<p class=\"timeline__later\">" (&words.fill(Word::FirstEvents, &[
                &count(words, most), &count(words, shown.events.len())
            ])) "</p>"
        );
    }
    view.raw("</div>");
    view
}

/// Whose events, and which. Each choice is the selection that it leads to.
fn choices(pack: Pack, selection: &Selection, answer: &Answer, shown: &Timeline) -> Markup {
    let mut choices = Markup::default();
    let option = |into: &mut Markup, there: String, chosen: bool, label: &[&str]| {
        markup!(into: "<option value=\"" (&there) "\"");
        if chosen {
            into.raw(" selected");
        }
        markup!(into: ">" (&label.concat()) "</option>");
    };
    let into = &mut choices;
    let words = pack.words();
    markup!(into:
        "<div class=\"timeline__choices\"><label>" (words.text(Word::Whose)) " <select id=\"whose\" data-to>");
    let all = to(pack, selection, |it| it.open = None);
    let n_shown = count(words, answer.n_shown);
    let open = selection.open;
    option(
        into,
        all,
        open.is_none(),
        &[&words.fill(Word::AllShown, &[&n_shown])],
    );
    let whose = whose(pack, selection, answer);
    for subject in whose.into_iter().filter_map(|it| pack.subject(it)) {
        let row = subject.row();
        let there = to(pack, selection, |it| it.open = Some(row));
        option(into, there, open == Some(row), &[subject.name()]);
    }
    markup!(into:
        "</select></label><label>" (words.text(Word::KindOfEvent)) " <select id=\"event\" data-to>");
    let all = to(pack, selection, |it| it.kind = None);
    option(
        into,
        all,
        selection.kind.is_none(),
        &[words.text(Word::All)],
    );
    for (row, (_, label)) in pack.kinds().enumerate() {
        let n = shown.kinds.get(row).copied().unwrap_or(0);
        let chosen = selection.kind == Some(row);
        if n > 0 || chosen {
            let there = to(pack, selection, |it| it.kind = Some(row));
            option(into, there, chosen, &[label, " (", &n.to_string(), ")"]);
        }
    }
    into.raw("</select></label></div>");
    choices
}

/// How much happened in each quarter: national events upwards, subjects' downwards, and where the
/// chosen day is. The lists say the same in words.
fn picture(words: Words, quarters: &[Quarter], as_of: Date) -> Markup {
    let mut picture = Markup::default();
    // One scale for both, and each as much room as it needs.
    let most = |n: fn(&Quarter) -> usize| quarters.iter().map(n).max().unwrap_or(0);
    let (national, own) = (most(|it| it.national), most(|it| it.own));
    let height = |n: usize| n * 98 / (national + own).max(1);
    let zero = height(national);
    let (this_year, month, day) = as_of.parts();
    let first = quarters.first().map_or(0, |it| it.year);
    picture.raw("<div class=\"timeline__picture\" aria-hidden=\"true\">");
    for year in quarters.chunk_by(|a, b| a.year == b.year) {
        let number = year.first().map_or(0, |it| it.year);
        picture.raw("<div><svg viewBox=\"0 0 4 100\" preserveAspectRatio=\"none\">");
        for it in year {
            let (up, down) = (height(it.national), height(it.own));
            let x = it.quarter.to_string();
            markup!(picture:
                "<rect class=\"timeline__national\" width=\".8\" x=\"" (&x) "\" y=\"" (&(zero - up).to_string())
                "\" height=\"" (&up.to_string()) "\"/><rect width=\".8\" y=\"" (&(zero + 2).to_string()) "\" x=\"" (&x)
                "\" height=\"" (&down.to_string()) "\"/>"
            );
        }
        // The first column may stand for all that is older.
        let is_older = number == first && year.len() == 1 && quarters.len() > 1;
        if number == this_year || (is_older && this_year < number) {
            let tenths = if is_older {
                0
            } else {
                ((month - 1) * 31 + day - 1) * 40 / 372
            };
            let x = [&(tenths / 10).to_string(), ".", &(tenths % 10).to_string()].concat();
            markup!(picture:
                "<rect class=\"timeline__now\" width=\".06\" height=\"100\" x=\"" (&x) "\"/>");
        }
        let mut year = number.to_string();
        if is_older {
            year = words.fill(Word::ToYear, &[&year]);
        }
        markup!(picture: "</svg><p>" (&year) "</p></div>");
    }
    markup!(picture:
        "</div><p class=\"timeline__key\" aria-hidden=\"true\"><span class=\"timeline__national\">"
        (words.text(Word::National)) "</span><span>" (words.text(Word::OfThoseShown))
        "</span><span class=\"timeline__now\">" (&as_of.long(words)) "</span></p>");
    picture
}

/// The events in a list a year.
fn lists(pack: Pack, selection: &Selection, answer: &Answer, events: &[Happening]) -> Markup {
    let mut lists = Markup::default();
    let as_of = selection.as_of;
    let words = pack.words();
    let group = |it: &Happening| (it.day() > as_of, it.day().parts().0);
    let mut in_later = false;
    for year in events.chunk_by(|a, b| group(a) == group(b)) {
        let (later, number) = year.first().map_or((false, 0), group);
        if later && !in_later {
            let after = words.fill(Word::AfterDay, &[&as_of.long(words)]);
            markup!(lists: "<p class=\"timeline__later\">" (&after) "</p>");
        }
        in_later = later;
        markup!(lists: "<h3>" (&number.to_string()) "</h3><ol class=\"timeline__events\">");
        for it in year {
            lists.part(&event(pack, answer, *it));
        }
        lists.raw("</ol>");
    }
    lists
}

fn event(pack: Pack, answer: &Answer, event: Happening) -> Markup {
    let mut item = Markup::default();
    let subject = event.subject().and_then(|it| pack.subject(it));
    let kind = pack.kinds().nth(event.kind()).map_or("", |it| it.1);
    let finding = event.finding().and_then(|it| pack.findings().nth(it));
    let (page, who) = match subject {
        Some(subject) => (path_in_record(subject, event.id()), subject.name()),
        None => (
            ["about.html#", event.id()].concat(),
            pack.words().text(Word::National),
        ),
    };
    let of_data = own(pack);
    markup!(item: "<li><p class=\"event__when\">" (event.date()));
    if !kind.is_empty() {
        markup!(item: " · " {said(pack, kind)});
    }
    if let Some(finding) = finding {
        markup!(item:
            " · <strong class=\"event__finding\" data-tone=\"" (finding.tone()) "\"" {of_data} ">" (finding.label())
            "</strong>");
    }
    markup!(item:
        "</p><p" {of_data} "><a href=\"./" (&page) "\">" (who) "</a>" (if event.summary().is_empty() { "" } else { ": " })
        {cited(&answer.search, Some((event.summary(), event.citation())))} "</p></li>"
    );
    item
}
