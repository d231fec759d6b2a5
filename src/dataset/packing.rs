//! A dataset, written as the blocks of bytes that [`super::pack`] reads.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::date::Date;
use super::index::Index;
use super::indexing::{self, Folding, Sections};
use super::language::Word;
use super::model::{Citation, Dataset, Event, Facet, Source, Subject};
use super::outline::{Outline, named, places};
use super::pack::{
    CHECKSUM, HEAD, Has, Holds, MAGIC, MONEY, N_SECTIONS, ROWS, Section, checksum, place_of_id,
};
use super::telling::{by_day, cited_as, money, place, rank_of, searched, steps, what_and_where};
use super::wording::live;

/// The first pack of a dataset, as files.
#[derive(Clone, Debug)]
pub struct Packed {
    /// The block that a page opens.
    pub pack: Vec<u8>,
    /// The parts of a split one, by their numbers; none where it is whole.
    pub parts: Vec<Vec<u8>>,
    /// The same in one block, of a split one: for where nothing can be fetched.
    pub whole: Option<Vec<u8>>,
}

/// A pack of more bytes than this is split: see docs/decisions/0012-any-size.md.
pub const WHOLE: usize = 1 << 16;

/// The least number of ids that make one part, of 12 bytes each.
const IDS: usize = 2048;

/// The least number of bytes of the index's lists that make one part.
const LISTS: usize = 1 << 15;

/// Packs a dataset that [`super::check`] found nothing wrong with: the first of its two packs, which
/// has all that cards and searches need. A large one is split.
pub fn packed(dataset: &Dataset) -> Packed {
    let of = Content::new(dataset);
    let whole = of.whole();
    if whole.len() > WHOLE {
        Packed {
            whole: Some(whole),
            ..of.split()
        }
    } else {
        Packed {
            pack: whole,
            parts: Vec::new(),
            whole: None,
        }
    }
}

/// The whole first pack of a dataset, however large.
pub fn pack(dataset: &Dataset) -> Vec<u8> {
    Content::new(dataset).whole()
}

/// The first pack of a dataset, split, without the whole of it.
pub fn split(dataset: &Dataset) -> Packed {
    Content::new(dataset).split()
}

/// What the first pack is written from.
struct Content<'a> {
    known: Known<'a>,
    subjects: Vec<&'a Subject>,
    facets: Vec<Column<'a>>,
    index: Sections,
}

impl<'a> Content<'a> {
    fn new(dataset: &'a Dataset) -> Self {
        let subjects = dataset.by_name();
        Self {
            known: Known::new(dataset),
            facets: facets(dataset, &subjects),
            index: index_of(dataset, &subjects),
            subjects,
        }
    }

    fn whole(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        writer.about(&self.known, &self.subjects);
        writer.facets(&self.facets);
        writer.columns(&self.facets);
        writer.courses(&self.known, &self.subjects);
        writer.subjects(&self.known, &self.subjects);
        writer.index(&self.index);
        writer.finish()
    }

    fn split(self) -> Packed {
        let Self {
            known,
            subjects,
            facets,
            mut index,
        } = self;
        let n = subjects.len();
        let mut parts: Vec<(Holds, usize, usize, Vec<u8>)> = Vec::new();

        let mut columns = Writer::default();
        columns.columns(&facets);
        columns.courses(&known, &subjects);
        parts.push((Holds::Columns, 0, n, columns.finish()));

        let lists = std::mem::take(&mut index.postings);
        let folds = std::mem::take(&mut index.folds);
        let mut words = Writer::default();
        words.index(&index);
        parts.push((Holds::Words, 0, n, words.finish()));

        for (number, run) in subjects.chunks(ROWS).enumerate() {
            let mut rows = Writer::default();
            rows.courses(&known, run);
            rows.subjects(&known, run);
            parts.push((Holds::Rows, number * ROWS, run.len(), rows.finish()));
        }

        // Cut between words, so that each list is in one part.
        let index = Index {
            blocks: &index.blocks,
            words: &index.words,
            postings: &lists,
            folds: &folds,
        };
        let begin = index
            .beginning("")
            .into_iter()
            .map(|it| it.named.bytes.start);
        let mut first = 0;
        for end in begin.chain([lists.len()]) {
            if end - first >= LISTS || (end == lists.len() && first < end) {
                let mut part = Writer::default();
                let bytes = lists.get(first..end).unwrap_or(&[]);
                part.section(Section::Postings).extend(bytes);
                parts.push((Holds::Lists, first, end - first, part.finish()));
                first = end;
            }
        }

        let mut ids: Vec<(u64, usize)> = subjects
            .iter()
            .map(|it| checksum(it.id.as_bytes()))
            .zip(0..)
            .collect();
        ids.sort_unstable();
        // Cut where the place of an id is another one.
        let place = |it: &(u64, usize)| place_of_id(it.0);
        let mut rest = ids.as_slice();
        let mut first = 0;
        while !rest.is_empty() {
            let last = rest.get(IDS - 1).map_or(usize::MAX, place);
            let (run, after) = rest.split_at(rest.partition_point(|it| place(it) <= last));
            let end = after.first().map_or(1 << 24, place);
            let mut part = Writer::default();
            for (sum, row) in run {
                part.section(Section::Ids)
                    .extend(sum.rotate_left(32).to_le_bytes());
                part.put_len(Section::Ids, *row);
            }
            parts.push((Holds::Ids, first, end - first, part.finish()));
            (first, rest) = (end, after);
        }

        let mut head = Writer::default();
        head.about(&known, &subjects);
        for (holds, first, n, part) in &parts {
            head.put(Section::Parts, *holds as u32);
            head.put_len(Section::Parts, *first);
            head.put_len(Section::Parts, *n);
            let sum = part.get(CHECKSUM).unwrap_or(&[]).to_vec();
            head.section(Section::Parts).extend(sum);
            head.put_len(Section::Parts, part.len());
        }
        // Which values there are, but not who has them.
        head.facets(&facets);
        // Values are looked for by their words before any part has come.
        head.section(Section::Folds).extend(&folds);
        Packed {
            pack: head.finish(),
            parts: parts.into_iter().map(|it| it.3).collect(),
            whole: None,
        }
    }
}

/// A facet with what its subjects have.
struct Column<'a> {
    facet: &'a Facet,
    /// The number of subjects with each value.
    totals: Vec<usize>,
    /// The combinations of values that some subject has, and the number of subjects with each.
    combinations: Vec<(Vec<usize>, usize)>,
    /// Each subject's combination.
    rows: Vec<usize>,
}

impl Column<'_> {
    /// The number of bytes that each subject takes.
    fn width(&self) -> usize {
        match self.combinations.len() {
            0..=0x100 => 1,
            0x101..=0x1_0000 => 2,
            _ => 4,
        }
    }
}

/// The facets of a dataset, with what its subjects have.
fn facets<'a>(dataset: &'a Dataset, subjects: &[&Subject]) -> Vec<Column<'a>> {
    let column = |facet: &'a Facet| {
        let ids = facet.values.iter().map(|it| it.id.get_ref().as_str());
        let places: HashMap<&str, usize> = ids.zip(0..).collect();
        let mut totals = vec![0; facet.values.len()];
        let mut known: BTreeMap<Vec<usize>, (usize, usize)> = BTreeMap::new();
        let mut rows = Vec::with_capacity(subjects.len());
        for subject in subjects {
            let has = subject.values(facet.id.get_ref());
            let has = has.iter().filter_map(|it| places.get(it).copied());
            let mut has: Vec<usize> = has.collect();
            has.sort_unstable();
            has.dedup();
            for value in &has {
                if let Some(total) = totals.get_mut(*value) {
                    *total += 1;
                }
            }
            let next = known.len();
            let known = known.entry(has).or_insert((next, 0));
            known.1 += 1;
            rows.push(known.0);
        }
        let mut known: Vec<_> = known.into_iter().collect();
        known.sort_by_key(|it| it.1.0);
        Column {
            facet,
            totals,
            combinations: known.into_iter().map(|it| (it.0, it.1.1)).collect(),
            rows,
        }
    };
    dataset.about.facet.iter().map(column).collect()
}

fn index_of(dataset: &Dataset, subjects: &[&Subject]) -> Sections {
    indexing::index(subjects.iter().map(|it| {
        let name = std::iter::once(it.name.get_ref().as_str());
        let names = name.chain(it.full_name.as_deref()).collect();
        (names, searched(dataset, it))
    }))
}

/// What is looked up often, by its id.
struct Known<'a> {
    dataset: &'a Dataset,
    sources: HashMap<&'a str, &'a Source>,
    corrected: BTreeSet<&'a str>,
    has_money: bool,
    last_day: Date,
    /// What cards say under names, each with its place in the order of them.
    places: HashMap<String, usize>,
}

impl<'a> Known<'a> {
    fn new(dataset: &'a Dataset) -> Self {
        let sources = dataset.sources.iter();
        let corrected = dataset.corrections.iter();
        // In the order in which names are, too.
        let folding = Folding::default();
        let places = dataset.subjects.iter().map(|it| place(dataset, it));
        let places: BTreeSet<String> = places.collect();
        let mut places = Vec::from_iter(places);
        places.sort_by_cached_key(|it| folding.words(it));
        Self {
            dataset,
            sources: sources.map(|it| (it.id.get_ref().as_str(), it)).collect(),
            corrected: corrected
                .filter_map(|it| it.event.as_ref())
                .map(|it| it.get_ref().as_str())
                .collect(),
            last_day: dataset.last_day(),
            places: places.into_iter().zip(0..).collect(),
            has_money: dataset
                .subjects
                .iter()
                .any(|it| !money(dataset, it).is_empty()),
        }
    }

    /// The id and the label of each further fact, and whether cards have it: first the money, where
    /// cards tell of any.
    fn fields(&self) -> impl Iterator<Item = (&'a str, &'a str, bool)> {
        let about = &self.dataset.about;
        let label = about
            .money_label
            .as_deref()
            .unwrap_or(self.dataset.own_words().text(Word::Money));
        let money = self.has_money.then_some((MONEY, label, true));
        let others = about.field.iter();
        money
            .into_iter()
            .chain(others.map(|it| (it.id.get_ref().as_str(), it.label.as_str(), it.on_card)))
    }

    /// What marks an event that was corrected; its history has the link to what it said.
    fn corrected(&self, event: &Event) -> &'static str {
        if self.corrected.contains(event.id.get_ref().as_str()) {
            self.dataset.words().text(Word::Corrected)
        } else {
            ""
        }
    }

    /// The citation to show where there is room for one: the author's first whose source needs no
    /// caution.
    fn best<'b>(&self, citations: &'b [Citation]) -> Option<&'b Citation> {
        citations.iter().min_by_key(|it| {
            let source = self.sources.get(it.source.get_ref().as_str());
            source.is_none_or(|it| it.caution.is_some())
        })
    }
}

/// The first day that a page can be asked for: a snapshot may be of before anything happened.
fn first_day(dataset: &Dataset) -> Date {
    let snapshots = dataset.about.snapshot.iter();
    let days = snapshots.map(|it| dataset.snapshot_day(it));
    days.fold(dataset.first_day(), Date::min)
}

/// The second pack of a dataset: what only a timeline or a map shows.
pub fn pack_more(dataset: &Dataset) -> Vec<u8> {
    let known = Known::new(dataset);
    let mut writer = Writer::default();
    let subjects = dataset.by_name();
    let own = subjects.iter().enumerate().flat_map(|(number, subject)| {
        let number = Some(number);
        subject.event.iter().map(move |it| (number, it))
    });
    let national = dataset.timeline.iter().map(|it| (None, it));
    // What has no date has no place on a timeline.
    let dated = national
        .chain(own)
        .filter(|it| !it.1.date.get_ref().is_unsaid());
    let mut happenings: Vec<(Option<usize>, &Event)> = dated.collect();
    happenings.sort_by_key(|it| it.1.date.get_ref().last_day());
    for (subject, event) in happenings {
        writer.happening(&known, subject, event);
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

struct Writer {
    sections: [Vec<u8>; N_SECTIONS],
    texts: HashMap<String, u32>,
}

/// Begins with the empty text, which is number 0.
impl Default for Writer {
    fn default() -> Self {
        let mut writer = Self {
            sections: Default::default(),
            texts: HashMap::new(),
        };
        writer.text("");
        writer
    }
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

    fn about(&mut self, known: &Known, subjects: &[&Subject]) {
        let dataset = known.dataset;
        let about = &dataset.about;
        for text in [&about.noun.one, &about.noun.many, &about.found_by] {
            self.put_text(Section::About, text);
        }
        self.put(
            Section::About,
            first_day(dataset).min(known.last_day).days(),
        );
        self.put(Section::About, known.last_day.days());
        self.put_text(Section::About, &about.title);
        let updated = about.updated.as_ref().map(toml::Spanned::get_ref);
        let updated = updated.and_then(|it| Date::parse(it)).unwrap_or_default();
        self.put(Section::About, updated.days());
        self.put_text(Section::About, &about.id);
        self.put_len(Section::About, subjects.len());
        let has = [
            (
                Has::Places,
                subjects.iter().any(|it| !place(dataset, it).is_empty()),
            ),
            (Has::Events, known.last_day != Date::default()),
            (Has::Sources, subjects.iter().any(|it| it.n_sources() > 0)),
        ];
        let has = has.into_iter().filter(|it| it.1).map(|it| it.0 as u32);
        self.put(Section::About, has.sum());
        self.put_text(Section::About, &about.noun.packed());
        let (lang, dir) = dataset.own_language();
        self.put_text(Section::About, lang.unwrap_or(""));
        self.put_text(Section::About, dir.unwrap_or(""));
        self.put_text(Section::About, &about.publisher);
        let words = [(Word::KindAndPlace, what_and_where(dataset))];
        self.section(Section::Language)
            .extend(live(dataset.words(), &words));
        for finding in &about.finding {
            self.put_text(Section::Findings, finding.id.get_ref());
            self.put_text(Section::Findings, &finding.label);
            self.put_text(Section::Findings, finding.tone.get_ref());
            self.put_text(Section::Findings, finding.shape.get_ref());
        }
        for snapshot in &about.snapshot {
            self.put_text(Section::Snapshots, snapshot.id.get_ref());
            self.put_text(Section::Snapshots, &snapshot.label);
            self.put(Section::Snapshots, dataset.snapshot_day(snapshot).days());
        }
        if let Some(outline) = map(dataset) {
            self.put(Section::Map, outline.width);
            self.put(Section::Map, outline.height);
        }
        for kind in &about.event_kind {
            self.put_text(Section::Kinds, kind.id.get_ref());
            self.put_text(Section::Kinds, &kind.label);
        }
        for (id, label, is_on_card) in known.fields() {
            self.put_text(Section::Fields, id);
            self.put_text(Section::Fields, label);
            self.put(Section::Fields, is_on_card.into());
        }
    }

    /// The facets with their values.
    fn facets(&mut self, facets: &[Column]) {
        let (mut value, mut column, mut combination) = (0, 0, 0);
        for it in facets {
            self.put_text(Section::Facets, it.facet.id.get_ref());
            self.put_text(Section::Facets, &it.facet.label);
            for number in [
                value,
                it.facet.values.len(),
                column,
                it.width(),
                combination,
                it.combinations.len(),
            ] {
                self.put_len(Section::Facets, number);
            }
            value += it.facet.values.len();
            column += it.rows.len() * it.width();
            combination += it.combinations.len();
            for (value, total) in it.facet.values.iter().zip(&it.totals) {
                self.put_text(Section::Values, value.id.get_ref());
                self.put_text(Section::Values, &value.label);
                self.put(Section::Values, value.is_part.into());
                self.put_len(Section::Values, *total);
            }
        }
    }

    /// Which values each subject has.
    fn columns(&mut self, facets: &[Column]) {
        let mut n_members = 0;
        for it in facets {
            for (values, total) in &it.combinations {
                self.put_len(Section::Combinations, n_members);
                self.put_len(Section::Combinations, values.len());
                self.put_len(Section::Combinations, *total);
                n_members += values.len();
                for value in values {
                    self.put_len(Section::Members, *value);
                }
            }
            for number in &it.rows {
                let bytes = number.to_le_bytes();
                self.section(Section::Columns)
                    .extend(bytes.iter().take(it.width()));
            }
        }
    }

    /// What happened to each subject when, and what orders go by.
    fn courses(&mut self, known: &Known, subjects: &[&Subject]) {
        let dataset = known.dataset;
        let (mut n_steps, mut n_events) = (0, 0);
        for subject in subjects {
            let rank = known.places.get(&place(dataset, subject));
            self.put_len(Section::Course, n_steps);
            self.put_len(Section::Course, n_events);
            self.put_len(Section::Course, rank.copied().unwrap_or(0));
            self.put_len(Section::Course, subject.n_sources());
            // What has no date is no event.
            let dated = by_day(subject).into_iter();
            for event in dated.filter(|it| !it.date.get_ref().is_unsaid()) {
                // One known by its month or year may end after the record does.
                let when = event.date.get_ref().when(known.last_day);
                self.put(Section::Events, when.number());
                n_events += 1;
            }
            for step in steps(dataset, subject) {
                let when = step.date.get_ref().when(known.last_day);
                self.put(Section::Steps, when.number());
                self.put_len(Section::Steps, rank_of(dataset, step).unwrap_or(0));
                n_steps += 1;
            }
        }
        for end in [n_steps, n_events, 0, 0] {
            self.put_len(Section::Course, end);
        }
    }

    /// The texts of subjects.
    fn subjects(&mut self, known: &Known, subjects: &[&Subject]) {
        for subject in subjects {
            self.subject(known, subject);
        }
    }

    fn subject(&mut self, known: &Known, subject: &Subject) {
        let dataset = known.dataset;
        self.put_text(Section::Subjects, &subject.id);
        self.put_text(Section::Subjects, subject.name.get_ref());
        self.put_text(Section::Subjects, &place(dataset, subject));
        if known.has_money {
            self.put_text(Section::Subjects, &money(dataset, subject));
        }
        for field in &dataset.about.field {
            let fields = subject.fields.iter();
            let said = fields.filter(|it| it.0.get_ref() == field.id.get_ref());
            let said = said.map(|it| it.1.get_ref().as_str()).next();
            self.put_text(Section::Subjects, said.unwrap_or(""));
        }
        for step in steps(dataset, subject) {
            self.step(known, step);
        }
    }

    fn step(&mut self, known: &Known, event: &Event) {
        let to = Section::Said;
        let kind = match (known.dataset.kind(event), known.corrected(event)) {
            // A row of a table has none, and its date is called so; see `view/said.rs`.
            ("", it) if !it.is_empty() => [known.dataset.words().text(Word::Date), it].concat(),
            (kind, corrected) => [kind, corrected].concat(),
        };
        self.put_text(to, &kind);
        self.put_text(to, &event.summary);
        self.put_citation(known, to, known.best(event.cite.get_ref()));
        let qualification = event.qualification.as_ref();
        self.put_text(to, qualification.map_or("", |it| &it.text));
        self.put_citation(known, to, qualification.map(|it| &it.cite));
        self.put_text(to, event.to.as_deref().unwrap_or(""));
        let day = event
            .reply_by
            .as_ref()
            .and_then(|it| Date::parse(it.get_ref()));
        self.put(to, day.unwrap_or_default().days());
    }

    fn happening(&mut self, known: &Known, subject: Option<usize>, event: &Event) {
        let dataset = known.dataset;
        let about = &dataset.about;
        let to = Section::Happenings;
        let date = event.date.get_ref();
        self.put_len(to, subject.map_or(0, |it| it + 1));
        self.put(to, date.last_day().min(known.last_day).days());
        self.put_text(
            to,
            &[&date.long(dataset.words()), known.corrected(event)].concat(),
        );
        let kind = about
            .event_kind
            .iter()
            .position(|it| it.id.get_ref() == event.kind.get_ref());
        // A table's row is of none.
        self.put_len(to, kind.unwrap_or(about.event_kind.len()));
        let rank = rank_of(dataset, event);
        self.put_len(to, rank.map_or(0, |it| it + 1));
        self.put_text(to, event.id.get_ref());
        self.put_text(to, &event.summary);
        self.put_citation(known, to, known.best(event.cite.get_ref()));
    }

    fn put_citation(&mut self, known: &Known, to: Section, citation: Option<&Citation>) {
        let cite = |it: &Citation| {
            let source = known.sources.get(it.source.get_ref().as_str())?;
            Some((cited_as(known.dataset.words(), source), source.link(it)))
        };
        let (words, link) = citation.and_then(cite).unwrap_or_default();
        self.put_text(to, &words);
        self.put_text(to, &link);
    }

    fn index(&mut self, index: &Sections) {
        self.section(Section::Blocks).extend(&index.blocks);
        self.section(Section::Words).extend(&index.words);
        self.section(Section::Postings).extend(&index.postings);
        self.section(Section::Folds).extend(&index.folds);
    }

    fn finish(self) -> Vec<u8> {
        block(&self.sections)
    }
}

/// A block with these sections.
fn block(sections: &[Vec<u8>; N_SECTIONS]) -> Vec<u8> {
    let mut content = Vec::new();
    let mut end = HEAD;
    for section in sections {
        end += section.len();
        content.extend(u32::try_from(end).unwrap_or(u32::MAX).to_le_bytes());
    }
    for section in sections {
        content.extend(section);
    }
    let mut block = MAGIC.to_le_bytes().to_vec();
    block.extend(checksum(&content).to_le_bytes());
    debug_assert_eq!(block.len(), CHECKSUM.end);
    block.extend(content);
    block
}
