//! What reads bytes from outside, each as one function that takes any bytes and comes back.
//!
//! A reader here panics where the code that it calls does, or where what that says of the bytes can't be.
//! `make fuzz` looks for such bytes; `tests/native/seeds.rs` gives each reader the bytes under `seeds/`:
//! some to begin with, and all that something was once found with.

use std::collections::BTreeSet;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use fact_explorer::dataset::model::Dataset;
use fact_explorer::dataset::pack::{
    CHECKSUM, HEAD, Has, Holds, MAGIC, N_SECTIONS, Pack, Section, Subject, checksum,
};
use fact_explorer::dataset::packing;
use fact_explorer::dataset::problem::Problem;
use fact_explorer::dataset::read::read;
use fact_explorer::dataset::rows::Problems;
use fact_explorer::dataset::table;
use fact_explorer::export::cite::{Style, Work, cite};
use fact_explorer::export::rows::{columns, row};
use fact_explorer::export::text::text;
use fact_explorer::export::{csv as csv_export, json as json_export};
use fact_explorer::language::{LIVE, Word};
use fact_explorer::query::address::ids;
use fact_explorer::query::address::{decode, encode};
use fact_explorer::query::answer::{Engine, answer, answer_within, lacks, shown_instead};
use fact_explorer::query::compare::rows;
use fact_explorer::query::difference::{between, differences, told};
use fact_explorer::query::lock::settings as decode_settings;
use fact_explorer::query::named::named;
use fact_explorer::query::selection::Narrowing;
use fact_explorer::query::timeline::timeline;
use fact_explorer::query::values::{found, groups};
use fact_explorer::query::{Answer, FINDING, Lock, Selection, Sort, View};
use fact_explorer::site::import::{Told, plan, toml as dataset_toml};
use fact_explorer::site::page::explorer;
use fact_explorer::site::report::{Looks, graphical, json as json_report};
use fact_explorer::site::{data, opened, packed};
use fact_explorer::view;
use fact_explorer::view::explorer::{Explorer, Fetched, Print, Trace};
use fact_explorer::view::spot::Spot;

/// Keeps a block of bytes for as long as a reader runs, at least.
pub type Keep<'a> = &'a mut dyn FnMut(Vec<u8>) -> &'static [u8];

/// Takes any bytes.
pub type Reader = fn(&[u8], Keep);

/// Every reader, by the name that its target and its seeds have.
pub const READERS: [(&str, Reader); 7] = [
    ("pack", pack),
    ("sealed", sealed),
    ("address", address),
    ("settings", settings),
    ("csv", csv),
    ("json", json),
    ("toml", toml),
];

/// A block that a page fetches, just as it comes: as a pack, and as each part of another.
pub fn pack(bytes: &[u8], keep: Keep) {
    let block = keep(bytes.to_vec());
    if let Ok(pack) = Pack::open(block) {
        use_pack(pack, pack, "");
    }
    let (split, parts) = &shipped().split;
    for (part, own) in parts.iter().enumerate() {
        // All of them have come, so that none is kept.
        assert!(
            split.add(part, block).is_err() || own == bytes,
            "a part that isn't the pack's"
        );
    }
}

/// Blocks as somebody would make them who knows the checksum: an address, a first pack, a second one, and
/// the parts of the first, as [`framed`] has them.
pub fn sealed(bytes: &[u8], keep: Keep) {
    let mut blocks = unframed(bytes).into_iter();
    let address = blocks.next().unwrap_or_default();
    let mut head = blocks.next().unwrap_or_default();
    let mut more = blocks.next().unwrap_or_default();
    seal(&mut more);
    seal(&mut head);
    let mut parts: Vec<Vec<u8>> = blocks.collect();
    for (number, part) in parts.iter_mut().enumerate() {
        seal(part);
        if let Some(row) = section(&head, Section::Parts)
            && let Some(sum) = part.get(CHECKSUM)
            // Fields 3 and 4 of a part are its checksum.
            && let at = row.start + number * PART_BYTES + 12
            && at + 8 <= row.end
            && let Some(said) = head.get_mut(at..at + 8)
        {
            said.copy_from_slice(sum);
        }
    }
    seal(&mut head);
    let more = Pack::open(keep(more));
    let Ok(pack) = Pack::open(keep(head)) else {
        return;
    };
    let more = more.unwrap_or(pack);
    let address = String::from_utf8_lossy(&address);
    // As it is before anything else has come, and with more and more of it.
    use_pack(pack, more, &address);
    for (number, part) in parts.into_iter().enumerate() {
        if pack.add(number, keep(part)).is_ok() {
            ask(pack, &decode(pack, &address));
        }
    }
    if pack.is_split() {
        use_pack(pack, more, &address);
    }
}

/// The bytes of one row of the section [`Section::Parts`].
const PART_BYTES: usize = 24;

/// Blocks one after another, each after its length as a little-endian u32.
pub fn framed<'a>(blocks: impl IntoIterator<Item = &'a [u8]>) -> Vec<u8> {
    let mut bytes = Vec::new();
    for block in blocks {
        let length = u32::try_from(block.len()).unwrap_or(u32::MAX);
        bytes.extend(length.to_le_bytes());
        bytes.extend(block);
    }
    bytes
}

/// The blocks of [`framed`]. A length that is too much takes what there is.
pub fn unframed(mut bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut blocks = Vec::new();
    while let Some((length, rest)) = bytes.split_first_chunk() {
        let length = u32::from_le_bytes(*length) as usize;
        let (block, rest) = rest.split_at(length.min(rest.len()));
        blocks.push(block.to_vec());
        bytes = rest;
    }
    blocks
}

fn number(bytes: &[u8], at: usize) -> usize {
    let bytes = bytes.get(at..at + 4).and_then(|it| it.try_into().ok());
    bytes.map_or(0, u32::from_le_bytes) as usize
}

/// Where a section of a block is.
fn section(block: &[u8], section: Section) -> Option<std::ops::Range<usize>> {
    let at = CHECKSUM.end + section as usize * 4;
    let start = match section {
        Section::About => HEAD,
        _ => number(block, at - 4),
    };
    let range = start..number(block, at);
    block.get(range.clone()).map(|_| range)
}

/// Makes a block's beginning that of a whole one: its name, ends that follow each other, and the checksum.
fn seal(block: &mut Vec<u8>) {
    if block.len() < HEAD {
        block.resize(HEAD, 0);
    }
    let length = block.len();
    block[..4].copy_from_slice(&MAGIC.to_le_bytes());
    let mut last = HEAD;
    for section in 0..N_SECTIONS {
        let at = CHECKSUM.end + section * 4;
        let said = number(block, at).clamp(last, length);
        last = if section + 1 == N_SECTIONS {
            length
        } else {
            said
        };
        block[at..at + 4].copy_from_slice(&u32::try_from(last).unwrap_or(0).to_le_bytes());
    }
    let sum = checksum(&block[CHECKSUM.end..]);
    block[CHECKSUM].copy_from_slice(&sum.to_le_bytes());
}

/// The fragment of an address. A selection that it asks for has a link of its own, which asks for the same.
pub fn address(bytes: &[u8], _: Keep) {
    let fragment = String::from_utf8_lossy(bytes);
    for pack in shipped().packs {
        let selection = decode(pack, &fragment);
        assert!((pack.first_day()..=pack.last_day()).contains(&selection.as_of));
        let link = encode(pack, &selection);
        assert_eq!(decode(pack, &link), selection, "{link}");
        assert_eq!(encode(pack, &decode(pack, &link)), link);
        ask(pack, &selection);
        if let Some(open) = selection.open.and_then(|it| pack.subject(it)) {
            let search = answer(pack, &selection).search;
            let marked = view::markup::marked(&search, open.name()).into_string();
            assert!(marked.len() >= open.name().len());
        }
    }
}

/// The settings of an embed, which come in the query of its address or in an attribute.
pub fn settings(bytes: &[u8], _: Keep) {
    let query = String::from_utf8_lossy(bytes);
    for pack in shipped().packs {
        let (lock, selection) = decode_settings(pack, &query);
        let answered = answer_within(pack, &lock, &selection);
        check_answer(pack, &answered);
        if !lock.only.is_empty() {
            assert!(answered.shown().all(|it| lock.only.contains(&it)));
        }
        let whole = lock.unlocked(&selection);
        let link = encode(pack, &whole);
        assert_eq!(decode(pack, &link), whole, "{link}");
    }
}

/// A table: alone, beside a `dataset.toml` that names its columns, and as `import` would have it.
pub fn csv(bytes: &[u8], keep: Keep) {
    of_table("table.csv", bytes, keep);
}

/// The same as JSON.
pub fn json(bytes: &[u8], keep: Keep) {
    of_table("table.json", bytes, keep);
}

/// A dataset of several files, set apart by form feeds, in the order of [`FILES`].
pub fn toml(bytes: &[u8], keep: Keep) {
    let files = bytes.split(|it| *it == b'\x0c');
    let named: Vec<(&str, &[u8])> = FILES.into_iter().zip(files).collect();
    let folder = Folder::with(&named);
    check(&folder.0, keep);
}

/// What [`toml`] reads.
pub const FILES: [&str; 9] = [
    "dataset.toml",
    "sources.toml",
    "subjects/phobos.toml",
    "subjects/titan.toml",
    "timeline.toml",
    "cases.toml",
    "disagreements.toml",
    "corrections.toml",
    "rows.csv",
];

fn of_table(name: &str, bytes: &[u8], keep: Keep) {
    let alone = Folder::with(&[(name, bytes)]);
    check(&alone.0, keep);
    let named = COLUMNS.replace("FILE", name);
    let named = Folder::with(&[(name, bytes), ("dataset.toml", named.as_bytes())]);
    check(&named.0, keep);
    if let Ok(text) = std::str::from_utf8(bytes) {
        let mut found = Vec::new();
        let mut problems = Problems {
            file: name,
            found: &mut found,
        };
        if let Some(rows) = table::rows(name, text, &mut problems) {
            let plan = plan(&rows, text, &Told::default());
            let about = dataset_toml(&plan, name, None);
            let imported = Folder::with(&[(name, bytes), ("dataset.toml", about.as_bytes())]);
            check(&imported.0, keep);
        }
    }
}

/// A `dataset.toml` whose columns `tests/datasets/tables/bridges.csv` has.
const COLUMNS: &str = r#"
noun = { one = "bridge", many = "bridges" }
[table]
file = "FILE"
name = "Name"
link = "Web page"
place = "Town"
finding = "Verdict"
date = "Seen"
[[finding]]
id = "sound"
label = "Sound"
tone = "blue"
shape = "check"
[[finding]]
id = "in-repair"
label = "In repair"
tone = "sand"
shape = "sheet"
[[finding]]
id = "closed"
label = "Closed"
tone = "plum"
shape = "diamond"
[[facet]]
id = "town"
label = "Town"
column = "Town"
type = "place"
[[facet]]
id = "opened"
label = "Opened"
column = "Opened"
type = "date"
[[facet]]
id = "length"
label = "Length"
column = "Length"
type = "number"
[[facet]]
id = "toll"
label = "Toll"
column = "Toll"
type = "yes-no"
[[facet]]
id = "kinds"
label = "Kinds"
column = "Kinds"
type = "categories"
[[field]]
id = "metres"
label = "Metres"
column = "Length"
on-card = true
"#;

/// A folder of files that goes away with this.
struct Folder(PathBuf);

impl Folder {
    fn with(files: &[(&str, &[u8])]) -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("fact-explorer-{}-{number}", std::process::id());
        let folder = Self(std::env::temp_dir().join(name));
        fs::create_dir_all(&folder.0).expect("a folder can be made");
        for (name, bytes) in files {
            let path = folder.0.join(name);
            if let Some(within) = path.parent().filter(|it| *it != folder.0) {
                fs::create_dir_all(within).expect("a folder can be made");
            }
            fs::write(path, bytes).expect("a file can be written");
        }
        folder
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        _ = fs::remove_dir_all(&self.0);
    }
}

/// Reads a dataset. It has problems that can be told, or it can be packed, and its packs be used.
fn check(path: &Path, keep: Keep) {
    match read(path) {
        Ok(dataset) => use_dataset(&dataset, keep),
        Err(problems) => tell(&problems),
    }
}

fn tell(problems: &[Problem]) {
    assert!(!problems.is_empty());
    for it in problems {
        assert!(it.line > 0 && it.column > 0, "{it}");
        assert!(!it.rule.is_empty() && !it.message.is_empty(), "{it:?}");
        assert!(!it.to_string().contains(['\n', '\r', '\u{1b}']), "{it:?}");
    }
    for looks in [Looks::Plain, Looks::Colours] {
        black_box(graphical(problems, "folder", looks));
    }
    black_box(json_report(problems).to_string());
}

fn use_dataset(dataset: &Dataset, keep: Keep) {
    let whole = Pack::open(keep(packing::pack(dataset))).expect("what was packed is a pack");
    let more = Pack::open(keep(packing::pack_more(dataset))).expect("so is the second");
    let parts = packing::split(dataset);
    let split = Pack::open(keep(parts.pack)).expect("so is a split one");
    for (number, part) in parts.parts.into_iter().enumerate() {
        split.add(number, keep(part)).expect("and its parts");
    }
    black_box(more.happenings().count());
    let mut links = BTreeSet::new();
    for pack in [whole, split] {
        assert_eq!(pack.n_subjects(), dataset.subjects.len());
        assert_eq!(pack.facets().len(), dataset.about.facet.len());
        let all = answer(pack, &Selection::new(pack));
        check_answer(pack, &all);
        for subject in pack.subjects() {
            assert!(
                links.insert(subject.id()) != pack.is_split(),
                "{}",
                subject.id()
            );
            let selection = decode(pack, &["open=", subject.id()].concat());
            assert_eq!(selection.open, Some(subject.row()), "{}", subject.id());
            assert_eq!(decode(pack, &encode(pack, &selection)), selection);
        }
    }
    black_box(data::csv_file(whole));
    assert!(data::json_file(dataset, &mut Vec::new()).is_ok());
}

/// Datasets that obey every rule.
struct Shipped {
    /// The one that the crate is built with, and two small ones.
    packs: [Pack; 3],
    /// A split one that all of its parts have come to, and these.
    split: (Pack, Vec<Vec<u8>>),
}

fn shipped() -> &'static Shipped {
    static SHIPPED: OnceLock<Shipped> = OnceLock::new();
    SHIPPED.get_or_init(|| {
        let moons = moons();
        let split = packing::split(&moons);
        let moons = packed(&moons).expect("it can be packed");
        let bridges = opened(packing::split(&bridges())).expect("it can be packed");
        Shipped {
            packs: [Pack::embedded(), moons, bridges],
            split: (
                opened(split.clone()).expect("it can be opened"),
                split.parts,
            ),
        }
    })
}

fn root() -> &'static Path {
    // The fuzz package is within the one that is built; tests are that one's own.
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    if here.ends_with("fuzz") {
        here.parent().unwrap_or(here)
    } else {
        here
    }
}

/// A dataset of files.
pub fn moons() -> Dataset {
    read(&root().join("tests/datasets/good")).expect("it obeys every rule")
}

/// A dataset of a table.
pub fn bridges() -> Dataset {
    let table = fs::read(root().join("tests/datasets/tables/bridges.csv")).expect("it is there");
    let about = COLUMNS.replace("FILE", "table.csv");
    let folder = Folder::with(&[("table.csv", &table), ("dataset.toml", about.as_bytes())]);
    read(&folder.0).expect("it obeys every rule")
}

/// That an answer agrees with itself.
fn check_answer(pack: Pack, answer: &Answer) {
    let n = pack.n_subjects();
    assert_eq!(answer.shown().count(), answer.n_shown);
    assert!(answer.n_shown <= answer.n_found && answer.n_found <= n);
    assert_eq!(answer.order.len(), n);
}

/// Asks a dataset something, and something else afterwards.
fn ask(pack: Pack, selection: &Selection) {
    let mut engine = Engine::new(pack);
    let lock = Lock::default();
    black_box(lacks(pack, &lock, selection));
    check_answer(pack, &engine.answer(&lock, selection));
    let mut other = selection.clone();
    for sort in Sort::ALL.into_iter().filter(|it| it.is_of_use(pack)) {
        other.sort_by(pack, sort);
        check_answer(pack, &engine.answer(&lock, &other));
    }
    other.set(FINDING, 0, !other.has(FINDING, 0));
    for facet in pack.facets() {
        other.set(facet.row() + 1, 0, true);
        other.set(facet.row() + 1, facet.values().len() / 2, true);
    }
    other.set_as_of(pack, pack.last_day());
    check_answer(pack, &engine.answer(&lock, &other));
    for narrowing in [Narrowing::Text, Narrowing::Facet(FINDING)] {
        let drop = |it: &mut Selection| it.drop(narrowing);
        black_box(shown_instead(pack, &lock, &other, &drop));
    }
}

/// Reads all that there is in a pack, searches it, counts, and shows it in every way.
fn use_pack(pack: Pack, more: Pack, address: &str) {
    read_all(pack);
    read_all(more);
    let selection = decode(pack, address);
    black_box(encode(pack, &selection));
    let ids = ids(address);
    black_box(pack.lacks_ids(ids.iter().map(String::as_str)));
    let (lock, within) = decode_settings(pack, address);
    check_answer(pack, &answer_within(pack, &lock, &within));
    ask(pack, &selection);
    show(pack, more, &selection);
    let mut other = Selection {
        text: pack
            .subject(0)
            .map_or("東京 flght", Subject::name)
            .to_owned(),
        view: View::Map,
        open: pack.n_subjects().checked_sub(1),
        kind: None,
        ..selection
    };
    for subject in pack.subjects().take(3) {
        other.set_compared(subject.row(), true);
    }
    other.set_as_of(pack, pack.last_day());
    show(pack, more, &other);
    black_box(explorer(&Dataset::default(), pack, Spot::EXPLORER, &[]).explorer);
}

/// A selection in every form.
fn show(pack: Pack, more: Pack, selection: &Selection) {
    let answer = answer(pack, selection);
    check_answer(pack, &answer);
    for markup in [
        view::table::table(pack, selection, &answer),
        view::table::long_table(pack, selection, &answer),
        view::compare::compare(pack, selection, &answer),
        view::timeline::timeline(pack, more, selection, &answer),
        view::map::map(pack, more, selection, &answer),
        view::empty::empty(pack, selection, &answer),
        view::notes::notes(pack, selection, &answer, "https://example.org/"),
        view::long::first(pack, selection, &answer),
    ] {
        black_box(markup.into_string());
    }
    let mut page = Explorer::new(pack);
    page.replace(Trace::Step, selection.clone());
    page.have_more(Fetched::Here(more));
    "https://example.org/".clone_into(&mut page.around.address);
    (page.takes, page.print) = (true, Print::Begun);
    for markup in [
        view::finding_bar::shares(&page),
        view::long::tools(&page),
        view::other::compared(&page),
        view::other::other(&page),
        view::other::noted(&page),
        view::take::ways(&page),
    ] {
        black_box(markup.into_string());
    }
    for text in [
        page.changed.clone(),
        view::filters::done(&page),
        view::result_bar::filters(&page),
        view::result_bar::status(&page),
    ] {
        black_box(text);
    }
    for facet in pack.facets() {
        black_box(groups(facet));
        black_box(found(pack, facet, selection, &selection.text));
    }
    let shown = || answer.shown().filter_map(|it| pack.subject(it));
    let rows_shown = || shown().map(|it| row(pack, it, selection.as_of));
    black_box(csv_export::csv(&columns(pack), rows_shown()));
    black_box(json_export::json(&columns(pack), rows_shown()));
    black_box(text(pack, shown(), selection.as_of, "https://example.org/"));
    black_box(timeline(pack, more, selection, &answer));
    black_box(named(pack, Some(more), selection, &answer));
    black_box(between(pack, selection, &answer, pack.first_day()));
    let work = Work {
        publisher: pack.found_by(),
        title: pack.title(),
        part: pack.noun(),
        as_of: selection.as_of,
        updated: pack.updated(),
        address: "https://example.org/",
        key: pack.id(),
        words: pack.words(),
    };
    for style in Style::ALL {
        black_box(cite(&work, style));
    }
}

/// Reads all that there is in a pack.
fn read_all(pack: Pack) {
    black_box((pack.id(), pack.title(), pack.noun(), pack.nouns()));
    black_box((pack.found_by(), pack.frame(), pack.updated()));
    black_box(pack.publisher());
    let words = pack.words();
    black_box((pack.first_day().long(words), pack.last_day().iso()));
    black_box((pack.lang(), pack.dir(), pack.nouns_of(3)));
    // Nobody asks a pack for the others.
    for (word, ..) in Word::ALL.iter().take(LIVE) {
        black_box((words.text(*word), words.counted(*word, 11, &["a"])));
    }
    black_box([Has::Places, Has::Events, Has::Sources].map(|it| pack.has(it)));
    pack.kinds().for_each(|it| _ = black_box(it));
    pack.areas().for_each(|it| _ = black_box(it));
    for finding in pack.findings() {
        black_box((
            finding.id(),
            finding.label(),
            finding.tone(),
            finding.shape(),
        ));
    }
    for snapshot in pack.snapshots() {
        black_box((snapshot.id(), snapshot.label(), snapshot.day().long(words)));
    }
    for it in pack.happenings() {
        black_box((
            it.subject(),
            it.day().parts(),
            it.date(),
            it.kind(),
            it.finding(),
        ));
        black_box((it.id(), it.summary(), it.citation()));
    }
    for facet in pack.facets() {
        black_box((
            facet.id(),
            facet.label(),
            facet.values().collect::<Vec<_>>(),
        ));
        black_box((facet.parts().count(), facet.totals().sum::<usize>()));
        for combination in 0..facet.n_combinations() {
            black_box(facet.total_of(combination));
            black_box(facet.members(combination).count());
        }
        for subject in pack.subjects() {
            black_box(facet.values_of(subject.row()).count());
        }
    }
    for field in pack.fields() {
        black_box((field.id(), field.label(), field.is_on_card()));
    }
    for subject in pack.subjects() {
        black_box((pack.has_texts(subject.row()), pack.place_of(subject.row())));
        black_box((subject.id(), subject.name(), subject.place()));
        black_box((subject.rank_of_place(), subject.n_sources()));
        black_box((subject.n_events(), subject.n_events_by(pack.last_day())));
        black_box(subject.last_event_on(pack.default_day()));
        for field in pack.fields() {
            black_box(field.of(subject));
        }
        for step in subject.steps() {
            black_box((step.day(), step.finding().id(), step.kind(), step.summary()));
            black_box((
                step.citation(),
                step.qualification(),
                step.to(),
                step.reply_by(),
            ));
            black_box(subject.since(step.day()));
        }
    }
    for part in 0..4 {
        black_box(pack.part_name(part));
    }
    for holds in [
        Holds::Columns,
        Holds::Words,
        Holds::Rows,
        Holds::Lists,
        Holds::Ids,
    ] {
        black_box(pack.lacks(holds, 0..pack.n_subjects()));
    }
    black_box((pack.absent(), pack.lacks_texts(0..pack.n_subjects())));
    black_box(pack.subject_with_id("titan"));
    let days = pack.step_days();
    for pair in days.windows(2).take(4) {
        black_box(told(pack, &differences(pack, pair[0], pair[1])));
    }
    let subjects: Vec<_> = pack.subjects().take(4).collect();
    black_box(rows(pack, &subjects, pack.last_day()));
    for word in ["", "a", "titan", "brdge"] {
        black_box(pack.index().beginning(word));
        black_box(pack.index().resembling(word));
    }
}
