//! A dataset as one block of bytes that is read in place.
//!
//! Layout, all numbers little-endian u32: the magic number, then the end offset of each section of
//! [`Section`] in order, then the sections. A table section is rows of u32 fields; text is a number
//! into the string table, whose number 0 is the empty text. Facets are one byte a subject: the
//! number of a *combination* of values, since a subject may have several values of one facet.
//! Subjects are in the order of their names, so that a subject's number is also its place in that
//! order. `packing.rs` writes what this file reads.
//!
//! A dataset makes two packs of this layout. The first has all that cards and searches need. The
//! second, which a page asks for when a reader first wants a timeline or a map, has the events, the
//! outlines and the places, and texts of its own.
//!
//! Nothing here panics: what lies outside the block reads as 0 or as empty text, and
//! [`Pack::open`] refuses a block that isn't a pack.

use super::date::Date;

/// `FXP1`.
pub const MAGIC: u32 = u32::from_le_bytes(*b"FXP1");

/// The sections, in the order of the block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// [`about`] fields, one row.
    About,
    /// id, label, tone, shape.
    Findings,
    /// id, label, first value, number of values.
    Facets,
    /// id, label.
    Values,
    /// id, label, day.
    Snapshots,
    /// id, name, place, money, number of sources, first step, number of steps, first event, number
    /// of events.
    Subjects,
    /// Each time a subject's finding is set: day, finding, kind of event, summary, citation, its
    /// address, qualification, its citation, its address, addressee, day of reply. By subject, then
    /// day.
    Steps,
    /// Last possible day of each event. By subject, then day.
    Events,
    /// One byte a subject, facet by facet: a row of `Combinations`.
    Columns,
    /// first member, number of members.
    Combinations,
    /// A row of `Values`, counted within its facet.
    Members,
    /// start and length of each text in `Bytes`.
    Strings,
    /// UTF-8.
    Bytes,
    /// The index: for each word, in order, one byte of letters shared with the word before, one of
    /// further letters and those letters, the number of subjects that have the word and each one's
    /// distance from the one before, the numbers as LEB128.
    Index,
    /// Kinds of event: id, label.
    Kinds,
    /// Every event of the subjects and of the timeline: subject and 1 (0 where it is national), day on which it had
    /// surely happened, date in words, kind, finding and 1 (0 where it sets none), id, summary,
    /// citation, its address. By day.
    Happenings,
    /// What the map shows: width and height of its frame, one row.
    Map,
    /// The outlines on the map: name, path as in SVG.
    Areas,
    /// Where each subject is on the map, in its frame: across and down.
    Places,
}

/// The number of sections.
pub const N_SECTIONS: usize = Section::Places as usize + 1;

/// Fields of the section `About`.
pub mod about {
    /// What one subject is called.
    pub const NOUN: usize = 0;
    /// What several subjects are called.
    pub const NOUNS: usize = 1;
    /// Who made the findings.
    pub const FOUND_BY: usize = 2;
    /// First day of any event.
    pub const FIRST_DAY: usize = 3;
    /// Last day of any event.
    pub const LAST_DAY: usize = 4;
    /// The dataset's title.
    pub const TITLE: usize = 5;
    /// The day of the last change to the data; 0 where it isn't said.
    pub const UPDATED: usize = 6;
    /// The dataset's id.
    pub const ID: usize = 7;
    /// The number of fields.
    pub const N: usize = 8;
}

const FINDING: usize = 4;
const FACET: usize = 4;
const VALUE: usize = 2;
const SNAPSHOT: usize = 3;
const SUBJECT: usize = 9;
const STEP: usize = 11;
const KIND: usize = 2;
const HAPPENING: usize = 9;
const AREA: usize = 2;

/// A block of bytes that holds a dataset.
#[derive(Clone, Copy, Debug)]
pub struct Pack {
    bytes: &'static [u8],
}

/// Two packs are the same if they are the same block.
impl PartialEq for Pack {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.bytes, other.bytes)
    }
}

impl Pack {
    /// Takes a block of bytes for a pack; `None` where it isn't one, or breaks off.
    pub fn open(bytes: &'static [u8]) -> Option<Self> {
        let pack = Self { bytes };
        let mut last = (1 + N_SECTIONS) * 4;
        for section in 0..N_SECTIONS {
            let end = pack.number((1 + section) * 4) as usize;
            if end < last {
                return None;
            }
            last = end;
        }
        (pack.number(0) == MAGIC && last == bytes.len()).then_some(pack)
    }

    /// The pack of the dataset that this crate was built with.
    pub fn embedded() -> Self {
        Self {
            bytes: super::EMBEDDED,
        }
    }

    fn number(self, at: usize) -> u32 {
        match self.bytes.get(at..at + 4) {
            Some(&[a, b, c, d]) => u32::from_le_bytes([a, b, c, d]),
            _ => 0,
        }
    }

    fn section(self, section: Section) -> &'static [u8] {
        let index = section as usize;
        let start = match index {
            0 => (1 + N_SECTIONS) * 4,
            _ => self.number(index * 4) as usize,
        };
        self.bytes
            .get(start..self.number((1 + index) * 4) as usize)
            .unwrap_or(&[])
    }

    fn field(self, section: Section, width: usize, row: usize, field: usize) -> u32 {
        let at = (row * width + field) * 4;
        match self.section(section).get(at..at + 4) {
            Some(&[a, b, c, d]) => u32::from_le_bytes([a, b, c, d]),
            _ => 0,
        }
    }

    fn rows(self, section: Section, width: usize) -> usize {
        self.section(section).len() / (width * 4)
    }

    fn text(self, section: Section, width: usize, row: usize, field: usize) -> &'static str {
        let number = self.field(section, width, row, field) as usize;
        let start = self.field(Section::Strings, 2, number, 0) as usize;
        let length = self.field(Section::Strings, 2, number, 1) as usize;
        let bytes = self
            .section(Section::Bytes)
            .get(start..start + length)
            .unwrap_or(&[]);
        std::str::from_utf8(bytes).unwrap_or("")
    }

    fn day(self, section: Section, width: usize, row: usize, field: usize) -> Date {
        Date::from_days(self.field(section, width, row, field))
    }

    /// What several subjects are called, as in “40 jurisdictions”.
    pub fn nouns(self) -> &'static str {
        self.text(Section::About, about::N, 0, about::NOUNS)
    }

    /// What one subject is called.
    pub fn noun(self) -> &'static str {
        self.text(Section::About, about::N, 0, about::NOUN)
    }

    /// Who made the findings.
    pub fn found_by(self) -> &'static str {
        self.text(Section::About, about::N, 0, about::FOUND_BY)
    }

    /// The dataset's title.
    pub fn title(self) -> &'static str {
        self.text(Section::About, about::N, 0, about::TITLE)
    }

    /// The dataset's id.
    pub fn id(self) -> &'static str {
        self.text(Section::About, about::N, 0, about::ID)
    }

    /// The day of the last change to the data.
    pub fn updated(self) -> Option<Date> {
        let day = self.field(Section::About, about::N, 0, about::UPDATED);
        (day != 0).then_some(Date::from_days(day))
    }

    /// The kinds of event: the id and the label of each.
    pub fn kinds(self) -> impl ExactSizeIterator<Item = (&'static str, &'static str)> + Clone {
        (0..self.rows(Section::Kinds, KIND)).map(move |row| {
            let text = |field| self.text(Section::Kinds, KIND, row, field);
            (text(0), text(1))
        })
    }

    /// Every event, by day. The second pack has them.
    pub fn happenings(self) -> impl ExactSizeIterator<Item = Happening> + Clone {
        (0..self.rows(Section::Happenings, HAPPENING)).map(move |row| Happening { pack: self, row })
    }

    /// The width and the height of the map's frame; 0 where there is no map.
    pub fn frame(self) -> (u32, u32) {
        let field = |it| self.field(Section::Map, 2, 0, it);
        (field(0), field(1))
    }

    /// The name and the path of each outline on the map. The second pack has them.
    pub fn areas(self) -> impl ExactSizeIterator<Item = (&'static str, &'static str)> + Clone {
        (0..self.rows(Section::Areas, AREA)).map(move |row| {
            let text = |field| self.text(Section::Areas, AREA, row, field);
            (text(0), text(1))
        })
    }

    /// Where a subject is on the map: across and down. The second pack knows.
    pub fn place_of(self, subject: usize) -> (u32, u32) {
        let field = |it| self.field(Section::Places, 2, subject, it);
        (field(0), field(1))
    }

    /// The first day on which anything happened.
    pub fn first_day(self) -> Date {
        self.day(Section::About, about::N, 0, about::FIRST_DAY)
    }

    /// The last day on which anything happened.
    pub fn last_day(self) -> Date {
        self.day(Section::About, about::N, 0, about::LAST_DAY)
    }

    /// The findings, in the order of their scale.
    pub fn findings(self) -> impl ExactSizeIterator<Item = Finding> + Clone {
        (0..self.rows(Section::Findings, FINDING)).map(move |row| Finding { pack: self, row })
    }

    /// The facets, in the dataset's order.
    pub fn facets(self) -> impl ExactSizeIterator<Item = Facet> + Clone {
        (0..self.rows(Section::Facets, FACET)).map(move |row| Facet { pack: self, row })
    }

    /// The snapshots, in the dataset's order; the page opens at the first.
    pub fn snapshots(self) -> impl ExactSizeIterator<Item = Snapshot> + Clone {
        (0..self.rows(Section::Snapshots, SNAPSHOT)).map(move |row| Snapshot { pack: self, row })
    }

    /// The day the page opens at.
    pub fn default_day(self) -> Date {
        self.day(Section::Snapshots, SNAPSHOT, 0, 2)
    }

    /// The subjects, in the order of their names.
    pub fn subjects(self) -> impl ExactSizeIterator<Item = Subject> + Clone {
        (0..self.n_subjects()).map(move |row| Subject { pack: self, row })
    }

    /// The number of subjects.
    pub fn n_subjects(self) -> usize {
        self.rows(Section::Subjects, SUBJECT)
    }

    /// The subject with this number.
    pub fn subject(self, row: usize) -> Option<Subject> {
        (row < self.n_subjects()).then_some(Subject { pack: self, row })
    }

    /// The subject with this id.
    pub fn subject_with_id(self, id: &str) -> Option<Subject> {
        self.subjects().find(|it| it.id() == id)
    }

    /// Every day on which some subject's finding becomes another, in order, each once.
    pub fn step_days(self) -> Vec<Date> {
        let since = |it: Subject| it.steps().filter_map(move |step| it.since(step.day()));
        let mut days: Vec<Date> = self.subjects().flat_map(since).collect();
        days.sort_unstable();
        days.dedup();
        days
    }

    /// Goes through the index in order: each word with the numbers of the subjects that have it.
    pub fn each_word(self, mut see: impl FnMut(&str, &[usize])) {
        let mut rest = self.section(Section::Index).iter().copied();
        let mut word: Vec<u8> = Vec::new();
        let mut subjects = Vec::new();
        while let (Some(shared), Some(further)) = (rest.next(), rest.next()) {
            word.truncate(shared.into());
            word.extend(rest.by_ref().take(further.into()));
            subjects.clear();
            let mut subject = 0;
            for _ in 0..leb128(&mut rest) {
                subject += leb128(&mut rest) as usize;
                subjects.push(subject);
            }
            see(std::str::from_utf8(&word).unwrap_or(""), &subjects);
        }
    }
}

/// One number written as LEB128: seven bits a byte, the lowest first.
fn leb128(bytes: &mut impl Iterator<Item = u8>) -> u32 {
    let mut number = 0;
    let mut shift = 0;
    for byte in bytes {
        number |= u32::from(byte & 0x7f).checked_shl(shift).unwrap_or(0);
        shift += 7;
        if byte < 0x80 {
            break;
        }
    }
    number
}

/// One value of the findings scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Finding {
    pack: Pack,
    row: usize,
}

impl Finding {
    /// Its place in the scale, from 0.
    pub fn rank(self) -> usize {
        self.row
    }

    fn text(self, field: usize) -> &'static str {
        self.pack.text(Section::Findings, FINDING, self.row, field)
    }

    /// Its id.
    pub fn id(self) -> &'static str {
        self.text(0)
    }

    /// Its words on the page.
    pub fn label(self) -> &'static str {
        self.text(1)
    }

    /// Its tone in the page's palette.
    pub fn tone(self) -> &'static str {
        self.text(2)
    }

    /// The shape of its mark.
    pub fn shape(self) -> &'static str {
        self.text(3)
    }
}

/// A way to filter subjects.
#[derive(Clone, Copy, Debug)]
pub struct Facet {
    pack: Pack,
    row: usize,
}

impl Facet {
    /// Its number among the facets.
    pub fn row(self) -> usize {
        self.row
    }

    /// Its id.
    pub fn id(self) -> &'static str {
        self.pack.text(Section::Facets, FACET, self.row, 0)
    }

    /// Its words on the page.
    pub fn label(self) -> &'static str {
        self.pack.text(Section::Facets, FACET, self.row, 1)
    }

    /// The id and the label of each of its values, in order.
    pub fn values(self) -> impl ExactSizeIterator<Item = (&'static str, &'static str)> + Clone {
        let first = self.pack.field(Section::Facets, FACET, self.row, 2) as usize;
        let n = self.pack.field(Section::Facets, FACET, self.row, 3) as usize;
        (first..first + n).map(move |row| {
            let text = |field| self.pack.text(Section::Values, VALUE, row, field);
            (text(0), text(1))
        })
    }

    /// The values that a subject has, as places among [`Facet::values`].
    pub fn values_of(self, subject: usize) -> impl Iterator<Item = usize> + Clone {
        let at = self.row * self.pack.n_subjects() + subject;
        let row = self
            .pack
            .section(Section::Columns)
            .get(at)
            .copied()
            .unwrap_or(0)
            .into();
        let first = self.pack.field(Section::Combinations, 2, row, 0) as usize;
        let n = self.pack.field(Section::Combinations, 2, row, 1) as usize;
        (first..first + n).map(move |row| self.pack.field(Section::Members, 1, row, 0) as usize)
    }
}

/// A named date.
#[derive(Clone, Copy, Debug)]
pub struct Snapshot {
    pack: Pack,
    row: usize,
}

impl Snapshot {
    /// Its id.
    pub fn id(self) -> &'static str {
        self.pack.text(Section::Snapshots, SNAPSHOT, self.row, 0)
    }

    /// Its words on the page.
    pub fn label(self) -> &'static str {
        self.pack.text(Section::Snapshots, SNAPSHOT, self.row, 1)
    }

    /// Its day.
    pub fn day(self) -> Date {
        self.pack.day(Section::Snapshots, SNAPSHOT, self.row, 2)
    }
}

/// What one card is about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Subject {
    pack: Pack,
    row: usize,
}

impl Subject {
    /// Its number, which is also its place in the order of names.
    pub fn row(self) -> usize {
        self.row
    }

    fn text(self, field: usize) -> &'static str {
        self.pack.text(Section::Subjects, SUBJECT, self.row, field)
    }

    fn number(self, field: usize) -> usize {
        self.pack.field(Section::Subjects, SUBJECT, self.row, field) as usize
    }

    /// Its id.
    pub fn id(self) -> &'static str {
        self.text(0)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        self.text(1)
    }

    /// What it is and where, as in “City · Pennsylvania”.
    pub fn place(self) -> &'static str {
        self.text(2)
    }

    /// The figures of money to show on its card; empty where none is known.
    pub fn money(self) -> &'static str {
        self.text(3)
    }

    /// The number of different sources that support its facts.
    pub fn n_sources(self) -> usize {
        self.number(4)
    }

    /// Each time its finding was set, in order.
    pub fn steps(self) -> impl DoubleEndedIterator<Item = Step> + Clone {
        let first = self.number(5);
        (first..first + self.number(6)).map(move |row| Step {
            pack: self.pack,
            row,
        })
    }

    /// The step that sets its finding on a day: the latest on or before it.
    pub fn step_on(self, day: Date) -> Option<Step> {
        self.steps().rev().find(|it| it.day() <= day)
    }

    /// The day since which it has had its finding of a day without a break. That finding may have
    /// been set again meanwhile.
    pub fn since(self, day: Date) -> Option<Date> {
        let finding = self.step_on(day)?.finding();
        let earlier = self.steps().rev().skip_while(|it| it.day() > day);
        earlier
            .take_while(|it| it.finding() == finding)
            .last()
            .map(Step::day)
    }

    /// The number of events in its history.
    pub fn n_events(self) -> usize {
        self.number(8)
    }

    /// The number of events in its history that had happened by a day.
    pub fn n_events_by(self, day: Date) -> usize {
        let first = self.number(7);
        let rows = first..first + self.n_events();
        rows.filter(|row| self.pack.day(Section::Events, 1, *row, 0) <= day)
            .count()
    }

    /// The day of its last event on or before a day.
    pub fn last_event_on(self, day: Date) -> Option<Date> {
        let first = self.number(7);
        let rows = first..first + self.n_events();
        rows.rev()
            .map(|row| self.pack.day(Section::Events, 1, row, 0))
            .find(|it| *it <= day)
    }
}

/// One time that a subject's finding was set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    pack: Pack,
    row: usize,
}

impl Step {
    fn text(self, field: usize) -> &'static str {
        self.pack.text(Section::Steps, STEP, self.row, field)
    }

    /// The day.
    pub fn day(self) -> Date {
        self.pack.day(Section::Steps, STEP, self.row, 0)
    }

    /// The finding.
    pub fn finding(self) -> Finding {
        let row = self.pack.field(Section::Steps, STEP, self.row, 1) as usize;
        Finding {
            pack: self.pack,
            row,
        }
    }

    /// The kind of event that set it, as in “Letter”, and whether that was corrected.
    pub fn kind(self) -> &'static str {
        self.text(2)
    }

    /// What happened, in one sentence.
    pub fn summary(self) -> &'static str {
        self.text(3)
    }

    /// The words and the address of its first citation that needs no caution, if one needs none.
    pub fn citation(self) -> (&'static str, &'static str) {
        (self.text(4), self.text(5))
    }

    /// The sentence that qualifies the finding, with its citation's words and address; empty where
    /// there is nothing to add.
    pub fn qualification(self) -> (&'static str, &'static str, &'static str) {
        (self.text(6), self.text(7), self.text(8))
    }

    /// The addressee's office; empty where it isn't known.
    pub fn to(self) -> &'static str {
        self.text(9)
    }

    /// The day by which an answer was due.
    pub fn reply_by(self) -> Option<Date> {
        let day = self.pack.field(Section::Steps, STEP, self.row, 10);
        (day != 0).then_some(Date::from_days(day))
    }
}

/// Something that happened, to a subject or nationally.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Happening {
    pack: Pack,
    row: usize,
}

impl Happening {
    fn field(self, field: usize) -> usize {
        self.pack
            .field(Section::Happenings, HAPPENING, self.row, field) as usize
    }

    fn text(self, field: usize) -> &'static str {
        self.pack
            .text(Section::Happenings, HAPPENING, self.row, field)
    }

    /// The number of the subject that it happened to; none where it is national.
    pub fn subject(self) -> Option<usize> {
        self.field(0).checked_sub(1)
    }

    /// The day on which it had surely happened.
    pub fn day(self) -> Date {
        self.pack.day(Section::Happenings, HAPPENING, self.row, 1)
    }

    /// When it happened, as far as that is known: `October 12, 2017`, `October 2017` or `2017`.
    pub fn date(self) -> &'static str {
        self.text(2)
    }

    /// Its place among the kinds of event of the first pack.
    pub fn kind(self) -> usize {
        self.field(3)
    }

    /// The rank of the finding that it sets.
    pub fn finding(self) -> Option<usize> {
        self.field(4).checked_sub(1)
    }

    /// Its id, by which the subject's record has it.
    pub fn id(self) -> &'static str {
        self.text(5)
    }

    /// What happened, in one sentence.
    pub fn summary(self) -> &'static str {
        self.text(6)
    }

    /// The words and the address of its first citation that needs no caution, if one needs none.
    pub fn citation(self) -> (&'static str, &'static str) {
        (self.text(7), self.text(8))
    }
}
