//! The rules that a dataset obeys. `docs/datasets.md` tells them to authors.

use std::collections::HashSet;
use std::net::Ipv6Addr;
use std::ops::Range;

use toml::Spanned;

use super::date::Date;
use super::files::{Files, Found};
use super::meant;
use super::model::{Citation, Dataset, Event, FacetType, Source, Subject};
use super::outline::{MAPS, named, project};
use super::pack::MONEY;
use super::problem::{hidden, is_hidden, nearest, one_of, quoted};
use super::slug::{Ids, is_id, slug};
use super::wording::is_tag;

/// The tones of the page's palette (`style/tokens.css`).
pub const TONES: [&str; 5] = ["ochre", "sand", "plum", "slate", "blue"];
/// The shapes of the page's marks (`src/view/mark.rs`).
pub const SHAPES: [&str; 5] = ["triangle", "diamond", "sheet", "circle", "check"];
const SOURCE_KINDS: [&str; 4] = ["government", "court", "news", "research"];
const CAUTIONS: [&str; 3] = ["advocacy", "partisan", "copy"];
/// Keys of the address, and of an embed's settings (`embed/settings.js`), that a facet's id would shadow; and
/// attributes that every element has or that aren't settings of `<fact-explorer>` (`embed/element.js`), as which it
/// couldn't narrow one.
pub const RESERVED: [&str; 39] = [
    "q",
    "finding",
    "as-of",
    "sort",
    "view",
    "event",
    "open",
    "compare",
    "accent",
    "cards",
    "only",
    "show",
    "theme",
    "class",
    "role",
    "title",
    "lang",
    "dir",
    "part",
    "src",
    "style",
    "id",
    "slot",
    "hidden",
    "is",
    "tabindex",
    "loading",
    "accesskey",
    "autocapitalize",
    "autofocus",
    "contenteditable",
    "draggable",
    "enterkeyhint",
    "inert",
    "inputmode",
    "nonce",
    "popover",
    "spellcheck",
    "translate",
];

/// Whether an id is like the attributes that any element may have and that are no settings: those that run a script,
/// `onclick` and all, of which new ones come, `data-…` and `aria-…`.
fn is_attribute(id: &str) -> bool {
    let runs = id.starts_with("on") && !id.contains('-');
    runs || id.starts_with("data-") || id.starts_with("aria-")
}

/// A free id for a facet that is made of a column.
pub fn facet_id(ids: &mut Ids, column: &str) -> String {
    if is_attribute(&slug(column)) {
        ids.free(&format!("facet {column}"))
    } else {
        ids.free(column)
    }
}

/// Ids that the pages give to their own parts (`src/view`, `src/site`), where those of subjects,
/// events and points on which sources differ stand, too.
pub const OF_THE_PAGE: [&str; 28] = [
    "about",
    "block",
    "cases",
    "cite",
    "compare",
    "disagreements",
    "errors",
    "event",
    "explorer",
    "facts",
    "filters",
    "findings",
    "history",
    "money",
    "national",
    "past-the-list",
    "policies",
    "q",
    "questions",
    "results",
    "show-all",
    "sources",
    "statements",
    "take",
    "whose",
    "by-finding",
    "by-name",
    "by-since",
];

/// Names of devices on Windows, as which no file can be called there, whatever its ending.
pub const DEVICES: [&str; 22] = [
    "con", "aux", "nul", "prn", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
    "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// The most characters of a subject's id: pages are files of that name, with endings, and systems have
/// 255 bytes for a name.
pub const LONGEST_ID: usize = 200;

/// Of what something wrong has been told already, so that what only follows from it isn't.
#[derive(Debug, Default)]
pub struct Already {
    /// The ids of facets.
    pub facets: HashSet<String>,
    /// The ids of subjects whose coordinates are wrong.
    pub places: HashSet<String>,
}

/// Adds every broken rule, in no particular order.
pub fn check(dataset: &Dataset, files: &Files, already: &Already, found: &mut Vec<Found>) {
    let failed: Vec<&str> = files.all_failed().collect();
    let table = dataset.about.table.as_ref().map(|it| it.file.get_ref());
    let is_table = |it: &&str| table.is_some_and(|table| table == *it);
    let ids = |it: &Dataset| -> HashSet<String> {
        let of_subjects = it.subjects.iter().map(|it| it.id.clone());
        // One whose file can't be read is there, all the same.
        let of_files = failed.iter().filter_map(|it| {
            let id = it.strip_prefix("subjects/")?.strip_suffix(".toml")?;
            Some(id.to_owned())
        });
        of_subjects.chain(of_files).collect()
    };
    let sources = || {
        let ids = dataset.sources.iter().map(|it| it.id.get_ref().clone());
        ids.collect()
    };
    let known = Known {
        about: !files.failed("dataset.toml"),
        everything: failed.is_empty(),
        sources: (!files.failed("sources.toml")).then(sources),
        // Where dataset.toml can't be read, nobody knows whether there is a table.
        subjects: (!files.failed("dataset.toml") && !failed.iter().any(is_table))
            .then(|| ids(dataset)),
    };
    let rows = dataset.subjects.iter().filter(|it| it.row.is_some());
    let dates = rows.flat_map(|it| &it.event).map(|it| it.date.get_ref());
    let wrong: Vec<String> = dates
        .filter(|it| !it.is_real() && !it.is_unsaid())
        .map(ToString::to_string)
        .collect();
    let mut checker = Checker {
        dataset,
        known,
        already,
        order: meant::order(wrong.iter().map(String::as_str)),
        file: String::new(),
        found,
        event_ids: HashSet::new(),
        national_ids: HashSet::new(),
        subject_ids: dataset.subjects.iter().map(|it| it.id.as_str()).collect(),
    };
    checker.about();
    checker.sources();
    checker.subjects();
    "timeline.toml".clone_into(&mut checker.file);
    for event in &dataset.timeline {
        checker.event(event, None);
    }
    checker.cases();
    checker.disagreements();
    checker.beside_sources();
    checker.corrections();
}

/// What can be told to be missing: where a file can't be read, what it would have defined is unknown,
/// not wrong.
struct Known {
    /// Whether `dataset.toml` could be read.
    about: bool,
    /// Whether every file could be.
    everything: bool,
    /// The ids of all sources, where they are known.
    sources: Option<HashSet<String>>,
    /// The ids of all subjects, where they are known.
    subjects: Option<HashSet<String>>,
}

struct Checker<'a, 'b> {
    dataset: &'a Dataset,
    known: Known,
    already: &'a Already,
    /// Which of day and month comes first in the table's column of dates.
    order: Option<meant::Order>,
    /// The file whose rules are being checked.
    file: String,
    found: &'b mut Vec<Found>,
    event_ids: HashSet<&'a str>,
    /// Those of the events that stand behind the facts, with the sources.
    national_ids: HashSet<&'a str>,
    subject_ids: HashSet<&'a str>,
}

impl<'a> Checker<'a, '_> {
    fn problem(&mut self, span: Range<usize>, rule: &'static str, message: String) {
        self.suggest(span, rule, message, None);
    }

    fn suggest(
        &mut self,
        span: Range<usize>,
        rule: &'static str,
        message: String,
        help: Option<String>,
    ) {
        self.found.push(Found {
            file: self.file.clone(),
            span,
            rule,
            message,
            help,
        });
    }

    /// That a word is one of the known ones.
    fn known<'c>(
        &mut self,
        word: &Spanned<String>,
        what: &str,
        rule: &'static str,
        known: impl Iterator<Item = &'c str> + Clone,
    ) {
        if !known.clone().any(|it| it == word.get_ref()) {
            self.unknown(word, what, rule, nearest(word.get_ref(), known));
        }
    }

    /// That a word is one of those that every dataset may use.
    fn listed(&mut self, word: &Spanned<String>, what: &str, rule: &'static str, all: &[&str]) {
        if !all.contains(&word.get_ref().as_str()) {
            let message = format!("there is no {what} {}", quoted(word.get_ref()));
            let help = one_of(word.get_ref(), all.iter().copied());
            self.suggest(word.span(), rule, message, Some(help));
        }
    }

    fn unknown(
        &mut self,
        word: &Spanned<String>,
        what: &str,
        rule: &'static str,
        near: Option<&str>,
    ) {
        let message = format!("there is no {what} {}", quoted(word.get_ref()));
        let help = near.map(|it| format!("did you mean “{it}”?"));
        self.suggest(word.span(), rule, message, help);
    }

    /// That an id is written as ids are, and isn't taken.
    fn id(&mut self, id: &'a Spanned<String>, taken: &mut HashSet<&'a str>) {
        let text = id.get_ref().as_str();
        if !is_id(text) {
            let message = format!(
                "the id {} may only have a-z, 0-9 and hyphens between them",
                quoted(text)
            );
            self.problem(id.span(), "id-form", message);
        }
        if !taken.insert(text) {
            let message = format!("the id {} is used twice", quoted(text));
            self.problem(id.span(), "id-unique", message);
        }
    }

    /// That an id which stands on a page isn't one of the page's own.
    fn own_id(&mut self, id: &str, span: Range<usize>) {
        if OF_THE_PAGE.contains(&id) {
            let message = format!("the page has a part of its own with the id “{id}”");
            self.problem(span, "id-reserved", message);
        }
    }

    /// That a text has no characters which can't be seen, or which turn the direction of what follows.
    fn characters(&mut self, text: &str, span: Range<usize>) {
        if let Some(message) = hidden(text) {
            self.suggest(span, "characters", message, Some("take it out".to_owned()));
        }
    }

    fn link(&mut self, url: &Spanned<String>) {
        let text = url.get_ref();
        let Some(rest) = text
            .strip_prefix("https://")
            .or_else(|| text.strip_prefix("http://"))
            .filter(|it| !it.is_empty() && !it.starts_with('/'))
        else {
            let message = format!("the link {} isn't an http or https address", quoted(text));
            let is_bare = is_host(text.split(['/', '?', '#']).next().unwrap_or(""));
            let (scheme, after) = text.split_once("://").unwrap_or(("", text));
            let lower = scheme.to_lowercase();
            let help = match lower.as_str() {
                "http" | "https" if lower != scheme && !after.is_empty() => Some(format!(
                    "write it as {lower}://{}",
                    after.replace(' ', "%20")
                )),
                _ if is_bare => Some(format!("write it as https://{}", text.replace(' ', "%20"))),
                _ => None,
            };
            self.suggest(url.span(), "link", message, help);
            return;
        };
        let host = rest.split(['/', '?', '#']).next().unwrap_or("");
        if is_two(rest) {
            let message = format!("there is more than one link in {}", quoted(text));
            let help = "one stands here; put each other one into a column or a field of its own";
            self.suggest(url.span(), "link", message, Some(help.to_owned()));
            return;
        }
        let is_bad = |it: char| {
            it.is_whitespace() || is_hidden(it) || matches!(it, '<' | '>' | '"' | '\\' | '`')
        };
        let (message, help) = if let Some(letter) = text.chars().find(|it| is_bad(*it)) {
            let what = match letter {
                ' ' => "a blank".to_owned(),
                it if it.is_whitespace() || is_hidden(it) => format!("U+{:04X}", u32::from(it)),
                it => format!("“{it}”"),
            };
            let help = (letter == ' ').then(|| "write the blank as %20".to_owned());
            (format!("has {what} in it"), help)
        } else if host.contains('@') {
            let help = "leave out what is before the @".to_owned();
            ("has a name or a password in it".to_owned(), Some(help))
        } else if !is_host_of_link(host) {
            ("has no host that can be reached".to_owned(), None)
        } else {
            return;
        };
        let message = format!("the link {} {message}", quoted(text));
        self.suggest(url.span(), "link", message, help);
    }

    fn day(&mut self, date: &Spanned<String>, or_else: &str) {
        if Date::parse(date.get_ref()).is_none_or(|it| it.parts().0 == 0) {
            let message = format!("{} isn't a date", quoted(date.get_ref()));
            let help = meant::date(date.get_ref(), or_else);
            self.suggest(date.span(), "date", message, Some(help));
        }
    }

    fn partial_day(&mut self, date: &Spanned<super::model::PartialDate>) {
        let text = date.get_ref().to_string();
        let message = format!("{} isn't a date", quoted(&text));
        let help = meant::date(&text, "2017-10-12, 2017-10 or 2017");
        self.suggest(date.span(), "date", message, Some(help));
    }

    /// That the date of a row is wrong.
    fn date_of_row(&mut self, date: &Spanned<super::model::PartialDate>) {
        let text = date.get_ref().to_string();
        let message = format!("{} isn't a date", quoted(&text));
        let help = meant::cell_date(&text, self.order);
        self.suggest(date.span(), "date", message, Some(help));
    }

    /// That a finding is one of the scale.
    fn finding(&mut self, finding: &Spanned<String>, is_of_row: bool) {
        let scale = &self.dataset.about.finding;
        let word = finding.get_ref();
        if scale.iter().any(|it| it.id.get_ref() == word) {
            return;
        }
        // A row may have the label.
        let words = scale.iter().flat_map(|it| {
            let label = is_of_row.then_some(it.label.as_str());
            [Some(it.id.get_ref().as_str()), label]
                .into_iter()
                .flatten()
        });
        let all = scale.iter().map(|it| {
            if is_of_row {
                quoted(&it.label)
            } else {
                it.id.get_ref().clone()
            }
        });
        let help = match nearest(word, words) {
            Some(near) => format!("did you mean “{near}”?"),
            None if scale.is_empty() => "dataset.toml names none: a [[finding]] is one".to_owned(),
            None => format!("it is one of {}", all.collect::<Vec<_>>().join(", ")),
        };
        let message = format!("there is no finding {}", quoted(word));
        self.suggest(finding.span(), "finding-known", message, Some(help));
    }

    fn about(&mut self) {
        let about = &self.dataset.about;
        "dataset.toml".clone_into(&mut self.file);
        if let Some(language) = about.language.as_ref().filter(|it| !is_tag(it.get_ref())) {
            let message = format!("{} isn’t the tag of a language", quoted(language.get_ref()));
            let help = "write it as en, es or pt-BR (BCP 47)".to_owned();
            self.suggest(language.span(), "language", message, Some(help));
        }
        let mut taken = HashSet::new();
        for finding in &about.finding {
            self.id(&finding.id, &mut taken);
            self.characters(&finding.label, finding.id.span());
            self.listed(&finding.tone, "tone", "tone-known", &TONES);
            self.listed(&finding.shape, "shape", "shape-known", &SHAPES);
        }
        self.column_of_findings();
        self.facets();
        let mut kinds = HashSet::new();
        for kind in &about.event_kind {
            self.id(&kind.id, &mut kinds);
        }
        let mut snapshots = HashSet::new();
        for snapshot in &about.snapshot {
            self.id(&snapshot.id, &mut snapshots);
            let (id, date) = (snapshot.id.get_ref(), snapshot.date.get_ref());
            // A link names a day by a snapshot's id or by its date.
            if id != date && (id == "latest" || Date::parse(id).is_some()) {
                let message = format!("the id {} means another day in a link", quoted(id));
                let help = format!("name it by a word, or {}", quoted(date));
                self.suggest(snapshot.id.span(), "snapshot-id", message, Some(help));
            }
            if date != "latest" {
                self.day(&snapshot.date, "2017-10-12, or latest");
            }
        }
        if self.dataset.subjects.is_empty() && self.known.everything {
            let message = format!("a dataset needs at least one {}", about.noun.one);
            self.problem(0..0, "not-empty", message);
        }
        let links = about.credit.iter().filter_map(|it| it.url.as_ref());
        for url in links.chain(&about.licence.data_url) {
            self.link(url);
        }
        if let Some(date) = &about.updated {
            self.day(date, "2017-10-12");
        }
        if let Some(contact) = &about.contact {
            let text = contact.get_ref();
            let address = text.strip_prefix("mailto:").unwrap_or(text);
            let at = address.split_once('@');
            let is_mail = at.is_some_and(|(name, host)| {
                !name.is_empty() && !name.contains([':', '/', ' ']) && is_host(host)
            });
            let is_marked = address.len() < text.len();
            if !is_marked && !is_mail && text.contains("://") {
                self.link(contact);
            } else if !is_marked || !is_mail {
                let message = format!("{} isn't an address to write to", quoted(text));
                let host = text.split('/').next().unwrap_or("");
                let help = if is_mail {
                    format!("write it as mailto:{address}")
                } else if !is_marked && is_host(host) {
                    format!("write it as https://{text}")
                } else {
                    "write it as mailto:name@example.org".to_owned()
                };
                self.suggest(contact.span(), "contact", message, Some(help));
            }
        }
        if let Some(map) = &about.map {
            self.listed(map, "map", "map-known", &MAPS);
            if let Some(Err(why)) = named(map.get_ref()) {
                self.problem(
                    map.span(),
                    "map-known",
                    format!("its shapes can't be read: {why}"),
                );
            }
        }
        for background in &about.background {
            self.cited(&background.cite, "a paragraph");
        }
    }

    /// That rows have a column of findings, where there is a scale of them.
    fn column_of_findings(&mut self) {
        let about = &self.dataset.about;
        let has_rows = self.dataset.subjects.iter().any(|it| it.row.is_some());
        let is_unsaid = about.table.as_ref().is_some_and(|it| it.finding.is_none());
        if let Some(first) = about.finding.first().filter(|_| has_rows && is_unsaid) {
            let message = "[table] names no column of findings, so no row would ever show";
            let help = "write finding = \"the column's name\" under [table]".to_owned();
            self.suggest(
                first.id.span(),
                "finding-set",
                message.to_owned(),
                Some(help),
            );
        }
    }

    /// The facets and the fields, as `dataset.toml` tells them.
    fn facets(&mut self) {
        let about = &self.dataset.about;
        let mut facets = HashSet::new();
        for facet in &about.facet {
            self.id(&facet.id, &mut facets);
            let id = facet.id.get_ref().as_str();
            if RESERVED.contains(&id) || is_attribute(id) {
                let message = format!(
                    "“{}” already has a meaning in the address or in an embed",
                    facet.id.get_ref()
                );
                self.problem(facet.id.span(), "id-reserved", message);
            }
            self.characters(&facet.label, facet.id.span());
            let mut values = HashSet::new();
            for value in &facet.values {
                // One that comes from the data stands nowhere in this file.
                if value.id.span().is_empty() {
                    continue;
                }
                self.id(&value.id, &mut values);
                self.characters(&value.label, value.id.span());
                let is_yes_no = matches!(value.id.get_ref().as_str(), "yes" | "no");
                if facet.kind == FacetType::YesNo && !is_yes_no {
                    let message = format!(
                        "the values of this facet are yes and no, and not {}",
                        quoted(value.id.get_ref())
                    );
                    self.problem(value.id.span(), "yes-no", message);
                }
            }
            let is_told = self.already.facets.contains(id);
            if facet.values.is_empty() && self.known.everything && !is_told {
                let message = format!("no {} has a value of this facet", about.noun.one);
                self.problem(facet.id.span(), "facet-values", message);
            }
            let breaks = facet.breaks.get_ref();
            let is_ordered =
                breaks.iter().all(|it| it.is_finite()) && breaks.is_sorted_by(|a, b| a < b);
            if !is_ordered {
                let message = "breaks are numbers, each larger than the one before".to_owned();
                self.problem(facet.breaks.span(), "breaks", message);
            }
            if !breaks.is_empty() && facet.kind != FacetType::Number {
                let message = "only a facet of type number has breaks".to_owned();
                self.problem(facet.breaks.span(), "breaks", message);
            }
            if let Some(separator) = facet
                .separator
                .as_ref()
                .filter(|it| it.get_ref().is_empty())
            {
                let message = "something stands between the values of a cell".to_owned();
                let help = "leave separator out where it is a semicolon".to_owned();
                self.suggest(separator.span(), "separator", message, Some(help));
            }
        }
        let mut fields = HashSet::new();
        for field in &about.field {
            self.id(&field.id, &mut fields);
            if field.id.get_ref() == MONEY {
                let message =
                    "“money” is what cards say of `[[money]]`; call this field another way";
                self.problem(field.id.span(), "id-reserved", message.to_owned());
            }
            self.characters(&field.label, field.id.span());
        }
    }

    /// That an id isn't one of those that stand on the same page.
    fn not_of(&mut self, id: &Spanned<String>, others: &HashSet<&str>, whose: &str) {
        if others.contains(id.get_ref().as_str()) {
            let message = format!("the id {} is used twice", quoted(id.get_ref()));
            let help = format!("{whose} has it, too, and they stand on one page");
            self.suggest(id.span(), "id-unique", message, Some(help));
        }
    }

    /// That no source has the id of something else that stands behind the facts.
    fn beside_sources(&mut self) {
        "sources.toml".clone_into(&mut self.file);
        let dataset = self.dataset;
        let points = dataset.disagreements.iter();
        let points: HashSet<&str> = points.map(|it| it.id.get_ref().as_str()).collect();
        let national = std::mem::take(&mut self.national_ids);
        for source in dataset.sources.iter().filter(|it| !it.is_of_row) {
            self.not_of(&source.id, &points, "a point on which sources differ");
            self.not_of(&source.id, &national, "an event");
        }
    }

    fn sources(&mut self) {
        let about = &self.dataset.about;
        let table = about.table.as_ref().map(|it| it.file.get_ref().as_str());
        let mut taken = HashSet::new();
        for source in &self.dataset.sources {
            let file = table.filter(|_| source.is_of_row);
            file.unwrap_or("sources.toml").clone_into(&mut self.file);
            self.source(source, &mut taken);
        }
    }

    fn source(&mut self, source: &'a Source, taken: &mut HashSet<&'a str>) {
        self.link(&source.url);
        if source.is_of_row {
            let id = source.id.get_ref();
            // It has its row's.
            if !taken.insert(id) {
                let message = format!("the id {} of this row is that of a source, too", quoted(id));
                let help = "name that source in sources.toml otherwise".to_owned();
                self.suggest(source.id.span(), "id-unique", message, Some(help));
            }
            self.characters(&source.publisher, source.url.span());
            return;
        }
        self.id(&source.id, taken);
        self.own_id(source.id.get_ref(), source.id.span());
        self.characters(&source.title, source.id.span());
        self.characters(&source.publisher, source.id.span());
        self.listed(&source.kind, "kind of source", "source-kind", &SOURCE_KINDS);
        if let Some(caution) = &source.caution {
            self.listed(caution, "caution", "caution-known", &CAUTIONS);
        }
        if let Some(date) = source.date.as_ref().filter(|it| !it.get_ref().is_real()) {
            self.partial_day(date);
        }
    }

    fn subjects(&mut self) {
        let dataset = self.dataset;
        for subject in &dataset.subjects {
            self.file = subject.file(&dataset.about);
            if !is_id(&subject.id) {
                let message = format!(
                    "the file's name {} isn't an id: a-z, 0-9 and hyphens",
                    quoted(&subject.id)
                );
                self.problem(0..0, "id-form", message);
            }
            let name = subject.name.span();
            // Of a row it is the whole that's meant, and not the name.
            let (start, at) = match subject.row {
                Some(_) => (name.start..name.start, name.start..name.start),
                None => (0..0, name.clone()),
            };
            if subject.id.len() > LONGEST_ID {
                let n = subject.id.len();
                let message =
                    format!("this id has {n} characters, and at most {LONGEST_ID} may be");
                self.problem(start.clone(), "id-form", message);
            }
            // A row's is a code of somebody else's, as `con` is that of an airport.
            if subject.row.is_none() && DEVICES.contains(&subject.id.as_str()) {
                let message = format!("no file can be called “{}” on Windows", subject.id);
                self.problem(start.clone(), "id-form", message);
            }
            self.own_id(&subject.id, start);
            // The reader has looked at every cell of a row already.
            if subject.row.is_none() {
                self.texts(subject, name);
            }
            if self.known.about {
                self.defined(subject);
            }
            for event in &subject.event {
                self.event(event, Some(subject));
            }
            let has_finding = subject.event.iter().any(|it| it.finding.is_some());
            // The reader has told of the rows.
            if !has_finding && !dataset.about.finding.is_empty() && subject.row.is_none() {
                let message = "no event sets a finding, so the card would never show".to_owned();
                self.problem(at.clone(), "finding-set", message);
            }
            for money in &subject.money {
                self.cited(&money.cite, "an amount");
            }
            if subject.row.is_none() {
                self.degrees(subject, at.clone());
            }
            let map = dataset.about.map.as_ref().map(|it| it.get_ref().as_str());
            let is_told = self.already.places.contains(&subject.id);
            if map.is_some_and(|it| MAPS.contains(&it)) && !is_told {
                self.on_map(subject, at);
            }
        }
    }

    /// That what a subject is called can be read.
    fn texts(&mut self, subject: &Subject, name: Range<usize>) {
        if subject.name.get_ref().trim().is_empty() {
            self.problem(name.clone(), "name", "there is no name here".to_owned());
        }
        self.characters(subject.name.get_ref(), name.clone());
        self.characters(&subject.place, name.clone());
        self.characters(subject.full_name.as_deref().unwrap_or(""), name.clone());
        for value in subject.fields.values() {
            self.characters(value.get_ref(), value.span());
        }
    }

    /// That the dataset has the facets and the fields that a subject speaks of.
    fn defined(&mut self, subject: &Subject) {
        let about = &self.dataset.about;
        let facets = about.facet.iter().map(|it| it.id.get_ref().as_str());
        for facet in subject.facets.keys() {
            self.known(facet, "facet", "facet-known", facets.clone());
        }
        let fields = about.field.iter().map(|it| it.id.get_ref().as_str());
        for field in subject.fields.keys() {
            self.known(field, "field", "field-known", fields.clone());
        }
    }

    /// That a subject's coordinates are somewhere on Earth.
    fn degrees(&mut self, subject: &Subject, at: Range<usize>) {
        for (degrees, most) in subject.coordinates.iter().flatten().zip([90.0, 180.0]) {
            if !degrees.is_finite() || degrees.abs() > most {
                let message = format!("{degrees} is more than {most} degrees");
                self.problem(at.clone(), "coordinates", message);
            }
        }
    }

    /// That a subject has a place on the map.
    fn on_map(&mut self, subject: &Subject, at: Range<usize>) {
        let message = match subject.coordinates {
            Some([latitude, longitude]) if project(latitude, longitude).is_some() => return,
            Some([latitude, longitude]) => format!(
                "the coordinates [{latitude}, {longitude}] aren't on the map; latitude comes first"
            ),
            None => "the dataset has a map, and there are no coordinates here".to_owned(),
        };
        self.problem(at, "on-map", message);
    }

    /// Checks an event: one of a subject, or one that belongs to none.
    fn event(&mut self, event: &'a Event, of: Option<&Subject>) {
        let dataset = self.dataset;
        let is_of_row = of.is_some_and(|it| it.row.is_some());
        let mut taken = std::mem::take(&mut self.event_ids);
        self.own_id(event.id.get_ref(), event.id.span());
        self.id(&event.id, &mut taken);
        self.event_ids = taken;
        if of.is_some() {
            let subjects = std::mem::take(&mut self.subject_ids);
            self.not_of(&event.id, &subjects, "a subject");
            self.subject_ids = subjects;
        } else {
            self.national_ids.insert(event.id.get_ref());
        }
        let date = event.date.get_ref();
        let may_be_unsaid = is_of_row && date.is_unsaid();
        if !date.is_real() && !may_be_unsaid {
            if is_of_row {
                self.date_of_row(&event.date);
            } else {
                self.partial_day(&event.date);
            }
        }
        let kinds = dataset
            .about
            .event_kind
            .iter()
            .map(|it| it.id.get_ref().as_str());
        if !is_of_row && self.known.about {
            self.known(&event.kind, "kind of event", "event-kind", kinds);
        }
        if let Some(finding) = &event.finding {
            if self.known.about {
                self.finding(finding, is_of_row);
            }
            if date.is_real() && date.day().is_none() {
                let message =
                    format!("an event that sets a finding needs its day, not just “{date}”");
                self.problem(event.date.span(), "finding-day", message);
            }
            if of.is_none() {
                let message = "only a subject's own event can set a finding".to_owned();
                self.problem(finding.span(), "finding-subject", message);
            }
        }
        if let Some(day) = &event.reply_by {
            self.day(day, "2017-10-12");
        }
        for citation in event.citations() {
            self.citation(citation);
            if citation.quote && event.quote.is_none() {
                let message = "this is to have the words of a quote, but the event has none";
                self.problem(citation.source.span(), "quote", message.to_owned());
            }
        }
        if !is_of_row {
            self.support(event);
        }
    }

    /// That an event has a source which can carry it, and a quote the right to be shown.
    fn support(&mut self, event: &Event) {
        let sources: Vec<_> = event
            .citations()
            .filter_map(|it| self.dataset.source(it.source.get_ref()))
            .collect();
        if event.cite.get_ref().is_empty() {
            self.uncited(&event.cite, "an event");
        } else if event.confidence.is_none()
            && !sources.is_empty()
            && sources.iter().all(|it| it.caution.is_some())
        {
            let message =
                "this rests only on sources to be taken with caution: add another, or say \
                           so in `confidence`"
                    .to_owned();
            self.problem(event.cite.span(), "support", message);
        }
        if let Some(quote) = &event.quote {
            let speaker = quote.get_ref().speaker.trim();
            if speaker.is_empty() && !sources.iter().any(|it| it.public_domain) {
                let message = "a quote needs its speaker's name, or a source in the public domain";
                self.problem(quote.span(), "quote", message.to_owned());
            }
        }
    }

    /// That what needs a citation has one, and that its sources are there.
    fn cited(&mut self, cite: &Spanned<Vec<Citation>>, what: &str) {
        if cite.get_ref().is_empty() {
            self.uncited(cite, what);
        }
        for citation in cite.get_ref() {
            self.citation(citation);
        }
    }

    fn uncited(&mut self, cite: &Spanned<Vec<Citation>>, what: &str) {
        let message = format!("{what} needs a citation");
        let help = "write it as cite = [{ source = \"the-id-of-one\" }]".to_owned();
        self.suggest(cite.span(), "cited", message, Some(help));
    }

    fn citation(&mut self, citation: &Citation) {
        let id = &citation.source;
        let known = self.known.sources.as_ref();
        if known.is_some_and(|it| !it.contains(id.get_ref())) {
            let sources = self.dataset.sources.iter();
            let ids = sources.map(|it| it.id.get_ref().as_str());
            self.unknown(id, "source", "source-exists", nearest(id.get_ref(), ids));
        }
    }

    fn subject_refs(&mut self, ids: &[Spanned<String>]) {
        for id in ids {
            let known = self.known.subjects.as_ref();
            if known.is_some_and(|it| !it.contains(id.get_ref())) {
                let subjects = self.dataset.subjects.iter();
                let near = nearest(id.get_ref(), subjects.map(|it| it.id.as_str()));
                self.unknown(id, "subject", "subject-exists", near);
            }
        }
    }

    fn cases(&mut self) {
        "cases.toml".clone_into(&mut self.file);
        let mut taken = HashSet::new();
        for case in &self.dataset.cases {
            self.id(&case.id, &mut taken);
            self.subject_refs(&case.subjects);
            for event in &case.event {
                self.event(event, None);
            }
        }
    }

    fn disagreements(&mut self) {
        "disagreements.toml".clone_into(&mut self.file);
        let mut taken = HashSet::new();
        for point in &self.dataset.disagreements {
            self.own_id(point.id.get_ref(), point.id.span());
            self.id(&point.id, &mut taken);
            let events = std::mem::take(&mut self.event_ids);
            self.not_of(&point.id, &events, "an event");
            self.event_ids = events;
            self.subject_refs(&point.subjects);
            if point.position.len() < 2 {
                let message = "a disagreement has at least two positions".to_owned();
                self.problem(point.id.span(), "positions", message);
            }
            for position in &point.position {
                self.citation(&position.cite);
            }
        }
    }

    /// Comes last, since it looks for the events of all other files.
    fn corrections(&mut self) {
        "corrections.toml".clone_into(&mut self.file);
        let mut taken = HashSet::new();
        let events = std::mem::take(&mut self.event_ids);
        for correction in &self.dataset.corrections {
            self.id(&correction.id, &mut taken);
            self.day(&correction.date, "2017-10-12");
            if correction.event.is_some() == correction.subject.is_some() {
                let message = "a correction is of one event or of one subject".to_owned();
                self.problem(correction.id.span(), "correction-of", message);
            }
            if let Some(event) = correction.event.as_ref().filter(|_| self.known.everything) {
                self.known(event, "event", "event-exists", events.iter().copied());
            }
            self.subject_refs(correction.subject.as_slice());
        }
    }
}

/// Whether another link follows in what comes after the first one's `https://`. An address may have another one in
/// itself, as those of archives do, but not after a blank or a separator.
fn is_two(rest: &str) -> bool {
    let is_between = |it: char| it.is_whitespace() || matches!(it, ',' | ';' | '|');
    let mut pieces = rest.split(is_between).skip(1);
    pieces.any(|it| it.starts_with("https://") || it.starts_with("http://"))
}

fn is_host(text: &str) -> bool {
    let is_letter = |it: char| it.is_alphanumeric() || it == '-';
    text.contains('.')
        && text
            .split('.')
            .all(|it| !it.is_empty() && it.chars().all(is_letter))
}

/// Whether what a link has for its host can be one: a name, which may end with the root's point, or a
/// number, and perhaps a port.
fn is_host_of_link(text: &str) -> bool {
    let is_port = |it: &str| {
        it.is_empty() || (it.bytes().all(|it| it.is_ascii_digit()) && it.parse::<u16>().is_ok())
    };
    if let Some(rest) = text.strip_prefix('[') {
        let (number, after) = rest.split_once(']').unwrap_or((rest, "]"));
        let is_end = after.is_empty() || after.strip_prefix(':').is_some_and(is_port);
        return number.parse::<Ipv6Addr>().is_ok() && is_end;
    }
    let (host, port) = text.rsplit_once(':').unwrap_or((text, ""));
    let mut names = host.strip_suffix('.').unwrap_or(host).split('.');
    let is_letter = |it: char| it.is_alphanumeric() || matches!(it, '-' | '_');
    names.all(|it| !it.is_empty() && it.chars().all(is_letter)) && is_port(port)
}
