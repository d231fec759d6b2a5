//! A dataset as blocks of bytes that are read in place.
//!
//! docs/contracts/pack.md has the layout byte by byte; [`Section`] has it in short. All numbers are
//! little-endian u32, text is a number into a string table whose number 0 is the empty text, and
//! every block has a checksum, so that one which was altered or broken off is refused. A facet is
//! one small number a subject, that of a *combination* of values, since a subject may have several
//! values of one facet. Subjects are in the order of their names, so that a subject's number is also
//! its place in that order. `packing.rs` writes what this file reads.
//!
//! A dataset makes two packs of this layout. The first has all that cards and searches need. The
//! second, which a page asks for when a reader first wants a timeline or a map, has the events, the
//! outlines and the places, and texts of its own.
//!
//! The first pack of a large dataset is split: its own block has what a page opens with, and
//! *parts*, blocks of the same layout beside it, have the rest. [`Pack::lacks`] tells which of them
//! are needed; [`Pack::add`] takes them in.
//!
//! Nothing here panics: what isn't there reads as 0 or as empty text.

use std::cmp::Ordering;
use std::ops::Range;
use std::sync::OnceLock;

use super::bits::Bits;
use super::date::{Date, When};
use super::index::Index;
use super::language::{Words, form};

/// `FXP6`: the layout's name and version.
pub const MAGIC: u32 = u32::from_le_bytes(*b"FXP6");

/// Where a block's checksum begins and ends, in bytes. What follows is what it is of.
pub const CHECKSUM: Range<usize> = 4..12;

/// The sections, in the order of the block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// [`about`] fields, one row.
    About,
    /// id, label, tone, shape.
    Findings,
    /// id, label, first value, number of values, where its column begins in `Columns`, bytes a
    /// subject there, first combination, number of combinations.
    Facets,
    /// id, label, whether it is a part of the last before it that isn't, number of subjects.
    Values,
    /// id, label, day.
    Snapshots,
    /// The further facts: id, label, whether cards have them.
    Fields,
    /// Kinds of event: id, label.
    Kinds,
    /// What the map shows: width and height of its frame, one row.
    Map,
    /// Where each subject's steps begin in `Steps`, its events in `Events`, its place in the order
    /// of kinds and places, and its number of sources; and one row more, for where the last one's
    /// end.
    Course,
    /// Each time a subject's finding is set: day, finding. By subject, then day.
    Steps,
    /// Last possible day of each event. By subject, then day.
    Events,
    /// By facet and subject, which of the facet's combinations it has; 1, 2 or 4 bytes each.
    Columns,
    /// first member, number of members, number of subjects. By facet.
    Combinations,
    /// A row of `Values`, counted within its facet.
    Members,
    /// id, name, place, then each further fact.
    Subjects,
    /// What is said of each step: kind of event, summary, citation, its address, qualification, its
    /// citation, its address, addressee, day of reply.
    Said,
    /// start and length of each text in `Bytes`.
    Strings,
    /// UTF-8.
    Bytes,
    /// The search index (see [`super::index`]): where each block of its words begins.
    Blocks,
    /// The search index: its words.
    Words,
    /// The search index: the subjects that have each word.
    Postings,
    /// The search index: letters with a folding of the dataset's own.
    Folds,
    /// The parts: what is in each (see [`Holds`]), the first row of it, the number of rows, the two
    /// halves of its checksum, its length in bytes.
    Parts,
    /// Every event of the subjects and of the timeline: subject and 1 (0 where it is national), day
    /// on which it had surely happened, date in words, kind, finding and 1 (0 where it sets none),
    /// id, summary, citation, its address. By day.
    Happenings,
    /// The outlines on the map: name, path as in SVG.
    Areas,
    /// Where each subject is on the map, in its frame: across and down.
    Places,
    /// Subjects by the checksums of their ids: its two halves, the higher first, and the subject. By
    /// checksum.
    Ids,
    /// The words of the interface, as [`Words`] reads them.
    Language,
}

/// The number of sections.
pub const N_SECTIONS: usize = Section::Language as usize + 1;

/// Where the sections of a block begin.
pub const HEAD: usize = CHECKSUM.end + N_SECTIONS * 4;

/// Fields of the section `About`.
pub mod about {
    /// What one subject is called.
    pub const NOUN: usize = 0;
    /// What several subjects are called.
    pub const NOUNS: usize = 1;
    /// Who made the findings.
    pub const FOUND_BY: usize = 2;
    /// The first day that the page can be asked for: of any event or snapshot.
    pub const FIRST_DAY: usize = 3;
    /// Last day of any event.
    pub const LAST_DAY: usize = 4;
    /// The dataset's title.
    pub const TITLE: usize = 5;
    /// The day of the last change to the data; 0 where it isn't said.
    pub const UPDATED: usize = 6;
    /// The dataset's id.
    pub const ID: usize = 7;
    /// The number of subjects.
    pub const N_SUBJECTS: usize = 8;
    /// What any subject has: the sum of [`super::Has`].
    pub const HAS: usize = 9;
    /// What subjects are called after a number, where its forms are more than two: each form after the
    /// byte of its category (see [`super::form`]).
    pub const COUNTED: usize = 10;
    /// The tag of the language of the dataset's own text, where the interface has another.
    pub const LANG: usize = 11;
    /// The direction of that text, where the interface has the other.
    pub const DIR: usize = 12;
    /// Who publishes the site.
    pub const PUBLISHER: usize = 13;
    /// The number of fields.
    pub const N: usize = 14;
}

const FINDING: usize = 4;
const FACET: usize = 8;
const VALUE: usize = 4;
const SNAPSHOT: usize = 3;
const FIELD: usize = 3;
const COURSE: usize = 4;
const STEP: usize = 2;
const EVENT: usize = 1;
const COMBINATION: usize = 3;
const SUBJECT: usize = 3;
const SAID: usize = 9;
const PART: usize = 6;
const ID: usize = 3;
const KIND: usize = 2;
const HAPPENING: usize = 9;
const AREA: usize = 2;

/// Why a block of bytes is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// It doesn't begin as a pack does.
    NotAPack,
    /// It is a pack of another version.
    OtherVersion,
    /// It was altered, or broke off.
    Altered,
    /// It is whole, but no part of this pack.
    Foreign,
}

impl Damage {
    /// In words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::NotAPack => "isn’t a pack",
            Self::OtherVersion => "is a pack of another version",
            Self::Altered => "is damaged",
            Self::Foreign => "belongs to another pack",
        }
    }
}

/// What a part of a split pack holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Holds {
    /// [`Section::Course`] to [`Section::Members`]: what filters and orders go by.
    Columns = 0,
    /// The index.
    Words = 1,
    /// [`Section::Subjects`] and [`Section::Said`] of a run of subjects, with their texts, and their
    /// [`Section::Course`], [`Section::Steps`] and [`Section::Events`] once more, so that their cards
    /// need no other part.
    Rows = 2,
    /// Some of the index's lists of subjects; rows are bytes of that section.
    Lists = 3,
    /// Some of [`Section::Ids`]; rows are [`place_of_id`]s.
    Ids = 4,
}

/// What tells the part that has an id: the first 24 bits of the id's checksum.
pub fn place_of_id(sum: u64) -> usize {
    (sum >> 40) as usize
}

/// Something that no subject of a dataset may have. Each is one bit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Has {
    /// Words under its name.
    Places = 1,
    /// Events with a date.
    Events = 2,
    /// Sources.
    Sources = 4,
}

/// The number of the first part that holds the texts of subjects.
pub const FIRST_OF_ROWS: usize = 2;

/// The most subjects whose texts are in one part.
pub const ROWS: usize = 128;

/// The checksum that a block says it has.
pub fn sum_of(block: &[u8]) -> u64 {
    let sum = block.get(CHECKSUM).and_then(|it| it.try_into().ok());
    sum.map_or(0, u64::from_le_bytes)
}

/// The name of the file of a part with this checksum.
pub fn name_of_part(sum: u64) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = (0..16).rev().filter_map(|it| {
        let digit = (sum >> (it * 4) & 15) as usize;
        DIGITS.get(digit).copied().map(char::from)
    });
    digits.chain(".part".chars()).collect()
}

/// The checksum of some bytes: eight of them at a time, each time multiplied by an odd number and
/// turned, so that a change of any one of them changes the result. No protection against intent.
pub fn checksum(bytes: &[u8]) -> u64 {
    let mut sum = 0x9e37_79b9_7f4a_7c15 ^ bytes.len() as u64;
    let mut chunks = bytes.chunks_exact(8);
    let mut add = |word: u64| {
        sum = (sum ^ word)
            .wrapping_mul(0xff51_afd7_ed55_8ccd)
            .rotate_left(29);
    };
    for chunk in &mut chunks {
        add(chunk.try_into().map_or(0, u64::from_le_bytes));
    }
    let last = chunks.remainder().iter().rev();
    add(last.fold(0, |word, byte| word << 8 | u64::from(*byte)));
    sum
}

/// Checks a block, and gives its checksum.
fn whole(bytes: &[u8]) -> Result<u64, Damage> {
    let number = |at: usize| -> Option<u32> {
        let bytes = bytes.get(at..at + 4)?;
        Some(u32::from_le_bytes(bytes.try_into().ok()?))
    };
    match number(0).map(u32::to_le_bytes) {
        Some([b'F', b'X', b'P', _]) => {}
        _ => return Err(Damage::NotAPack),
    }
    if number(0) != Some(MAGIC) {
        return Err(Damage::OtherVersion);
    }
    let content = bytes.get(CHECKSUM.end..).ok_or(Damage::Altered)?;
    let sum = checksum(content);
    if bytes.len() < HEAD || sum_of(bytes) != sum {
        return Err(Damage::Altered);
    }
    let mut last = HEAD;
    for section in 0..N_SECTIONS {
        let end = number(CHECKSUM.end + section * 4).ok_or(Damage::Altered)? as usize;
        if end < last {
            return Err(Damage::Altered);
        }
        last = end;
    }
    if last == bytes.len() {
        Ok(sum)
    } else {
        Err(Damage::Altered)
    }
}

/// The parts of a split pack that have come, by their numbers.
type Parts = [OnceLock<&'static [u8]>];

/// The first number of a range for which a test fails, where it fails for all after it.
fn partition_point(mut range: Range<usize>, holds: impl Fn(usize) -> bool) -> usize {
    while range.start < range.end {
        let middle = range.start.midpoint(range.end);
        if holds(middle) {
            range.start = middle + 1;
        } else {
            range.end = middle;
        }
    }
    range.start
}

/// Blocks of bytes that hold a dataset.
#[derive(Clone, Copy, Debug)]
pub struct Pack {
    bytes: &'static [u8],
    parts: &'static Parts,
}

/// Two packs are the same if they are the same block.
impl PartialEq for Pack {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.bytes, other.bytes)
    }
}

impl Pack {
    /// Takes a block of bytes for a pack.
    ///
    /// # Errors
    /// Where it isn't one, isn't whole, or speaks of more subjects than it can have.
    pub fn open(bytes: &'static [u8]) -> Result<Self, Damage> {
        whole(bytes)?;
        let mut pack = Self { bytes, parts: &[] };
        let n = pack.rows(Section::Parts, PART);
        // All that a page makes room for goes by that number.
        let told = pack.rows(Section::Course, COURSE).saturating_sub(1);
        if pack.n_subjects() > told.max(n.saturating_mul(ROWS)) {
            return Err(Damage::Altered);
        }
        if n > 0 {
            // Kept for as long as the page is open, as the bytes are.
            pack.parts = Box::leak((0..n).map(|_| OnceLock::new()).collect());
        }
        Ok(pack)
    }

    /// The pack of the dataset that this crate was built with.
    pub fn embedded() -> Self {
        Self {
            bytes: super::EMBEDDED,
            parts: &[],
        }
    }

    /// Whether the pack is split.
    pub fn is_split(self) -> bool {
        !self.parts.is_empty()
    }

    fn part_field(self, part: usize, field: usize) -> u32 {
        self.field(Section::Parts, PART, part, field)
    }

    /// The name of a part's file: its checksum, so that another content has another name.
    pub fn part_name(self, part: usize) -> String {
        name_of_part(self.part_sum(part))
    }

    fn part_sum(self, part: usize) -> u64 {
        let half = |it| u64::from(self.part_field(part, it));
        half(3) | half(4) << 32
    }

    /// Takes in a part.
    ///
    /// # Errors
    /// Where it isn't whole, or isn't that part.
    pub fn add(self, part: usize, bytes: &'static [u8]) -> Result<(), Damage> {
        let slot = self.parts.get(part).ok_or(Damage::Foreign)?;
        if whole(bytes)? != self.part_sum(part) {
            return Err(Damage::Foreign);
        }
        _ = slot.set(bytes);
        Ok(())
    }

    /// The parts that haven't come yet of those that hold something and have one of some rows in
    /// them.
    pub fn lacks(self, holds: Holds, rows: Range<usize>) -> Vec<usize> {
        let is_lacked = |part: &usize| {
            let first = self.part_field(*part, 1) as usize;
            let end = first.saturating_add(self.part_field(*part, 2) as usize);
            self.part_field(*part, 0) == holds as u32
                && first < rows.end
                && rows.start < end
                && self.parts.get(*part).is_some_and(|it| it.get().is_none())
        };
        (0..self.parts.len()).filter(is_lacked).collect()
    }

    /// The parts that haven't come yet, in their order; and the bytes that all parts have.
    pub fn absent(self) -> (Vec<usize>, usize) {
        let is_absent = |part: &usize| self.parts.get(*part).is_some_and(|it| it.get().is_none());
        let all = 0..self.parts.len();
        let n_bytes = |part| self.part_field(part, 5) as usize;
        let n_bytes = all.clone().map(n_bytes).fold(0, usize::saturating_add);
        (all.filter(is_absent).collect(), n_bytes)
    }

    /// The parts that haven't come yet of those that have the texts of some subjects.
    pub fn lacks_texts(self, rows: impl Iterator<Item = usize>) -> Vec<usize> {
        let rows = rows.filter(|it| !self.has_texts(*it));
        let parts = rows.map(|it| self.part_of(it).0);
        let mut parts: Vec<usize> = parts.filter(|it| *it < self.parts.len()).collect();
        parts.sort_unstable();
        parts.dedup();
        parts
    }

    /// The part with the texts of a subject, and the first subject in it. Those parts come third and
    /// after, each for as many subjects as the first of them.
    fn part_of(self, row: usize) -> (usize, usize) {
        let n = self.part_field(FIRST_OF_ROWS, 2).max(1) as usize;
        (FIRST_OF_ROWS + row / n, row - row % n)
    }

    /// Where the texts of a subject are: the block, and the first subject in it.
    fn local(self, row: usize) -> (Self, usize) {
        if self.parts.is_empty() {
            return (self, 0);
        }
        let (part, first) = self.part_of(row);
        let part = self.parts.get(part);
        let bytes = part.and_then(OnceLock::get).copied().unwrap_or(&[]);
        (Self { bytes, parts: &[] }, first)
    }

    /// Whether a subject's texts are there.
    pub fn has_texts(self, row: usize) -> bool {
        !self.local(row).0.bytes.is_empty()
    }

    fn number(self, at: usize) -> u32 {
        match self.bytes.get(at..at + 4) {
            Some(&[a, b, c, d]) => u32::from_le_bytes([a, b, c, d]),
            _ => 0,
        }
    }

    fn section(self, section: Section) -> &'static [u8] {
        let own = self.own(section);
        if !own.is_empty() || self.parts.is_empty() {
            return own;
        }
        // The first two parts are of all subjects; those of some are asked for by `local`.
        let mut parts = self.parts.iter().take(2).filter_map(OnceLock::get);
        parts
            .find_map(|bytes| {
                Some(Self { bytes, parts: &[] }.own(section)).filter(|it| !it.is_empty())
            })
            .unwrap_or(&[])
    }

    /// A section of the pack's own block.
    fn own(self, section: Section) -> &'static [u8] {
        let at = CHECKSUM.end + section as usize * 4;
        let start = match section {
            Section::About => HEAD,
            _ => self.number(at - 4) as usize,
        };
        self.bytes
            .get(start..self.number(at) as usize)
            .unwrap_or(&[])
    }

    fn field(self, section: Section, width: usize, row: usize, field: usize) -> u32 {
        // Of 32 bits, a row that can't be may wrap to another place; none is outside of the section.
        let at = row.wrapping_mul(width).wrapping_add(field).wrapping_mul(4);
        match self.section(section).get(at..at.wrapping_add(4)) {
            Some(&[a, b, c, d]) => u32::from_le_bytes([a, b, c, d]),
            _ => 0,
        }
    }

    fn rows(self, section: Section, width: usize) -> usize {
        self.section(section).len() / (width * 4)
    }

    /// Some rows of a section that another says it has, as far as it has them.
    fn run(self, section: Section, width: usize, first: u32, n: u32) -> Range<usize> {
        let end = self.rows(section, width);
        let first = (first as usize).min(end);
        first..first.saturating_add(n as usize).min(end)
    }

    fn text(self, section: Section, width: usize, row: usize, field: usize) -> &'static str {
        let number = self.field(section, width, row, field) as usize;
        let start = self.field(Section::Strings, 2, number, 0) as usize;
        let length = self.field(Section::Strings, 2, number, 1) as usize;
        let bytes = self
            .section(Section::Bytes)
            .get(start..start.wrapping_add(length))
            .unwrap_or(&[]);
        std::str::from_utf8(bytes).unwrap_or("")
    }

    fn day(self, section: Section, width: usize, row: usize, field: usize) -> Date {
        Date::from_days(self.field(section, width, row, field))
    }

    fn when(self, section: Section, width: usize, row: usize) -> When {
        When::from_number(self.field(section, width, row, 0))
    }

    fn about(self, field: usize) -> &'static str {
        self.text(Section::About, about::N, 0, field)
    }

    /// The words of the interface.
    pub fn words(self) -> Words {
        Words::new(self.own(Section::Language))
    }

    /// The tag of the language of the dataset's own text, where the interface has another.
    pub fn lang(self) -> Option<&'static str> {
        Some(self.about(about::LANG)).filter(|it| !it.is_empty())
    }

    /// The direction of the dataset's own text, where the interface has the other.
    pub fn dir(self) -> Option<&'static str> {
        Some(self.about(about::DIR)).filter(|it| !it.is_empty())
    }

    /// What several subjects are called, without a number.
    pub fn nouns(self) -> &'static str {
        self.about(about::NOUNS)
    }

    /// What so many subjects are called, as in “40 jurisdictions”.
    pub fn nouns_of(self, n: usize) -> &'static str {
        let counted = self.about(about::COUNTED);
        match n {
            _ if !counted.is_empty() => form(counted, self.words().plural(n)),
            1 => self.noun(),
            _ => self.nouns(),
        }
    }

    /// What one subject is called.
    pub fn noun(self) -> &'static str {
        self.about(about::NOUN)
    }

    /// Who made the findings.
    pub fn found_by(self) -> &'static str {
        self.about(about::FOUND_BY)
    }

    /// The dataset's title.
    pub fn title(self) -> &'static str {
        self.about(about::TITLE)
    }

    /// Who publishes the site; empty where that isn't said.
    pub fn publisher(self) -> &'static str {
        self.about(about::PUBLISHER)
    }

    /// The dataset's id.
    pub fn id(self) -> &'static str {
        self.about(about::ID)
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

    /// The first day that the page can be asked for: that of the first event, or of a snapshot before it.
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

    /// The snapshots, in the dataset's order.
    pub fn snapshots(self) -> impl ExactSizeIterator<Item = Snapshot> + Clone {
        (0..self.rows(Section::Snapshots, SNAPSHOT)).map(move |row| Snapshot { pack: self, row })
    }

    /// The day the page opens at: that of the first snapshot, or the last there is. Without a scale nobody can ask
    /// for another, and it is the last.
    pub fn default_day(self) -> Date {
        let first = self.snapshots().next().filter(|_| self.has_findings());
        first.map_or_else(|| self.last_day(), Snapshot::day)
    }

    /// The subjects, in the order of their names.
    pub fn subjects(self) -> impl ExactSizeIterator<Item = Subject> + Clone {
        (0..self.n_subjects()).map(move |row| Subject { pack: self, row })
    }

    /// The number of subjects.
    pub fn n_subjects(self) -> usize {
        self.field(Section::About, about::N, 0, about::N_SUBJECTS) as usize
    }

    /// The number of further facts that each subject may have.
    fn n_fields(self) -> usize {
        self.rows(Section::Fields, FIELD)
    }

    /// The further facts: the number, the id and the label of each, and whether cards have it.
    pub fn fields(self) -> impl ExactSizeIterator<Item = Field> + Clone {
        (0..self.n_fields()).map(move |row| Field { pack: self, row })
    }

    /// Whether the dataset has a findings scale. Without one every subject is shown on any day.
    pub fn has_findings(self) -> bool {
        !self.section(Section::Findings).is_empty()
    }

    /// Whether findings can be asked for as of a day: there are some, and they have dates.
    pub fn is_dated(self) -> bool {
        self.has_findings() && self.last_day() != Date::default()
    }

    /// Whether any subject has something.
    pub fn has(self, what: Has) -> bool {
        self.field(Section::About, about::N, 0, about::HAS) & what as u32 != 0
    }

    fn course(self, row: usize, field: usize) -> usize {
        self.field(Section::Course, COURSE, row, field) as usize
    }

    /// Where the course of a subject is told: the pack's own block or the part with all of them, or
    /// else the part with its texts; and the subject's row there.
    fn course_of(self, row: usize) -> (Self, usize) {
        if self.parts.is_empty() || !self.section(Section::Course).is_empty() {
            return (self, row);
        }
        let (pack, first) = self.local(row);
        (pack, row - first)
    }

    /// Bytes of the search index's lists of subjects; none where the part that has them hasn't come.
    pub fn lists(self, bytes: Range<usize>) -> Option<&'static [u8]> {
        if self.parts.is_empty() {
            return self.section(Section::Postings).get(bytes);
        }
        let parts = 0..self.parts.len();
        // Parts are in the order of what they hold, and these in the order of their bytes.
        let is_before = |it: usize| match self.part_field(it, 0).cmp(&(Holds::Lists as u32)) {
            Ordering::Less => true,
            Ordering::Equal => self.part_field(it, 1) as usize <= bytes.start,
            Ordering::Greater => false,
        };
        let part = partition_point(parts, is_before).checked_sub(1)?;
        let first = self.part_field(part, 1) as usize;
        let block = self.parts.get(part)?.get().copied()?;
        let block = Self {
            bytes: block,
            parts: &[],
        };
        let at = bytes.start.checked_sub(first)?..bytes.end.checked_sub(first)?;
        block.own(Section::Postings).get(at)
    }

    /// The subject with this number.
    pub fn subject(self, row: usize) -> Option<Subject> {
        (row < self.n_subjects()).then_some(Subject { pack: self, row })
    }

    /// The subject with this id. Of a split pack, what [`Pack::lacks_ids`] names must have come, or
    /// the subject's texts.
    pub fn subject_with_id(self, id: &str) -> Option<Subject> {
        // What isn't there would be read as an empty text.
        let is_it = |it: &Subject| !id.is_empty() && it.id() == id;
        if !self.is_split() {
            return self.subjects().find(is_it);
        }
        let sum = checksum(id.as_bytes());
        let found = self
            .parts
            .iter()
            .filter_map(OnceLock::get)
            .find_map(|bytes| {
                let part = Self { bytes, parts: &[] };
                let field = |row, field| part.field(Section::Ids, ID, row, field);
                let n = part.rows(Section::Ids, ID);
                let key = |row| u64::from(field(row, 0)) << 32 | u64::from(field(row, 1));
                let at = partition_point(0..n, |row| key(row) < sum);
                (at < n && key(at) == sum).then(|| field(at, 2) as usize)
            });
        match found {
            Some(row) => self.subject(row),
            None => self
                .subjects()
                .filter(|it| self.has_texts(it.row()))
                .find(is_it),
        }
    }

    /// The parts that haven't come yet and that are needed to know which subjects have these ids.
    pub fn lacks_ids<'a>(self, ids: impl Iterator<Item = &'a str>) -> Vec<usize> {
        let mut parts = Vec::new();
        for id in ids.filter(|it| self.is_split() && self.subject_with_id(it).is_none()) {
            let place = place_of_id(checksum(id.as_bytes()));
            for part in self.lacks(Holds::Ids, place..place + 1) {
                if !parts.contains(&part) {
                    parts.push(part);
                }
            }
        }
        parts
    }

    /// Every day on which some subject's finding becomes another, in order, each once.
    pub fn step_days(self) -> Vec<Date> {
        let since = |it: Subject| it.steps().filter_map(move |step| it.since(step.day()));
        let mut days: Vec<Date> = self.subjects().flat_map(since).collect();
        days.sort_unstable();
        days.dedup();
        days
    }

    /// The search index.
    pub fn index(self) -> Index<'static> {
        Index {
            blocks: self.section(Section::Blocks),
            words: self.section(Section::Words),
            postings: self.section(Section::Postings),
            folds: self.section(Section::Folds),
        }
    }
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
        self.rows_of_values().map(move |row| {
            let text = |field| self.pack.text(Section::Values, VALUE, row, field);
            (text(0), text(1))
        })
    }

    /// The id and the label of one of its values, by its place among them.
    pub fn value(self, place: usize) -> Option<(&'static str, &'static str)> {
        let row = self.number(2) + place;
        let text = |field| self.pack.text(Section::Values, VALUE, row, field);
        (place < self.number(3)).then(|| (text(0), text(1)))
    }

    fn number(self, field: usize) -> usize {
        self.said(field) as usize
    }

    fn said(self, field: usize) -> u32 {
        self.pack.field(Section::Facets, FACET, self.row, field)
    }

    fn rows_of_values(self) -> Range<usize> {
        let (first, n) = (self.said(2), self.said(3));
        self.pack.run(Section::Values, VALUE, first, n)
    }

    fn rows_of_combinations(self) -> Range<usize> {
        let (first, n) = (self.said(6), self.said(7));
        self.pack.run(Section::Combinations, COMBINATION, first, n)
    }

    /// Whether each of its values is a part of the last before it that isn't, as a month is of its
    /// year.
    pub fn parts(self) -> impl ExactSizeIterator<Item = bool> {
        self.rows_of_values()
            .map(move |row| self.pack.field(Section::Values, VALUE, row, 2) != 0)
    }

    /// The number of subjects with each of its values.
    pub fn totals(self) -> impl ExactSizeIterator<Item = usize> {
        self.rows_of_values()
            .map(move |row| self.pack.field(Section::Values, VALUE, row, 3) as usize)
    }

    /// Which combination of values each subject has.
    pub fn column(self) -> Column {
        let from = self.number(4);
        let width = self.number(5).min(WIDEST);
        let to = from.wrapping_add(self.pack.n_subjects().wrapping_mul(width));
        let bytes = self.pack.section(Section::Columns).get(from..to);
        Column {
            bytes: bytes.unwrap_or(&[]),
            width,
        }
    }

    /// The number of combinations of values that some subject has.
    pub fn n_combinations(self) -> usize {
        self.rows_of_combinations().len()
    }

    /// The values of a combination, as places among [`Facet::values`], in order.
    pub fn members(self, combination: usize) -> impl Iterator<Item = usize> + Clone {
        let row = self.number(6).wrapping_add(combination);
        let field = |it| self.pack.field(Section::Combinations, COMBINATION, row, it);
        self.pack
            .run(Section::Members, 1, field(0), field(1))
            .map(move |row| self.pack.field(Section::Members, 1, row, 0) as usize)
    }

    /// The number of subjects that have a combination.
    pub fn total_of(self, combination: usize) -> usize {
        let row = self.number(6).wrapping_add(combination);
        self.pack.field(Section::Combinations, COMBINATION, row, 2) as usize
    }

    /// The values that a subject has, as places among [`Facet::values`].
    pub fn values_of(self, subject: usize) -> impl Iterator<Item = usize> + Clone {
        self.members(self.column().get(subject))
    }
}

/// The most bytes that a subject takes in a column.
const WIDEST: usize = 4;

/// One small number a subject.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    bytes: &'static [u8],
    width: usize,
}

impl Column {
    /// A subject's number.
    pub fn get(self, subject: usize) -> usize {
        let at = subject * self.width;
        let bytes = self.bytes.get(at..at + self.width).unwrap_or(&[]);
        let add = |number, byte: &u8| number << 8 | usize::from(*byte);
        bytes.iter().rev().fold(0, add)
    }

    /// Adds one to a count for each of some subjects, by their numbers.
    pub fn count(self, subjects: &Bits, counts: &mut [u32]) {
        let mut add = |number: usize| {
            if let Some(count) = counts.get_mut(number) {
                *count += 1;
            }
        };
        match self.width {
            1 => subjects.iter().for_each(|it| {
                add(self.bytes.get(it).copied().unwrap_or(0).into());
            }),
            _ => subjects.iter().for_each(|it| add(self.get(it))),
        }
    }
}

/// The id of the field that has the sums of a subject's record.
pub const MONEY: &str = "money";

/// A further fact that subjects may have.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    pack: Pack,
    row: usize,
}

impl Field {
    /// Its id.
    pub fn id(self) -> &'static str {
        self.pack.text(Section::Fields, FIELD, self.row, 0)
    }

    /// Its words on the page.
    pub fn label(self) -> &'static str {
        self.pack.text(Section::Fields, FIELD, self.row, 1)
    }

    /// Whether cards have it.
    pub fn is_on_card(self) -> bool {
        self.pack.field(Section::Fields, FIELD, self.row, 2) != 0
    }

    /// What it is for a subject; empty where that isn't known.
    pub fn of(self, subject: Subject) -> &'static str {
        subject.text(SUBJECT + self.row)
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
    /// The dataset that it is of.
    pub fn pack(self) -> Pack {
        self.pack
    }

    /// Its number, which is also its place in the order of names.
    pub fn row(self) -> usize {
        self.row
    }

    fn text(self, field: usize) -> &'static str {
        let (pack, first) = self.pack.local(self.row);
        let width = SUBJECT + self.pack.n_fields();
        pack.text(Section::Subjects, width, self.row - first, field)
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

    fn course(self, field: usize) -> usize {
        let (pack, row) = self.pack.course_of(self.row);
        pack.course(row, field)
    }

    /// Its place in the order of kinds and places.
    pub fn rank_of_place(self) -> usize {
        self.course(2)
    }

    /// The number of different sources that support its facts.
    pub fn n_sources(self) -> usize {
        self.course(3)
    }

    /// The rows of its steps or its events, and the block that has them.
    fn rows(self, field: usize) -> (Pack, Range<usize>) {
        let (pack, row) = self.pack.course_of(self.row);
        let end = match field {
            0 => pack.rows(Section::Steps, STEP),
            _ => pack.rows(Section::Events, EVENT),
        };
        let place = |row| pack.course(row, field).min(end);
        (pack, place(row)..place(row + 1))
    }

    /// When its events were, in order.
    fn events(self) -> impl DoubleEndedIterator<Item = When> {
        let (pack, rows) = self.rows(1);
        rows.map(move |row| pack.when(Section::Events, EVENT, row))
    }

    /// Each time its finding was set, in order.
    pub fn steps(self) -> impl DoubleEndedIterator<Item = Step> + Clone {
        let (course, rows) = self.rows(0);
        let first = rows.start;
        rows.map(move |row| Step {
            subject: self,
            course,
            row,
            place: row - first,
        })
    }

    /// The step that sets its finding on a day: the latest on or before it.
    pub fn step_on(self, day: Date) -> Option<Step> {
        self.steps().rev().find(|it| it.day() <= day)
    }

    /// The day since which it has had its finding of a day without a break, where that is known. That finding may have
    /// been set again meanwhile.
    pub fn since(self, day: Date) -> Option<Date> {
        let finding = self.step_on(day)?.finding();
        let earlier = self.steps().rev().skip_while(|it| it.day() > day);
        earlier
            .take_while(|it| it.finding() == finding)
            .last()
            .map(Step::day)
            .filter(|it| *it != Date::default())
    }

    /// The number of events in its history.
    pub fn n_events(self) -> usize {
        self.rows(1).1.len()
    }

    /// The number of events in its history that had happened by a day.
    pub fn n_events_by(self, day: Date) -> usize {
        self.events().filter(|it| it.day() <= day).count()
    }

    /// When its last event on or before a day was.
    pub fn last_event_on(self, day: Date) -> Option<When> {
        self.events().rev().find(|it| it.day() <= day)
    }
}

/// One time that a subject's finding was set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    subject: Subject,
    /// The block that has its day and its finding, and its row there.
    course: Pack,
    row: usize,
    /// Its place among the subject's steps.
    place: usize,
}

impl Step {
    fn said(self) -> (Pack, usize) {
        let (pack, first) = self.subject.pack.local(self.subject.row);
        (
            pack,
            pack.course(self.subject.row - first, 0)
                .wrapping_add(self.place),
        )
    }

    fn text(self, field: usize) -> &'static str {
        let (pack, row) = self.said();
        pack.text(Section::Said, SAID, row, field)
    }

    /// The day to go by.
    pub fn day(self) -> Date {
        self.when().day()
    }

    /// When it was.
    pub fn when(self) -> When {
        self.course.when(Section::Steps, STEP, self.row)
    }

    /// The finding.
    pub fn finding(self) -> Finding {
        let row = self.course.field(Section::Steps, STEP, self.row, 1) as usize;
        Finding {
            pack: self.subject.pack,
            row,
        }
    }

    /// The kind of event that set it, as in “Letter”, and whether that was corrected.
    pub fn kind(self) -> &'static str {
        self.text(0)
    }

    /// What happened, in one sentence.
    pub fn summary(self) -> &'static str {
        self.text(1)
    }

    /// The words and the address of its first citation that needs no caution, if one needs none.
    pub fn citation(self) -> (&'static str, &'static str) {
        (self.text(2), self.text(3))
    }

    /// The sentence that qualifies the finding, with its citation's words and address, where there is
    /// something to add.
    pub fn qualification(self) -> Option<(&'static str, (&'static str, &'static str))> {
        let sentence = self.text(4);
        (!sentence.is_empty()).then(|| (sentence, (self.text(5), self.text(6))))
    }

    /// The addressee's office; empty where it isn't known.
    pub fn to(self) -> &'static str {
        self.text(7)
    }

    /// The day by which an answer was due.
    pub fn reply_by(self) -> Option<Date> {
        let (pack, row) = self.said();
        let day = pack.field(Section::Said, SAID, row, 8);
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

    /// Its place among the kinds of event of the first pack; their number where it is of none.
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
