//! The rules that a dataset obeys. `data/README.md` tells them to authors.

use std::collections::HashSet;
use std::ops::Range;

use toml::Spanned;

use super::date::Date;
use super::model::{Citation, Dataset, Event, Subject};
use super::outline::{MAPS, named, project};
use super::problem::{Problem, nearest};
use super::read::Files;

/// The tones of the page's palette (`style/tokens.css`).
pub const TONES: [&str; 5] = ["ochre", "sand", "plum", "slate", "blue"];
/// The shapes of the page's marks (`src/view/mark.rs`).
pub const SHAPES: [&str; 5] = ["triangle", "diamond", "sheet", "circle", "check"];
const SOURCE_KINDS: [&str; 4] = ["government", "court", "news", "research"];
const CAUTIONS: [&str; 3] = ["advocacy", "partisan", "copy"];
/// Keys of the address that a facet's id would shadow.
const RESERVED: [&str; 8] = [
    "q", "finding", "as-of", "sort", "view", "event", "open", "compare",
];

/// Ids that the pages give to their own parts (`src/view`, `src/site`), where those of subjects,
/// events and points on which sources differ stand, too.
const OF_THE_PAGE: [&str; 24] = [
    "about",
    "cases",
    "cite",
    "compare",
    "disagreements",
    "errors",
    "event",
    "explorer",
    "filters",
    "findings",
    "history",
    "money",
    "national",
    "policies",
    "q",
    "questions",
    "results",
    "sources",
    "statements",
    "take",
    "whose",
    "by-finding",
    "by-name",
    "by-since",
];

/// Every broken rule, in no particular order.
pub fn check(dataset: &Dataset, files: &Files) -> Vec<Problem> {
    let mut checker = Checker {
        dataset,
        files,
        file: String::new(),
        problems: Vec::new(),
        event_ids: HashSet::new(),
    };
    checker.about();
    checker.sources();
    checker.subjects();
    checker.combinations();
    "timeline.toml".clone_into(&mut checker.file);
    for event in &dataset.timeline {
        checker.event(event, false);
    }
    checker.cases();
    checker.disagreements();
    checker.corrections();
    checker.problems
}

struct Checker<'a> {
    dataset: &'a Dataset,
    files: &'a Files,
    /// The file whose rules are being checked.
    file: String,
    problems: Vec<Problem>,
    event_ids: HashSet<&'a str>,
}

impl<'a> Checker<'a> {
    fn problem(&mut self, span: Range<usize>, rule: &'static str, message: String) {
        self.problems
            .push(self.files.problem(&self.file, span.start, rule, message));
    }

    /// That a word is one of the known ones.
    fn known<'b>(
        &mut self,
        word: &Spanned<String>,
        what: &str,
        rule: &'static str,
        known: impl Iterator<Item = &'b str> + Clone,
    ) {
        if !known.clone().any(|it| it == word.get_ref()) {
            let mut message = format!("there is no {what} “{}”", word.get_ref());
            if let Some(near) = nearest(word.get_ref(), known) {
                message.extend(["; did you mean “", near, "”?"]);
            }
            self.problem(word.span(), rule, message);
        }
    }

    /// That an id is written as ids are, and isn't taken.
    fn id(&mut self, id: &'a Spanned<String>, taken: &mut HashSet<&'a str>) {
        let text = id.get_ref().as_str();
        if !is_id(text) {
            let message =
                format!("the id “{text}” may only have a-z, 0-9 and hyphens between them");
            self.problem(id.span(), "id-form", message);
        }
        if !taken.insert(text) {
            self.problem(
                id.span(),
                "id-unique",
                format!("the id “{text}” is used twice"),
            );
        }
    }

    /// That an id which stands on a page isn't one of the page's own.
    fn own_id(&mut self, id: &str, span: Range<usize>) {
        if OF_THE_PAGE.contains(&id) {
            let message = format!("the page has a part of its own with the id “{id}”");
            self.problem(span, "id-reserved", message);
        }
    }

    fn link(&mut self, url: &Spanned<String>) {
        let text = url.get_ref();
        let host = text
            .strip_prefix("https://")
            .or_else(|| text.strip_prefix("http://"));
        if host.is_none_or(|it| {
            it.is_empty() || it.starts_with('/') || it.contains(char::is_whitespace)
        }) {
            let message = format!("the link “{text}” isn't an http or https address");
            self.problem(url.span(), "link", message);
        }
    }

    fn day(&mut self, date: &Spanned<String>) {
        if Date::parse(date.get_ref()).is_none() {
            let message = format!("“{}” isn't a date; write it as 2017-10-12", date.get_ref());
            self.problem(date.span(), "date", message);
        }
    }

    fn about(&mut self) {
        let about = &self.dataset.about;
        "dataset.toml".clone_into(&mut self.file);
        let mut taken = HashSet::new();
        for finding in &about.finding {
            self.id(&finding.id, &mut taken);
            self.known(&finding.tone, "tone", "tone-known", TONES.into_iter());
            self.known(&finding.shape, "shape", "shape-known", SHAPES.into_iter());
        }
        let mut facets = HashSet::new();
        for facet in &about.facet {
            self.id(&facet.id, &mut facets);
            if RESERVED.contains(&facet.id.get_ref().as_str()) {
                let message = format!(
                    "“{}” already has a meaning in the address",
                    facet.id.get_ref()
                );
                self.problem(facet.id.span(), "id-reserved", message);
            }
            let mut values = HashSet::new();
            for value in &facet.values {
                self.id(&value.id, &mut values);
            }
        }
        let mut kinds = HashSet::new();
        for kind in &about.event_kind {
            self.id(&kind.id, &mut kinds);
        }
        let mut snapshots = HashSet::new();
        for snapshot in &about.snapshot {
            self.id(&snapshot.id, &mut snapshots);
            if snapshot.date.get_ref() != "latest" {
                self.day(&snapshot.date);
            }
        }
        for (list, empty) in [
            ("finding", about.finding.is_empty()),
            ("snapshot", about.snapshot.is_empty()),
        ] {
            if empty {
                self.problem(
                    0..0,
                    "not-empty",
                    format!("a dataset needs at least one {list}"),
                );
            }
        }
        let links = about.credit.iter().filter_map(|it| it.url.as_ref());
        for url in links.chain(&about.licence.data_url) {
            self.link(url);
        }
        if let Some(date) = &about.updated {
            self.day(date);
        }
        if let Some(contact) = &about.contact {
            let at = contact
                .get_ref()
                .strip_prefix("mailto:")
                .map(|it| it.split_once('@'));
            match at {
                None => self.link(contact),
                Some(Some((name, host))) if !name.is_empty() && is_host(host) => {}
                Some(_) => {
                    let message = format!(
                        "“{}” isn't an address to write to; write it as mailto:name@example.org",
                        contact.get_ref()
                    );
                    self.problem(contact.span(), "contact", message);
                }
            }
        }
        if let Some(map) = &about.map {
            self.known(map, "map", "map-known", MAPS.into_iter());
            if let Some(Err(why)) = named(map.get_ref()) {
                self.problem(
                    map.span(),
                    "map-known",
                    format!("its shapes can't be read: {why}"),
                );
            }
        }
        for background in &about.background {
            for citation in &background.cite {
                self.citation(citation);
            }
        }
    }

    fn sources(&mut self) {
        "sources.toml".clone_into(&mut self.file);
        let mut taken = HashSet::new();
        for source in &self.dataset.sources {
            self.id(&source.id, &mut taken);
            self.link(&source.url);
            self.known(
                &source.kind,
                "kind of source",
                "source-kind",
                SOURCE_KINDS.into_iter(),
            );
            if let Some(caution) = &source.caution {
                self.known(caution, "caution", "caution-known", CAUTIONS.into_iter());
            }
            if let Some(date) = source.date.as_ref().filter(|it| !it.get_ref().is_real()) {
                self.problem(date.span(), "date", not_a_date(date.get_ref()));
            }
        }
    }

    fn subjects(&mut self) {
        let dataset = self.dataset;
        for subject in &dataset.subjects {
            self.file = format!("subjects/{}.toml", subject.id);
            if !is_id(&subject.id) {
                let message = format!(
                    "the file's name “{}” isn't an id: a-z, 0-9 and hyphens",
                    subject.id
                );
                self.problem(0..0, "id-form", message);
            }
            let at = subject.name.span();
            self.own_id(&subject.id, 0..0);
            for facet in &dataset.about.facet {
                let known = facet.values.iter().map(|it| it.id.get_ref().as_str());
                let id = facet.id.get_ref();
                if subject.values(id).is_empty() {
                    let message = format!("the facet “{id}” has no value here");
                    self.problem(at.clone(), "facet-filled", message);
                }
                let values = subject.facets.iter().filter(|it| it.0.get_ref() == id);
                for value in values.flat_map(|it| it.1) {
                    let what = format!("value of “{id}” called");
                    self.known(value, &what, "facet-known", known.clone());
                }
            }
            let facets = dataset
                .about
                .facet
                .iter()
                .map(|it| it.id.get_ref().as_str());
            for facet in subject.facets.keys() {
                self.known(facet, "facet", "facet-known", facets.clone());
            }
            for event in &subject.event {
                self.event(event, true);
            }
            if !subject.event.iter().any(|it| it.finding.is_some()) {
                let message = "no event sets a finding, so the card would never show".to_owned();
                self.problem(at, "finding-set", message);
            }
            for citation in subject.money.iter().flat_map(|it| &it.cite) {
                self.citation(citation);
            }
            if dataset.about.map.is_some() {
                self.on_map(subject);
            }
        }
    }

    /// That a subject has a place on the map.
    fn on_map(&mut self, subject: &Subject) {
        let message = match subject.coordinates {
            Some([latitude, longitude]) if project(latitude, longitude).is_some() => return,
            Some([latitude, longitude]) => format!(
                "the coordinates [{latitude}, {longitude}] aren't on the map; latitude comes first"
            ),
            None => "the dataset has a map, and there are no coordinates here".to_owned(),
        };
        self.problem(subject.name.span(), "on-map", message);
    }

    /// That the pack has a byte for each set of values that some subject has of some facet.
    fn combinations(&mut self) {
        let dataset = self.dataset;
        let sets: HashSet<Vec<&str>> = dataset
            .about
            .facet
            .iter()
            .flat_map(|facet| {
                dataset
                    .subjects
                    .iter()
                    .map(|it| it.values(facet.id.get_ref()))
            })
            .collect();
        if sets.len() > 256 {
            "dataset.toml".clone_into(&mut self.file);
            let message = format!(
                "subjects have {} different sets of values; 256 fit",
                sets.len()
            );
            self.problem(0..0, "facet-sets", message);
        }
    }

    fn event(&mut self, event: &'a Event, may_find: bool) {
        let dataset = self.dataset;
        let mut taken = std::mem::take(&mut self.event_ids);
        self.own_id(event.id.get_ref(), event.id.span());
        self.id(&event.id, &mut taken);
        self.event_ids = taken;
        let date = event.date.get_ref();
        if !date.is_real() {
            self.problem(event.date.span(), "date", not_a_date(date));
        }
        let kinds = dataset
            .about
            .event_kind
            .iter()
            .map(|it| it.id.get_ref().as_str());
        self.known(&event.kind, "kind of event", "event-kind", kinds);
        if let Some(finding) = &event.finding {
            let findings = dataset
                .about
                .finding
                .iter()
                .map(|it| it.id.get_ref().as_str());
            self.known(finding, "finding", "finding-known", findings);
            if date.is_real() && date.day().is_none() {
                let message =
                    format!("an event that sets a finding needs its day, not just “{date}”");
                self.problem(event.date.span(), "finding-day", message);
            }
            if !may_find {
                let message = "only a subject's own event can set a finding".to_owned();
                self.problem(finding.span(), "finding-subject", message);
            }
        }
        if let Some(day) = &event.reply_by {
            self.day(day);
        }
        for citation in event.citations() {
            self.citation(citation);
        }
        self.support(event);
    }

    /// That an event has a source which can carry it, and a quote the right to be shown.
    fn support(&mut self, event: &Event) {
        let sources: Vec<_> = event
            .citations()
            .filter_map(|it| self.dataset.source(it.source.get_ref()))
            .collect();
        if event.cite.get_ref().is_empty() {
            self.problem(
                event.cite.span(),
                "cited",
                "an event needs a citation".to_owned(),
            );
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

    fn citation(&mut self, citation: &Citation) {
        let ids = self
            .dataset
            .sources
            .iter()
            .map(|it| it.id.get_ref().as_str());
        self.known(&citation.source, "source", "source-exists", ids);
    }

    fn subject_refs(&mut self, ids: &[Spanned<String>]) {
        let known = self.dataset.subjects.iter().map(|it| it.id.as_str());
        for id in ids {
            self.known(id, "subject", "subject-exists", known.clone());
        }
    }

    fn cases(&mut self) {
        "cases.toml".clone_into(&mut self.file);
        let mut taken = HashSet::new();
        for case in &self.dataset.cases {
            self.id(&case.id, &mut taken);
            self.subject_refs(&case.subjects);
            for event in &case.event {
                self.event(event, false);
            }
        }
    }

    fn disagreements(&mut self) {
        "disagreements.toml".clone_into(&mut self.file);
        let mut taken = HashSet::new();
        for point in &self.dataset.disagreements {
            self.own_id(point.id.get_ref(), point.id.span());
            self.id(&point.id, &mut taken);
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
            self.day(&correction.date);
            if correction.event.is_some() == correction.subject.is_some() {
                let message = "a correction is of one event or of one subject".to_owned();
                self.problem(correction.id.span(), "correction-of", message);
            }
            if let Some(event) = &correction.event {
                self.known(event, "event", "event-exists", events.iter().copied());
            }
            self.subject_refs(correction.subject.as_slice());
        }
    }
}

fn not_a_date(date: &super::model::PartialDate) -> String {
    format!("“{date}” isn't a date; write it as 2017-10-12, 2017-10 or 2017")
}

fn is_host(text: &str) -> bool {
    let is_letter = |it: char| it.is_alphanumeric() || it == '-';
    text.contains('.')
        && text
            .split('.')
            .all(|it| !it.is_empty() && it.chars().all(is_letter))
}

fn is_id(text: &str) -> bool {
    text.split('-').all(|it| {
        !it.is_empty()
            && it
                .bytes()
                .all(|it| it.is_ascii_lowercase() || it.is_ascii_digit())
    })
}
