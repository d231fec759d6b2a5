//! The words of the interface, in every language that it has.
//!
//! [`Word`] lists them once; their texts are in `src/language/`, a file a language, each under its
//! word's name with hyphens. `src/dataset/wording.rs` reads those files natively and makes a block of
//! bytes of each. [`Words`] reads such a block in place: the one of all words where pages are written,
//! and in the browser the one in the page's pack, which has the words that the browser needs, in the
//! page's own language. So the WASM has no words of its own.
//!
//! The command for authors speaks English, and so do its problems.

macro_rules! words {
    ($($(#[$doc:meta])* $word:ident $(($($place:ident),+))?,)*) => {
        /// A word or a sentence of the interface.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u16)]
        #[allow(missing_docs, reason = "src/language/en.toml has what each says")]
        pub enum Word { $($(#[$doc])* $word),* }

        impl Word {
            /// Every word in the order of the blocks, its name, and the names of what is filled in.
            pub const ALL: &'static [(Self, &'static str, &'static [&'static str])] = &[
                $((Self::$word, stringify!($word), &[$($(stringify!($place)),+)?]),)*
            ];
        }
    };
}

words! {
    // The browser needs these; those after `Language` are only written.

    // Lists, numbers and dates.
    /// The months' names, January first, with `|` between them.
    Months,
    DateLong(day, month, year),
    DateMonth(month, year),
    /// As a citation has it between brackets.
    DateYearFirst(day, month, year),
    /// What stands between thousands.
    GroupMark,
    /// What stands between the entries of a list.
    Comma,
    /// The same, where entries may have commas.
    Semicolon,
    // The day.
    /// Over the field with the day that findings are asked for.
    AsOf,
    /// A clause that begins a line or a sentence.
    AsOfDay(date),
    /// The end of a clause.
    AsOfEnd(date),
    Date,
    EarlierChange,
    LaterChange,
    Between(from, to, told),
    /// What is told where no finding differs between two days.
    NoneBecame,
    FromTo(who, before, after),
    AfterDay(date),
    /// The end of a clause.
    SinceDay(date),
    // Findings.
    Finding,
    /// Within a sentence.
    NoFinding,
    NoFindingYet,
    WhatFound(by),
    /// Beside a card's finding: what it was on the day that the reader came from.
    WasBefore(finding),
    WasLater(finding),
    // Columns, orders and points to compare.
    Name,
    /// What a pack has for it is filled in with the first facet's label.
    KindAndPlace(facet),
    Since,
    LastEvent,
    Sources,
    /// A link to a passage of a source that was named before, where nothing tells where in it that is.
    AnotherPassage,
    /// Of a whole record, whatever the day.
    SourcesInAll,
    BestMatch,
    /// The kind of event that set a finding.
    SetBy,
    WhatHappened,
    Also,
    /// The addressee.
    To,
    ReplyBy,
    EventsSoFar,
    // Views.
    View,
    Cards,
    Table,
    Timeline,
    Map,
    // Cards.
    FoundInRecord,
    History,
    /// Ends “History”, unseen.
    OfName(name),
    NEvents(n),
    NSources(n),
    Compare,
    /// Why a card can't be chosen to compare.
    FourChosen,
    Link,
    /// Ends “Link”, unseen.
    ToName(name),
    WholeRecord,
    /// What stands under a history that came from its record's page.
    RecordToEnd(date),
    /// The same, where the history stood there before.
    RestToEnd(date),
    // Search, filters and the result.
    Search,
    SearchHint,
    Filters,
    FiltersN(n),
    /// Closes the sheet of filters.
    ShowN(n, nouns),
    /// Under the first of many values of a facet.
    FoundOf(n, all),
    NoneHasWords,
    /// Beside what is to be opened.
    NChosen(n),
    /// The result count. It begins with the number shown.
    Shown(n, all, nouns),
    /// Goes on after the result count.
    NCompared(n),
    /// The same.
    StillLoading,
    /// The same.
    StillRefused,
    ClearAll,
    SortBy,
    NoneFits(noun, as_of),
    /// Takes away one thing that narrows the page; then so many are shown.
    DropIt(label, n),
    /// Instead, where there was no finding of anything yet.
    NothingByThen,
    /// Leads to another day; then so many are shown.
    GoTo(label, n),
    // Loading.
    Loading,
    /// The name of a card that is still to come.
    LoadingCard,
    RestRefused,
    PartRefused,
    ViewRefused,
    // Long lists.
    EndOfList,
    /// Leads readers without scripts to the pages of the list.
    AllPages(n, nouns),
    PastList,
    NarrowToPrint(n),
    ShowAllList(n),
    /// On paper.
    OnlyPart(n, nouns),
    /// On paper, after the last one.
    ShowAllPrint,
    // The map and the timeline.
    MapOf(nouns),
    MapHasFirst(n, all, nouns),
    /// Whose events the timeline shows.
    Whose,
    AllShown(n),
    KindOfEvent,
    /// All kinds of event; all of a column of numbers.
    All,
    FirstEvents(n, all),
    /// What concerns no subject alone.
    National,
    OfThoseShown,
    /// Under all that is older.
    ToYear(year),
    // Comparing.
    SideBySide,
    ChooseMore(nouns, name),
    Differing,
    StopComparing,
    Remove,
    /// Says the sign ≠, unseen.
    Differs,
    // Taking along.
    TakeAlong,
    Done,
    SaveCsv,
    SaveJson,
    CopyText,
    CopyLink,
    Share,
    Print,
    EmbedThis,
    CiteIt,
    Copy,
    Saved,
    Copied,
    NoCopy,
    // Citations.
    /// In place of the date of what has none.
    NoDate,
    /// In a citation of the APA's form.
    CiteAsOf(date),
    /// In a citation of the APA's form: before the whole that something is a part of.
    CiteIn,
    /// The same: what kind of work it is.
    CiteDataSet,
    LastModified(date),
    AsOfModified(as_of, modified),

    // Facets.
    FindValue,
    FindValueOf(label),
    /// Opens the parts of a value, as the months of a year.
    Within(label),
    /// Opens the rest of a facet's values.
    NMore(n),
    /// What is told where a day was asked for that isn't one of the record's.
    NoSuchDay(from, to),
    // What the reader of a dataset fills in.
    /// The language's own name.
    Language,
    DecimalMark,
    /// Two kinds of one subject.
    And(first, rest),
    /// What one subject is called where the dataset doesn't say.
    Entry,
    Entries,
    /// The snapshot of the last day.
    Latest,
    /// Ends what kind an event is of.
    Corrected,
    SourcesDiffer(amounts),
    Money,
    /// The numbers below one.
    Under(n),
    /// Both belong to the range.
    NumberTo(from, to),
    /// The second doesn't belong to the range.
    NumberToUnder(from, to),
    OrMore(n),
    Yes,
    No,
    // The head and the foot of the page.
    Updated(date),
    CopyOf(address),
    CopyUpdated(address, date),
    BehindFacts,
    Corrections,
    WhatChanged,
    AboutFacts,
    WhatMean,
    HowCollected,
    TheData,
    /// Names the files with everything.
    FilesOfAll(csv, json),
    /// Leads to what explains them.
    WhatIsInThem,
    /// The same, with the one file that has the site.
    FilesAndSite(csv, json, file),
    OneFile,
    DataUnder(licence),
    CodeUnder(licence),
    // What is said where scripts are off or fail.
    SkipToFacts,
    ScriptsOff,
    ScriptsOffFindings(day),
    /// Goes on after either, in the one file that has every page.
    HistoriesNeed,
    CouldntStart,
    CouldntStartFindings,
    /// In the one file, where the rest can't be unpacked.
    CouldntStartShown,
    CouldntStartShownFindings,
    /// Before the name of the one file.
    FromFolder,
    /// After it.
    FromFolderEnd,
    NeedsScripts(name),
    EmbedFailed,
    // The compact form.
    ShowAll,
    ShowAllN(n),
    ShowFirstN(n),
    EmbedHasFirst(n, all, nouns),
    ViewFull,
    // Pages of a long list.
    AllNouns(n, nouns),
    PageOf(page, n),
    ListTitle(nouns, page, n),
    PagesOfList,
    PreviousPage,
    NextPage,
    // Histories and sources.
    WholeRecordOf(name),
    LawsNamedList(policies),
    LawsNamed,
    Quoted(text),
    /// Behind a source, or where in it: it has the words of the quote above.
    HasQuote,
    /// The style has it, before what is said of how sure an event is.
    LessCertain,
    LinkToThis(what),
    CorrectedOn(date),
    /// Whether the archive has a copy, nobody knows before looking.
    ArchivedCopyOf(what),
    Archived,
    ArchivedCopy,
    /// What is to be known of a source.
    Advocacy,
    /// The same.
    Partisan,
    /// The same.
    SecondHand,
    Supports(what),
    // A subject's record.
    AtEnd(outcome),
    Facts,
    Record,
    Records,
    Statements,
    CourtCases,
    WhereDiffer,
    ThisRecord,
    CiteRecord,
    Cite,
    ReportError,
    Findings,
    LatestAsOf(date, finding),
    /// Goes on after the latest.
    OnSnapshot(date, label, finding),
    /// In the same sentence.
    NoFindingStill,
    /// Beside a finding.
    SinceThen(date),
    FiscalYear,
    Amount,
    ReportedBy,
    NotStated,
    Outcome,
    ShownHere,
    Besides,
    Before(name),
    Next(name),
    AllOf(nouns),
    // The pages behind the facts.
    AboutStandfirst,
    AboutDescription,
    HowReport,
    /// With findings; the feed may be missing.
    ChangesLink(link, feed),
    /// Without findings.
    CorrectionsLink(link, feed),
    AlsoFeed(feed),
    /// In that sentence.
    FeedLink,
    /// The works of others that a program has in itself.
    Notices,
    Feed,
    CiteFacts,
    NotKnown,
    HappenedNationally,
    /// Instead of `KindAndPlace`, where a place is all there is.
    Place,
    NationalEvents,
    EverySource,
    NewestChanges(n, all),
    ChangesStandfirst,
    /// Without findings.
    ChangesStandfirstBare,
    ChangesDescription,
    /// Without findings.
    ChangesDescriptionBare,
    NothingChanged,
    FoundAnew(before, after),
    FirstFinding(finding),
    CorrectionsStandfirst,
    CorrectionsDescription,
    NothingHere,
    NothingHereStandfirst,
    NewestFirst,
    NothingCorrected,
    /// How to report an error; the last sentence says to whom.
    SayWhich(whom),
    WriteTo(whom),
    WriteToPublisher,
    WhatMarked,
    Correction,
    ItSaid,
    ItSays,
    Why,
    // What machines and other sites are told.
    /// What the dataset is, where it doesn't say.
    Described(title, n, nouns),
    FindingBy(finding, by),
    FoundOn(name, finding, date, summary),
    ChangedFromTo(name, before, after),
    CorrectionOf(what),
    SaidSaysWhy(said, says, why),
    /// At the foot of the picture for shared links.
    SourceOfEvery(n, all, nouns),
    /// The same, without findings.
    CountOf(n, nouns),
    HadFound(by),
    /// Ends it, where there is a day.
    FoundByDay(found, date),
    // The scripts beside the page.
    /// A button that was pressed.
    HasCopied,
    NewerHere,
    UseIt,
    StillComing,
    // The dialog that writes embed codes.
    EmbedCode,
    PartTitle,
    PartStandfirst,
    PartFacts,
    Everything,
    ChosenNow(what),
    Only(name),
    WhatItShows,
    How,
    CardsBefore,
    Theme,
    ThemeAuto,
    ThemeLight,
    ThemeDark,
    OwnAccent,
    Accent,
    Parts,
    Code,
    KindFrame,
    KindScript,
    KindElement,
    CopyCode,
    Preview,
    PreviewAt,
    Pixels(n),
    Measuring,
    Measured,
    /// Where the host of the site doesn't say that others may read it.
    ElementRefused,
    CopyByHand,
    NoPreview,
}

/// The number of words that the browser needs: those before the first that is only written.
pub const LIVE: usize = Word::Language as usize;

/// A language that the interface has words in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum Language {
    /// English.
    #[default]
    En = 0,
    /// Spanish.
    Es = 1,
    /// Arabic.
    Ar = 2,
}

impl Language {
    /// Every language.
    pub const ALL: [Self; 3] = [Self::En, Self::Es, Self::Ar];

    /// Its tag (BCP 47), which is also the name of its file.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Es => "es",
            Self::Ar => "ar",
        }
    }

    /// The language of a tag, as `es` and `es-MX` are Spanish.
    pub fn of(tag: &str) -> Option<Self> {
        let primary = tag.split('-').next().unwrap_or("");
        Self::ALL
            .into_iter()
            .find(|it| it.tag().eq_ignore_ascii_case(primary))
    }

    /// Which form a whole number takes: the rules of CLDR for cardinals
    /// (<https://cldr.unicode.org/index/cldr-spec/plural-rules>).
    pub const fn plural(self, n: usize) -> Plural {
        match (self, n) {
            (Self::En | Self::Es | Self::Ar, 1) => Plural::One,
            (Self::Es, n) if n > 0 && n.is_multiple_of(1_000_000) => Plural::Many,
            (Self::En | Self::Es, _) => Plural::Other,
            (Self::Ar, 0) => Plural::Zero,
            (Self::Ar, 2) => Plural::Two,
            (Self::Ar, n) => match n % 100 {
                3..=10 => Plural::Few,
                11..=99 => Plural::Many,
                _ => Plural::Other,
            },
        }
    }

    /// The forms that whole numbers take in it.
    pub const fn plurals(self) -> &'static [Plural] {
        match self {
            Self::En => &[Plural::One, Plural::Other],
            Self::Es => &[Plural::One, Plural::Many, Plural::Other],
            Self::Ar => &Plural::ALL,
        }
    }
}

/// A form that words take after numbers: CLDR's categories. A text with several forms has before each
/// the byte of its category.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
#[allow(missing_docs, reason = "the names are CLDR's")]
pub enum Plural {
    Zero = 1,
    One = 2,
    Two = 3,
    Few = 4,
    Many = 5,
    Other = 6,
}

impl Plural {
    /// Every form.
    pub const ALL: [Self; 6] = [
        Self::Zero,
        Self::One,
        Self::Two,
        Self::Few,
        Self::Many,
        Self::Other,
    ];

    /// CLDR's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Zero => "zero",
            Self::One => "one",
            Self::Two => "two",
            Self::Few => "few",
            Self::Many => "many",
            Self::Other => "other",
        }
    }
}

/// What stands in a block for the first thing that is filled in; the next ones follow it.
pub const PLACE: u8 = 0x10;

/// One form of a text that has several; of one that has no such form, the last one, which is
/// [`Plural::Other`].
pub fn form(text: &str, plural: Plural) -> &str {
    let mut rest = text;
    loop {
        let end = rest.bytes().skip(1).position(is_form);
        let end = end.map_or(rest.len(), |it| it + 1);
        let mark = rest.bytes().next().unwrap_or(0);
        let own = rest.get(usize::from(is_form(mark))..end).unwrap_or("");
        if mark == plural as u8 || end == rest.len() {
            return own;
        }
        rest = rest.get(end..).unwrap_or("");
    }
}

const fn is_form(byte: u8) -> bool {
    byte <= Plural::Other as u8
}

/// A text with its places filled in, added to another.
fn put(text: &str, with: &[&str], into: &mut String) {
    for letter in text.chars() {
        match with.get((letter as usize).wrapping_sub(PLACE.into())) {
            Some(filled) => into.push_str(filled),
            None => into.push(letter),
        }
    }
}

/// The words of one language: a block of bytes that is read in place. docs/contracts/pack.md has its
/// layout. What it hasn't got reads as an empty text.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Words(&'static [u8]);

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Words")
    }
}

impl Words {
    /// The words of a block.
    pub const fn new(block: &'static [u8]) -> Self {
        Self(block)
    }

    fn number(self, place: usize) -> usize {
        match self.0.get(place * 2..place * 2 + 2) {
            Some(&[low, high]) => u16::from_le_bytes([low, high]).into(),
            _ => 0,
        }
    }

    /// The language.
    pub fn language(self) -> Language {
        match self.number(0) {
            1 => Language::Es,
            2 => Language::Ar,
            _ => Language::En,
        }
    }

    /// A word as it is in the block, with its forms and its places.
    pub fn raw(self, word: Word) -> &'static str {
        let place = 1 + word as usize;
        // The first text begins where the last offset ends.
        if (place + 2) * 2 > self.number(1) {
            // What the browser shows natively, in a test, is made of its words alone as well.
            #[cfg(feature = "site")]
            debug_assert!(
                self.number(1) != (LIVE + 2) * 2,
                "{word:?} isn't among the words that the browser has: it belongs before `Word::Language`"
            );
            return "";
        }
        let bytes = self.0.get(self.number(place)..self.number(place + 1));
        std::str::from_utf8(bytes.unwrap_or(&[])).unwrap_or("")
    }

    /// A word that has nothing to fill in.
    pub fn text(self, word: Word) -> &'static str {
        self.raw(word)
    }

    /// A word with what is filled in, in the order in which [`Word`] names it.
    #[inline(never)]
    pub fn fill(self, word: Word, with: &[&str]) -> String {
        let mut filled = String::new();
        put(self.raw(word), with, &mut filled);
        filled
    }

    /// A word that has forms, for a number, with what is filled in.
    pub fn counted(self, word: Word, n: usize, with: &[&str]) -> String {
        let mut filled = String::new();
        put(form(self.raw(word), self.plural(n)), with, &mut filled);
        filled
    }

    /// Which form a number takes.
    pub fn plural(self, n: usize) -> Plural {
        self.language().plural(n)
    }

    /// The name of a month, 1 to 12; empty for any other number.
    pub fn month(self, month: u32) -> &'static str {
        let place = (month as usize).wrapping_sub(1);
        self.text(Word::Months).split('|').nth(place).unwrap_or("")
    }
}
