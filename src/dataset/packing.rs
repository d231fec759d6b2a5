//! A dataset, written as the block of bytes that [`super::pack`] reads.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::date::Date;
use super::model::{Citation, Dataset, Event, Subject};
use super::outline::{Outline, named, places};
use super::pack::{MAGIC, N_SECTIONS, Section};
use super::words::words;

/// Packs a dataset that [`super::check`] found nothing wrong with: the first of its two packs, which
/// has all that cards and searches need.
pub fn pack(dataset: &Dataset) -> Vec<u8> {
    let mut writer = Writer::default();
    writer.text("");
    let about = &dataset.about;
    for text in [&about.noun.one, &about.noun.many, &about.found_by] {
        writer.put_text(Section::About, text);
    }
    writer.put(Section::About, dataset.first_day().days());
    writer.put(Section::About, dataset.last_day().days());
    writer.put_text(Section::About, &about.title);
    let updated = about.updated.as_ref().map(toml::Spanned::get_ref);
    let updated = updated.and_then(|it| Date::parse(it)).unwrap_or_default();
    writer.put(Section::About, updated.days());
    writer.put_text(Section::About, &about.id);
    for finding in &about.finding {
        let texts = [finding.id.get_ref(), &finding.label];
        for text in texts
            .into_iter()
            .chain([finding.tone.get_ref(), finding.shape.get_ref()])
        {
            writer.put_text(Section::Findings, text);
        }
    }
    let mut first = 0;
    for facet in &about.facet {
        writer.put_text(Section::Facets, facet.id.get_ref());
        writer.put_text(Section::Facets, &facet.label);
        writer.put(Section::Facets, first);
        let n = u32::try_from(facet.values.len()).unwrap_or(0);
        writer.put(Section::Facets, n);
        first += n;
        for value in &facet.values {
            writer.put_text(Section::Values, value.id.get_ref());
            writer.put_text(Section::Values, &value.label);
        }
    }
    for snapshot in &about.snapshot {
        writer.put_text(Section::Snapshots, snapshot.id.get_ref());
        writer.put_text(Section::Snapshots, &snapshot.label);
        writer.put(Section::Snapshots, dataset.snapshot_day(snapshot).days());
    }

    if let Some(outline) = map(dataset) {
        writer.put(Section::Map, outline.width);
        writer.put(Section::Map, outline.height);
    }
    for kind in &about.event_kind {
        writer.put_text(Section::Kinds, kind.id.get_ref());
        writer.put_text(Section::Kinds, &kind.label);
    }
    let subjects = by_name(dataset);
    for subject in &subjects {
        writer.subject(dataset, subject);
    }
    writer.columns(dataset, &subjects);
    writer.index(dataset, &subjects);
    writer.finish()
}

/// The second pack of a dataset: what only a timeline or a map shows.
pub fn pack_more(dataset: &Dataset) -> Vec<u8> {
    let mut writer = Writer::default();
    writer.text("");
    let subjects = by_name(dataset);
    let own = subjects.iter().enumerate().flat_map(|(number, subject)| {
        let number = Some(number);
        subject.event.iter().map(move |it| (number, it))
    });
    let national = dataset.timeline.iter().map(|it| (None, it));
    let mut happenings: Vec<(Option<usize>, &Event)> = national.chain(own).collect();
    happenings.sort_by_key(|it| it.1.date.get_ref().last_day());
    for (subject, event) in happenings {
        writer.happening(dataset, subject, event);
    }
    if let Some(outline) = map(dataset) {
        for area in outline.areas {
            writer.put_text(Section::Areas, &area.name);
            writer.put_text(Section::Areas, &area.path);
        }
        for place in places(dataset, APART) {
            let (across, down) = place.unwrap_or_default();
            writer.put(Section::Places, across);
            writer.put(Section::Places, down);
        }
    }
    writer.finish()
}

/// How far apart marks on the map are at least, in units of its frame: where the map is 900 pixels
/// wide, a target of 24 (WCAG 2.2, 2.5.8).
const APART: u32 = 52;

/// The map that a dataset names; [`super::check`] has read it already.
fn map(dataset: &Dataset) -> Option<Outline> {
    named(dataset.about.map.as_ref()?.get_ref())?.ok()
}

/// The subjects in the order of their names, as a search sees names.
pub fn by_name(dataset: &Dataset) -> Vec<&Subject> {
    let folded = |it: &Subject| -> Vec<String> {
        words(it.name.get_ref())
            .into_iter()
            .map(|it| it.folded)
            .collect()
    };
    let mut subjects: Vec<&Subject> = dataset.subjects.iter().collect();
    subjects.sort_by_cached_key(|it| (folded(it), it.id.clone()));
    subjects
}

/// A subject's events in the order of the days on which they had surely happened.
pub fn by_day(subject: &Subject) -> Vec<&Event> {
    let mut events: Vec<&Event> = subject.event.iter().collect();
    events.sort_by_key(|it| it.date.get_ref().last_day());
    events
}

/// What a card says of a subject under its name: its first facet's labels and its place, or the
/// place alone where it is the subject itself.
pub fn place(dataset: &Dataset, subject: &Subject) -> String {
    let Some(facet) = dataset.about.facet.first() else {
        return subject.place.clone();
    };
    let labels: Vec<&str> = subject
        .values(facet.id.get_ref())
        .iter()
        .filter_map(|id| facet.values.iter().find(|it| it.id.get_ref() == id))
        .map(|it| it.label.as_str())
        .collect();
    let mut what = labels.join(" and ");
    if labels.len() > 1 {
        what = what.replace(" and C", " and c");
    }
    if subject.place == *subject.name.get_ref() {
        what
    } else {
        format!("{what} · {}", subject.place)
    }
}

/// The figures of money that a card shows: all that are reported, never silently one of them.
fn money(subject: &Subject) -> String {
    let amounts: Vec<&str> = subject
        .money
        .iter()
        .filter(|it| it.on_card)
        .map(|it| it.amount.as_str())
        .collect();
    match amounts.as_slice() {
        [_, _, ..] => format!("{}; sources differ", amounts.join("; ")),
        _ => amounts.concat(),
    }
}

/// A citation in words: who published it, and when where that is known.
pub fn cited(dataset: &Dataset, citation: &Citation) -> String {
    let Some(source) = dataset.source(citation.source.get_ref()) else {
        return String::new();
    };
    // A copy is cited as its document; where the copy is, the source list tells.
    let publisher = source.publisher.split(" (").next().unwrap_or("");
    match &source.date {
        Some(date) => format!("{publisher}, {}", date.get_ref().long()),
        None => publisher.to_owned(),
    }
}

/// The place on the scale of the finding that an event sets.
fn rank(dataset: &Dataset, event: &Event) -> Option<usize> {
    let id = event.finding.as_ref()?.get_ref();
    let findings = &dataset.about.finding;
    findings.iter().position(|it| it.id.get_ref() == id)
}

/// What marks an event that was corrected; its history has the link to what it said.
fn corrected(dataset: &Dataset, event: &Event) -> &'static str {
    let id = event.id.get_ref();
    if dataset.corrections.iter().any(|it| it.is_of_event(id)) {
        " (corrected)"
    } else {
        ""
    }
}

/// The citation to show where there is room for one: the author's first whose source needs no
/// caution.
fn best<'a>(dataset: &Dataset, citations: &'a [Citation]) -> Option<&'a Citation> {
    citations.iter().min_by_key(|it| {
        let source = dataset.source(it.source.get_ref());
        source.is_none_or(|it| it.caution.is_some())
    })
}

#[derive(Default)]
struct Writer {
    sections: [Vec<u8>; N_SECTIONS],
    texts: HashMap<String, u32>,
    n_steps: u32,
    n_events: u32,
}

impl Writer {
    fn section(&mut self, section: Section) -> &mut Vec<u8> {
        // `Section` has no variant past `N_SECTIONS`.
        #[allow(clippy::indexing_slicing, reason = "see above")]
        &mut self.sections[section as usize]
    }

    fn put(&mut self, section: Section, number: u32) {
        self.section(section).extend(number.to_le_bytes());
    }

    fn put_len(&mut self, section: Section, length: usize) {
        self.put(section, u32::try_from(length).unwrap_or(u32::MAX));
    }

    fn put_text(&mut self, section: Section, text: &str) {
        let number = self.text(text);
        self.put(section, number);
    }

    fn text(&mut self, text: &str) -> u32 {
        if let Some(number) = self.texts.get(text) {
            return *number;
        }
        let number = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        let start = self.section(Section::Bytes).len();
        self.put_len(Section::Strings, start);
        self.put_len(Section::Strings, text.len());
        self.section(Section::Bytes).extend(text.bytes());
        self.texts.insert(text.to_owned(), number);
        number
    }

    fn subject(&mut self, dataset: &Dataset, subject: &Subject) {
        let events = by_day(subject);
        let mut steps: Vec<&Event> = Vec::new();
        for event in events.iter().filter(|it| it.finding.is_some()) {
            // Of two on one day the later stands, and only what stood on some day is a step.
            let day = event.date.get_ref().last_day();
            steps.pop_if(|it| it.date.get_ref().last_day() == day);
            steps.push(event);
        }
        self.put_text(Section::Subjects, &subject.id);
        self.put_text(Section::Subjects, subject.name.get_ref());
        self.put_text(Section::Subjects, &place(dataset, subject));
        self.put_text(Section::Subjects, &money(subject));
        self.put_len(Section::Subjects, subject.n_sources());
        self.put(Section::Subjects, self.n_steps);
        self.put_len(Section::Subjects, steps.len());
        self.put(Section::Subjects, self.n_events);
        self.put_len(Section::Subjects, events.len());
        for event in &events {
            // One known by its month or year may end after the record does.
            let day = event.date.get_ref().last_day().min(dataset.last_day());
            self.put(Section::Events, day.days());
            self.n_events += 1;
        }
        for step in steps {
            self.step(dataset, step);
            self.n_steps += 1;
        }
    }

    fn step(&mut self, dataset: &Dataset, event: &Event) {
        self.put(Section::Steps, event.date.get_ref().last_day().days());
        let rank = rank(dataset, event);
        self.put_len(Section::Steps, rank.unwrap_or(0));
        let kind = [dataset.kind(event), corrected(dataset, event)].concat();
        self.put_text(Section::Steps, &kind);
        self.put_text(Section::Steps, &event.summary);
        self.put_citation(dataset, Section::Steps, best(dataset, event.cite.get_ref()));
        let qualification = event.qualification.as_ref();
        self.put_text(Section::Steps, qualification.map_or("", |it| &it.text));
        self.put_citation(dataset, Section::Steps, qualification.map(|it| &it.cite));
        self.put_text(Section::Steps, event.to.as_deref().unwrap_or(""));
        let day = event
            .reply_by
            .as_ref()
            .and_then(|it| Date::parse(it.get_ref()));
        self.put(Section::Steps, day.unwrap_or_default().days());
    }

    fn happening(&mut self, dataset: &Dataset, subject: Option<usize>, event: &Event) {
        let about = &dataset.about;
        let to = Section::Happenings;
        let date = event.date.get_ref();
        self.put_len(to, subject.map_or(0, |it| it + 1));
        self.put(to, date.last_day().min(dataset.last_day()).days());
        self.put_text(to, &[&date.long(), corrected(dataset, event)].concat());
        let kind = about
            .event_kind
            .iter()
            .position(|it| it.id.get_ref() == event.kind.get_ref());
        self.put_len(to, kind.unwrap_or(0));
        let rank = rank(dataset, event);
        self.put_len(to, rank.map_or(0, |it| it + 1));
        self.put_text(to, event.id.get_ref());
        self.put_text(to, &event.summary);
        self.put_citation(dataset, to, best(dataset, event.cite.get_ref()));
    }

    fn put_citation(&mut self, dataset: &Dataset, to: Section, citation: Option<&Citation>) {
        let words = citation.map_or(String::new(), |it| cited(dataset, it));
        let link = citation.map_or(String::new(), |it| dataset.link(it));
        self.put_text(to, &words);
        self.put_text(to, &link);
    }

    fn columns(&mut self, dataset: &Dataset, subjects: &[&Subject]) {
        let mut known: BTreeMap<Vec<usize>, u8> = BTreeMap::new();
        let mut n_members = 0;
        for facet in &dataset.about.facet {
            for subject in subjects {
                let has = subject.values(facet.id.get_ref());
                let values: Vec<usize> = (0..facet.values.len())
                    .filter(|it| {
                        facet
                            .values
                            .get(*it)
                            .is_some_and(|it| has.contains(&it.id.get_ref().as_str()))
                    })
                    .collect();
                let next = u8::try_from(known.len()).unwrap_or(u8::MAX);
                let number = *known.entry(values.clone()).or_insert(next);
                if number == next {
                    self.put(Section::Combinations, n_members);
                    self.put_len(Section::Combinations, values.len());
                    for value in values {
                        self.put_len(Section::Members, value);
                        n_members += 1;
                    }
                }
                self.section(Section::Columns).push(number);
            }
        }
    }

    fn index(&mut self, dataset: &Dataset, subjects: &[&Subject]) {
        let mut index: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for (number, subject) in subjects.iter().enumerate() {
            for text in searched(dataset, subject) {
                for word in words(&text) {
                    index.entry(word.folded).or_default().insert(number);
                }
            }
        }
        let out = self.section(Section::Index);
        let mut last = String::new();
        for (word, subjects) in index {
            let word: String = word.chars().take(60).collect();
            let mut shared = word
                .bytes()
                .zip(last.bytes())
                .take_while(|(a, b)| a == b)
                .count();
            while !word.is_char_boundary(shared) {
                shared -= 1;
            }
            let further = word.get(shared..).unwrap_or("");
            out.push(u8::try_from(shared).unwrap_or(0));
            out.push(u8::try_from(further.len()).unwrap_or(0));
            out.extend(further.bytes());
            leb128(out, subjects.len());
            let mut before = 0;
            for subject in subjects {
                leb128(out, subject - before);
                before = subject;
            }
            last = word;
        }
    }

    fn finish(self) -> Vec<u8> {
        let mut block = MAGIC.to_le_bytes().to_vec();
        let mut end = (1 + N_SECTIONS) * 4;
        for section in &self.sections {
            end += section.len();
            block.extend(u32::try_from(end).unwrap_or(u32::MAX).to_le_bytes());
        }
        block.extend(self.sections.into_iter().flatten());
        block
    }
}

/// The texts of a subject that a search looks at: those that its card and its history show.
pub fn searched(dataset: &Dataset, subject: &Subject) -> Vec<String> {
    let mut texts = vec![
        subject.name.get_ref().clone(),
        place(dataset, subject),
        money(subject),
    ];
    let mut add = |text: Option<&String>| texts.extend(text.cloned());
    add(subject.full_name.as_ref());
    add(subject.note.as_ref());
    subject.policies.iter().for_each(|it| add(Some(it)));
    for event in &subject.event {
        add(Some(&event.summary));
        add(event.to.as_ref());
        add(event.note.as_ref());
        add(event.confidence.as_ref());
        add(event.qualification.as_ref().map(|it| &it.text));
        if let Some(quote) = &event.quote {
            add(Some(&quote.get_ref().text));
            add(Some(&quote.get_ref().speaker));
        }
    }
    texts
}

fn leb128(out: &mut Vec<u8>, number: usize) {
    let mut number = number;
    while number >= 0x80 {
        out.push(u8::try_from(number & 0x7f).unwrap_or(0) | 0x80);
        number >>= 7;
    }
    out.push(u8::try_from(number).unwrap_or(0));
}
