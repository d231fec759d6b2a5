//! A facet's choices, of any number: what `query::values` has stand at once, what is to be opened, and what is to be
//! looked for.
//!
//! The page is written with them, and `src/browser/choices.rs` keeps them at what is chosen.

use crate::dataset::pack::{Facet, Finding, Pack};
use crate::language::{Word, Words};
#[cfg(feature = "site")]
use crate::query::FINDING;
use crate::query::values::{FOUND, found};
#[cfg(feature = "site")]
use crate::query::values::{Group, MANY, groups};
use crate::query::{Answer, Selection};

use super::markup::{Markup, mark, markup, own};

/// A value to choose or to drop, with its count. One that would show nothing stays in place, dimmed.
struct Choice {
    facet: usize,
    value: usize,
    id: &'static str,
    label: &'static str,
    /// Where it is a finding.
    finding: Option<Finding>,
    /// What it is found by where it is made anew.
    own_id: String,
}

impl Choice {
    /// A value of one of the dataset's own facets, with its id and its words.
    fn of(facet: Facet, value: usize, (id, label): (&'static str, &'static str)) -> Self {
        Self {
            facet: facet.row() + 1,
            value,
            id,
            label,
            finding: None,
            own_id: String::new(),
        }
    }

    fn markup(&self, own: &Markup, selection: &Selection, answer: &Answer) -> Markup {
        let mut choice = Markup::default();
        let count = answer.count(self.facet, self.value);
        choice.raw("<label class=\"choice\"");
        if let Some(finding) = self.finding {
            markup!(choice: " data-tone=\"" (finding.tone()) "\"");
        }
        if count == 0 {
            choice.raw(" data-empty");
        }
        markup!(choice: "><input type=\"checkbox\" autocomplete=\"off\" value=\"" (self.id) "\"");
        if !self.own_id.is_empty() {
            markup!(choice: " id=\"" (&self.own_id) "\"");
        }
        if selection.has(self.facet, self.value) {
            choice.raw(" checked");
        }
        choice.raw(">");
        if let Some(finding) = self.finding {
            choice.part(&mark(finding));
        }
        markup!(choice:
            "<span class=\"choice__label\"" {own} ">" (self.label) "</span><span class=\"choice__count\" data-count>"
            (&count.to_string()) "</span></label>"
        );
        choice
    }
}

/// The findings to choose from.
#[cfg(feature = "site")]
pub fn findings(pack: Pack, selection: &Selection, answer: &Answer) -> Markup {
    let mut choices = Markup::default();
    let own = own(pack);
    for it in pack.findings() {
        let choice = Choice {
            facet: FINDING,
            value: it.rank(),
            id: it.id(),
            label: it.label(),
            finding: Some(it),
            own_id: String::new(),
        };
        choices.part(&choice.markup(&own, selection, answer));
    }
    choices
}

/// Each of the dataset's own facets as a group of checkboxes.
#[cfg(feature = "site")]
pub fn facets(pack: Pack, selection: &Selection, answer: &Answer) -> Markup {
    let mut facets = Markup::default();
    let words = pack.words();
    let own = own(pack);
    for facet in pack.facets() {
        markup!(facets:
            "<fieldset class=\"facet\" data-facet=\"" (facet.id()) "\"><legend" {own} ">" (facet.label()) "</legend>"
        );
        if facet.values().len() > MANY {
            markup!(facets:
                "<input type=\"text\" class=\"facet__find\" autocomplete=\"off\" placeholder=\""
                (words.text(Word::FindValue)) "\" aria-label=\"" (&words.fill(Word::FindValueOf, &[facet.label()]))
                "\"><div>"
                {choices(pack, facet, selection, answer, "")} "</div>"
            );
        } else {
            facets.part(&values(pack, facet, selection, answer));
        }
        facets.raw("</fieldset>");
    }
    facets
}

/// What there is to choose in a facet that has all of it in the page.
#[cfg(feature = "site")]
fn values(pack: Pack, facet: Facet, selection: &Selection, answer: &Answer) -> Markup {
    let words = pack.words();
    let own = own(pack);
    let all: Vec<_> = facet.values().collect();
    let choice = |value: usize| {
        let said = all.get(value).copied().unwrap_or_default();
        Choice::of(facet, value, said).markup(&own, selection, answer)
    };
    let group = |to: &mut Markup, Group { whole, parts }: Group| {
        to.part(&choice(whole));
        if !parts.is_empty() {
            let label = all.get(whole).map_or("", |it| it.1);
            markup!(to: "<details class=\"facet__parts\"><summary>" (&words.fill(Word::Within, &[label])) "<span></span></summary>");
            for part in parts {
                to.part(&choice(part));
            }
            to.raw("</details>");
        }
    };
    let mut values = Markup::default();
    let (first, rest) = groups(facet);
    for it in first {
        group(&mut values, it);
    }
    if !rest.is_empty() {
        markup!(values:
            "<details class=\"facet__more\"><summary>" (&words.fill(Word::NMore, &[&rest.len().to_string()]))
            "<span></span></summary>");
        for it in rest {
            group(&mut values, it);
        }
        values.raw("</details>");
    }
    values
}

/// The values to choose from where there are too many for the page, as [`found`] has them.
pub fn choices(
    pack: Pack,
    facet: Facet,
    selection: &Selection,
    answer: &Answer,
    text: &str,
) -> Markup {
    let mut choices = Markup::default();
    let words = pack.words();
    let (values, n) = found(pack, facet, selection, text);
    let own = own(pack);
    for value in values {
        let Some(said) = facet.value(value) else {
            continue;
        };
        let mut choice = Choice::of(facet, value, said);
        choice.own_id = [facet.id(), "=", choice.id].concat();
        choices.part(&choice.markup(&own, selection, answer));
    }
    if n > FOUND {
        markup!(choices:
            "<p class=\"facet__note\">" (&words.fill(Word::FoundOf, &[&FOUND.to_string(), &n.to_string()])) "</p>"
        );
    } else if n == 0 {
        markup!(choices: "<p class=\"facet__note\">" (words.text(Word::NoneHasWords)) "</p>");
    }
    choices
}

/// What is said beside what is to be opened, where so many of its values are chosen: they may be out
/// of sight.
pub fn n_chosen(words: Words, n: usize) -> String {
    match n {
        0 => String::new(),
        n => words.counted(Word::NChosen, n, &[&n.to_string()]),
    }
}
