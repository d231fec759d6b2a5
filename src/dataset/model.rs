//! The files of a dataset, as authors write them.
//!
//! `docs/datasets.md` tells an author what each field means; the comments here say what a field is to
//! the rest of the program. Values that a rule speaks of are [`Spanned`], so that a problem can name
//! its line and column.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::OnceLock;

use serde::Deserialize;
use serde::de::{Deserializer, Error as _};
use toml::Spanned;

use super::date::{Date, When, number};
use super::indexing::Folding;
use super::language::{Language, Plural, Word, Words};
use super::passage;
use super::wording::{direction, words};

/// A whole dataset: every file of its folder.
#[derive(Debug, Default)]
pub struct Dataset {
    /// `dataset.toml`.
    pub about: About,
    /// `sources.toml`.
    pub sources: Vec<Source>,
    /// `subjects/<id>.toml`, in the order of their ids.
    pub subjects: Vec<Subject>,
    /// `timeline.toml`: events that belong to no single subject.
    pub timeline: Vec<Event>,
    /// `cases.toml`.
    pub cases: Vec<Case>,
    /// `disagreements.toml`.
    pub disagreements: Vec<Disagreement>,
    /// `corrections.toml`.
    pub corrections: Vec<Correction>,
    /// The words of the interface, where the build asks for others than those of the dataset's own
    /// language.
    pub interface: Option<Words>,
    /// What is asked for again and again, and takes going through all of the above.
    pub known: Known,
}

/// What a dataset is asked for again and again. Each is found out when it is first asked for, and stays:
/// subjects, facets and events are not changed after that.
#[derive(Debug, Default)]
pub struct Known {
    /// For each id of a source its place in the list.
    sources: OnceLock<HashMap<String, usize>>,
    /// The first and the last day.
    span: OnceLock<(Date, Date)>,
    /// The subjects' places in the list, in the order of their names, and for each id the place in
    /// that order.
    order: OnceLock<(Vec<usize>, HashMap<String, usize>)>,
    /// For each facet, for each id of a value its place.
    facets: OnceLock<Vec<HashMap<String, usize>>>,
}

impl Dataset {
    /// The words of the interface: those that the build asks for, or else those of the dataset's own
    /// language.
    pub fn words(&self) -> Words {
        self.interface.unwrap_or_else(|| self.own_words())
    }

    /// The words of the dataset's own language, for what is made from its data; English ones where there
    /// are none.
    pub fn own_words(&self) -> Words {
        words(Language::of(self.about.language()).unwrap_or_default())
    }

    /// The tag of the interface's language: the dataset's own, which may say more, where that is the
    /// same language.
    pub fn page_language(&self) -> &str {
        let language = self.words().language();
        let own = self.about.language();
        if Language::of(own) == Some(language) {
            own
        } else {
            language.tag()
        }
    }

    /// The tag of the dataset's own language, where the interface has another, and the direction of its
    /// text, where the interface has the other.
    pub fn own_language(&self) -> (Option<&str>, Option<&'static str>) {
        let (own, page) = (self.about.language(), self.page_language());
        let dir = direction(own);
        (
            Some(own).filter(|it| *it != page),
            Some(dir).filter(|it| *it != direction(page)),
        )
    }

    /// The source with this id.
    pub fn source(&self, id: &str) -> Option<&Source> {
        let is_it = |it: &&Source| it.id.get_ref() == id;
        let places = self.known.sources.get_or_init(|| {
            let numbered = self.sources.iter().enumerate().rev();
            numbered
                .map(|(place, it)| (it.id.get_ref().clone(), place))
                .collect()
        });
        let known = places.get(id).and_then(|it| self.sources.get(*it));
        // The list may have changed since.
        known
            .filter(is_it)
            .or_else(|| self.sources.iter().find(is_it))
    }

    /// The link to what a citation cites: the passage, where it names one. Empty where there is no
    /// such source.
    pub fn link(&self, citation: &Citation) -> String {
        let source = self.source(citation.source.get_ref());
        source.map_or_else(String::new, |it| it.link(citation))
    }

    /// The words for an event's kind; empty where there is no such kind.
    pub fn kind(&self, event: &Event) -> &str {
        let kinds = &self.about.event_kind;
        let kind = kinds
            .iter()
            .find(|it| it.id.get_ref() == event.kind.get_ref());
        kind.map_or("", |it| &it.label)
    }

    /// The day that a snapshot names; `latest` is the last day of any event, and so is every later one, by which
    /// nothing else had happened.
    pub fn snapshot_day(&self, snapshot: &Snapshot) -> Date {
        match snapshot.date.get_ref().as_str() {
            "latest" => self.last_day(),
            date => Date::parse(date).unwrap_or_default().min(self.last_day()),
        }
    }

    /// Every event: of the subjects, then of the timeline.
    pub fn events(&self) -> impl Iterator<Item = &Event> {
        self.subjects
            .iter()
            .flat_map(|it| &it.event)
            .chain(&self.timeline)
    }

    /// An event by its id, wherever it stands, and the subject that it belongs to; one of the
    /// timeline or of a court case belongs to none.
    pub fn event(&self, id: &str) -> Option<(&Event, Option<&Subject>)> {
        let of_subjects = self
            .subjects
            .iter()
            .flat_map(|subject| subject.event.iter().map(move |it| (it, Some(subject))));
        let of_cases = self.cases.iter().flat_map(|it| &it.event);
        let others = self.timeline.iter().chain(of_cases).map(|it| (it, None));
        of_subjects.chain(others).find(|it| it.0.id.get_ref() == id)
    }

    /// Whether an event tells what a subject's card says from its day on: one that sets the finding
    /// or, in a dataset without findings, any.
    pub fn is_step(&self, event: &Event) -> bool {
        self.about.finding.is_empty() || event.finding.is_some()
    }

    /// Whether anything in it has a day.
    pub fn is_dated(&self) -> bool {
        self.last_day() != Date::default()
    }

    /// The subjects in the order of their names, as a search sees names.
    pub fn by_name(&self) -> Vec<&Subject> {
        let places = self.order().0.iter();
        places.filter_map(|it| self.subjects.get(*it)).collect()
    }

    /// The place of the subject with this id in that order, which is also its number in the pack.
    pub fn place_by_name(&self, id: &str) -> Option<usize> {
        self.order().1.get(id).copied()
    }

    fn order(&self) -> &(Vec<usize>, HashMap<String, usize>) {
        self.known.order.get_or_init(|| {
            let folding = Folding::default();
            let mut order: Vec<(usize, &Subject)> = self.subjects.iter().enumerate().collect();
            order.sort_by_cached_key(|it| (folding.words(it.1.name.get_ref()), it.1.id.clone()));
            let ids = order.iter().map(|it| it.1.id.clone());
            let places = ids.zip(0..).collect();
            (order.into_iter().map(|it| it.0).collect(), places)
        })
    }

    /// The facet whose labels stand before a subject's place: the first, where it is one of words.
    pub fn facet_of_place(&self) -> Option<&Facet> {
        let facet = self.about.facet.first();
        facet.filter(|it| matches!(it.kind, FacetType::Category | FacetType::Categories))
    }

    /// The labels of what a subject has of a facet, by its place in the list, in the file's order.
    pub fn labels(&self, facet: usize, subject: &Subject) -> Vec<&str> {
        let all = self.known.facets.get_or_init(|| {
            let places = |it: &Facet| {
                let ids = it.values.iter().map(|it| it.id.get_ref().clone());
                ids.zip(0..).collect()
            };
            self.about.facet.iter().map(places).collect()
        });
        let (Some(facet), Some(places)) = (self.about.facet.get(facet), all.get(facet)) else {
            return Vec::new();
        };
        let ids = subject.values(facet.id.get_ref()).into_iter();
        let values = ids.filter_map(|it| facet.values.get(*places.get(it)?));
        values.map(|it| it.label.as_str()).collect()
    }

    /// The first day on which anything happened.
    pub fn first_day(&self) -> Date {
        self.span().0
    }

    /// The last day that a page can be asked for, on which something is known to have happened: of what is known only
    /// by its month or year, the first. Without a scale nobody asks as of a day, the page has all that the data has,
    /// and those count to their ends.
    pub fn last_day(&self) -> Date {
        self.span().1
    }

    fn span(&self) -> (Date, Date) {
        *self.known.span.get_or_init(|| {
            let dates = || self.events().map(|it| it.date.get_ref());
            let first = dates().filter(|it| !it.is_unsaid());
            let first = first.map(PartialDate::first_day).min();
            let last = if self.about.finding.is_empty() {
                dates().map(PartialDate::last_day).max()
            } else {
                dates().map(PartialDate::first_day).max()
            };
            (first.unwrap_or_default(), last.unwrap_or_default())
        })
    }
}

/// `dataset.toml`: the dataset's own words and scales.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[allow(missing_docs, reason = "docs/datasets.md documents each field")]
pub struct About {
    /// Filled in by the reader where the file doesn't say it: the folder's name.
    #[serde(default)]
    pub id: String,
    /// The tag of the language that the dataset is written in; see [`About::language`].
    pub language: Option<Spanned<String>>,
    #[serde(default)]
    pub kicker: String,
    /// Filled in by the reader where the file doesn't say it: the folder's name, in words.
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub standfirst: String,
    pub updated: Option<Spanned<String>>,
    pub contact: Option<Spanned<String>>,
    /// Who publishes the site; empty where the file doesn't say it.
    #[serde(default)]
    pub publisher: String,
    pub map: Option<Spanned<String>>,
    #[serde(default)]
    pub noun: Noun,
    #[serde(default)]
    pub found_by: String,
    /// What the money of `subjects/<id>.toml` is.
    pub money_label: Option<String>,
    pub table: Option<Table>,
    #[serde(default)]
    pub field: Vec<Field>,
    #[serde(default)]
    pub finding: Vec<Finding>,
    #[serde(default)]
    pub facet: Vec<Facet>,
    #[serde(default)]
    pub snapshot: Vec<Snapshot>,
    #[serde(default)]
    pub event_kind: Vec<EventKind>,
    #[serde(default)]
    pub background: Vec<Background>,
    #[serde(default)]
    pub method: Method,
    #[serde(default)]
    pub licence: Licence,
    #[serde(default)]
    pub credit: Vec<Credit>,
}

impl About {
    /// The tag of the language that the dataset is written in; English where it doesn't say.
    pub fn language(&self) -> &str {
        let said = self.language.as_ref();
        said.map_or(Language::En.tag(), |it| it.get_ref())
    }

    /// Who publishes the site, where somebody has to be named: its title where nobody is.
    pub fn publisher_or_title(&self) -> &str {
        if self.publisher.is_empty() {
            &self.title
        } else {
            &self.publisher
        }
    }
}

/// A file of rows, one subject each. Each field but `file` names a column of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "docs/datasets.md documents each field")]
pub struct Table {
    /// The file, beside `dataset.toml`: `.csv` or `.json` (a list of objects).
    pub file: Spanned<String>,
    /// Without it, ids are made from the names ([`super::slug`]).
    pub id: Option<Spanned<String>>,
    pub name: Spanned<String>,
    pub place: Option<Spanned<String>>,
    pub summary: Option<Spanned<String>>,
    /// The address of what supports the row.
    pub link: Option<Spanned<String>>,
    /// Who published what the link leads to; without it, the link's host.
    pub source: Option<Spanned<String>>,
    /// The id or the label of a finding.
    pub finding: Option<Spanned<String>>,
    /// The day of the finding, or of what the row tells.
    pub date: Option<Spanned<String>>,
    pub latitude: Option<Spanned<String>>,
    pub longitude: Option<Spanned<String>>,
}

/// A further fact of each subject: its words on the page, and the column that it comes from.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[allow(missing_docs, reason = "docs/datasets.md documents each field")]
pub struct Field {
    pub id: Spanned<String>,
    pub label: String,
    /// Without it, the column with the field's id.
    pub column: Option<Spanned<String>>,
    /// Whether the card shows it, too, and not only the record.
    #[serde(default)]
    pub on_card: bool,
}

/// What a subject is called on the page.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Noun {
    /// “jurisdiction”.
    pub one: String,
    /// “jurisdictions”.
    pub many: String,
    /// What they are called after numbers, where the language has more forms than two.
    #[serde(default)]
    pub counted: Counted,
    /// Whether the file doesn't say it.
    #[serde(skip)]
    pub is_unsaid: bool,
}

/// The forms of a noun after numbers, by CLDR's categories.
#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the names are CLDR's")]
pub struct Counted {
    pub zero: Option<String>,
    pub two: Option<String>,
    pub few: Option<String>,
    pub many: Option<String>,
    pub other: Option<String>,
}

impl Default for Noun {
    fn default() -> Self {
        Self::entry(words(Language::En))
    }
}

impl Noun {
    /// What one is called where the dataset doesn't say.
    pub fn entry(words: Words) -> Self {
        Self {
            one: words.text(Word::Entry).to_owned(),
            many: words.text(Word::Entries).to_owned(),
            counted: Counted::default(),
            is_unsaid: true,
        }
    }

    /// The noun after a number that takes a form. What isn't said is taken from the next of the forms
    /// like it, and at last from the plural.
    pub fn form(&self, plural: Plural) -> &str {
        let Counted {
            zero,
            two,
            few,
            many,
            other,
        } = &self.counted;
        let said = match plural {
            Plural::Zero => zero.as_ref().or(other.as_ref()),
            Plural::One => Some(&self.one),
            Plural::Two => two.as_ref().or(few.as_ref()),
            Plural::Few => few.as_ref(),
            Plural::Many => many.as_ref().or(other.as_ref()),
            Plural::Other => other.as_ref(),
        };
        said.unwrap_or(&self.many)
    }

    /// The noun after a number, in a language's forms.
    pub fn of(&self, n: usize, words: Words) -> &str {
        self.form(words.plural(n))
    }

    /// Every form after the byte of its category, where there are more than two; empty elsewhere.
    pub fn packed(&self) -> String {
        if self.counted == Counted::default() {
            return String::new();
        }
        let mut forms = String::new();
        for it in Plural::ALL {
            forms.push(char::from(it as u8));
            forms.push_str(self.form(it));
        }
        forms
    }
}

/// One value of the findings scale. The order in the file is the order of the scale.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "docs/datasets.md documents each field")]
pub struct Finding {
    pub id: Spanned<String>,
    pub label: String,
    pub tone: Spanned<String>,
    pub shape: Spanned<String>,
    /// Empty where it isn't said.
    #[serde(default)]
    pub definition: String,
}

/// A way to filter subjects.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[allow(missing_docs, reason = "docs/datasets.md documents each field")]
pub struct Facet {
    pub id: Spanned<String>,
    pub label: String,
    /// What its values are; `FacetType::Category` where it isn't said.
    #[serde(default, rename = "type")]
    pub kind: FacetType,
    /// Without it, the column with the facet's id.
    pub column: Option<Spanned<String>>,
    /// What stands between several values in one cell; `;` where it isn't said.
    pub separator: Option<Spanned<String>>,
    /// Where one range of numbers ends and the next begins; without it, round numbers that cut the
    /// subjects into parts of like size.
    #[serde(default = "none")]
    pub breaks: Spanned<Vec<f64>>,
    /// How values are ordered that the file doesn't list.
    #[serde(default)]
    pub order: Option<FacetOrder>,
    /// The values in their order. Where the file lists none the reader fills them in from the data
    /// ([`super::facets`]), and always for numbers and dates.
    #[serde(default)]
    pub values: Vec<Value>,
}

/// What a facet's values are.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum FacetType {
    /// One of some words.
    #[default]
    Category,
    /// Any number of some words.
    Categories,
    /// A number, filtered by ranges.
    Number,
    /// A date, filtered by year and, within it, by month.
    Date,
    /// A place, filtered by what is before its first `/`, and within it by the whole.
    Place,
    /// Yes or no.
    YesNo,
}

/// How the values of a facet that come from the data are ordered.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum FacetOrder {
    /// By their words.
    Label,
    /// The most frequent first.
    Count,
}

/// One value of a facet.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "docs/datasets.md documents each field")]
pub struct Value {
    pub id: Spanned<String>,
    pub label: String,
    /// Whether it is a part of the last value before it that isn't, as a month is of its year: who
    /// has it has that one, too. Filled in by the reader.
    #[serde(skip)]
    pub is_part: bool,
}

/// A named date. The first in the file is the one the page opens at.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "docs/datasets.md documents each field")]
pub struct Snapshot {
    pub id: Spanned<String>,
    pub label: String,
    /// A date, or `latest`.
    pub date: Spanned<String>,
}

/// A kind of event and its words on the page.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "docs/datasets.md documents each field")]
pub struct EventKind {
    pub id: Spanned<String>,
    pub label: String,
}

/// What a reader needs to know before the cards make sense.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "docs/datasets.md documents each field")]
pub struct Background {
    pub label: String,
    pub text: String,
    pub cite: Spanned<Vec<Citation>>,
}

/// How the facts were collected and checked.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[allow(missing_docs, reason = "docs/datasets.md documents each field")]
pub struct Method {
    pub collected: String,
    pub checked: String,
    pub as_of: String,
    #[serde(default)]
    pub open_questions: Vec<String>,
}

/// Under what terms data and code may be used.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[allow(missing_docs, reason = "docs/datasets.md documents each field")]
pub struct Licence {
    pub data: String,
    pub data_url: Option<Spanned<String>>,
    pub code: String,
}

/// Who else has a part in the dataset.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "docs/datasets.md documents each field")]
pub struct Credit {
    pub text: String,
    pub url: Option<Spanned<String>>,
}

/// A document that supports facts.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[allow(missing_docs, reason = "docs/datasets.md documents each field")]
pub struct Source {
    pub id: Spanned<String>,
    pub title: String,
    pub publisher: String,
    pub url: Spanned<String>,
    pub date: Option<Spanned<PartialDate>>,
    pub kind: Spanned<String>,
    #[serde(default)]
    pub public_domain: bool,
    pub caution: Option<Spanned<String>>,
    pub note: Option<String>,
    /// Whether it is a row's own, and not of `sources.toml`. Filled in by the reader; its kind is
    /// empty then, and lists of all sources leave it out.
    #[serde(skip)]
    pub is_of_row: bool,
}

impl Source {
    /// The link to what a citation of it cites: the passage, where it names one.
    pub fn link(&self, citation: &Citation) -> String {
        passage::link(
            self.url.get_ref(),
            citation.from.as_deref(),
            citation.to.as_deref(),
        )
    }
}

/// What a field is that the file doesn't have, and that stands nowhere.
fn none<T: Default>() -> Spanned<T> {
    Spanned::new(0..0, T::default())
}

/// Two numbers, and no third that nobody would see.
fn two<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<[f64; 2]>, D::Error> {
    let numbers = Vec::deserialize(deserializer)?;
    let two = <[f64; 2]>::try_from(numbers);
    two.map(Some)
        .map_err(|it| D::Error::invalid_length(it.len(), &"an array of length 2"))
}

/// What one card is about.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[allow(missing_docs, reason = "docs/datasets.md documents each field")]
pub struct Subject {
    /// The file's name without its ending; filled in by the reader.
    #[serde(skip)]
    pub id: String,
    /// The row of the table that it comes from, as a spreadsheet counts them; filled in by the
    /// reader.
    #[serde(skip)]
    pub row: Option<u32>,
    pub name: Spanned<String>,
    pub full_name: Option<String>,
    #[serde(default)]
    pub place: String,
    pub census_code: Option<String>,
    #[serde(default, deserialize_with = "two")]
    pub coordinates: Option<[f64; 2]>,
    pub note: Option<String>,
    #[serde(default)]
    pub policies: Vec<String>,
    pub outcome: Option<String>,
    /// As the file has them; the reader turns them into ids of the facet's values.
    #[serde(default)]
    pub facets: BTreeMap<Spanned<String>, Vec<Spanned<String>>>,
    /// The further facts, by the ids of the dataset's fields.
    #[serde(default)]
    pub fields: BTreeMap<Spanned<String>, Spanned<String>>,
    #[serde(default)]
    pub money: Vec<Money>,
    #[serde(default)]
    pub event: Vec<Event>,
}

impl Subject {
    /// The file that it comes from, within the dataset.
    pub fn file(&self, about: &About) -> String {
        match &about.table {
            Some(table) if self.row.is_some() => table.file.get_ref().clone(),
            _ => format!("subjects/{}.toml", self.id),
        }
    }

    /// The ids of the subject's values in a facet, in the file's order.
    pub fn values(&self, facet: &str) -> Vec<&str> {
        let (_, values) = self
            .facets
            .iter()
            .find(|it| it.0.get_ref() == facet)
            .unzip();
        values
            .into_iter()
            .flatten()
            .map(|it| it.get_ref().as_str())
            .collect()
    }

    /// Every citation of the subject's file.
    pub fn citations(&self) -> impl Iterator<Item = &Citation> {
        self.event
            .iter()
            .flat_map(Event::citations)
            .chain(self.money.iter().flat_map(|it| it.cite.get_ref()))
    }

    /// The number of different sources that the subject's file cites.
    pub fn n_sources(&self) -> usize {
        let mut ids: Vec<&str> = self
            .citations()
            .map(|it| it.source.get_ref().as_str())
            .collect();
        ids.sort_unstable();
        ids.dedup();
        ids.len()
    }
}

/// A reported figure of money.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[allow(missing_docs, reason = "docs/datasets.md documents each field")]
pub struct Money {
    pub fiscal_year: Option<u32>,
    pub amount: String,
    pub usd: Option<u64>,
    #[serde(default)]
    pub on_card: bool,
    pub note: Option<String>,
    pub cite: Spanned<Vec<Citation>>,
}

/// Something dated in a history. It may set the finding.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[allow(missing_docs, reason = "docs/datasets.md documents each field")]
pub struct Event {
    pub id: Spanned<String>,
    pub date: Spanned<PartialDate>,
    pub kind: Spanned<String>,
    pub finding: Option<Spanned<String>>,
    pub summary: String,
    pub qualification: Option<Qualification>,
    pub to: Option<String>,
    pub reply_by: Option<Spanned<String>>,
    pub quote: Option<Spanned<Quote>>,
    pub confidence: Option<String>,
    pub note: Option<String>,
    pub cite: Spanned<Vec<Citation>>,
}

impl Event {
    /// What has the words of its quote: the citations that say so, or all where none does.
    pub fn citations_of_quote(&self) -> impl Iterator<Item = &Citation> {
        let all = self.cite.get_ref();
        let is_told = all.iter().any(|it| it.quote);
        all.iter().filter(move |it| it.quote || !is_told)
    }

    /// Every citation of the event, that of its qualification last.
    pub fn citations(&self) -> impl Iterator<Item = &Citation> {
        self.cite
            .get_ref()
            .iter()
            .chain(self.qualification.iter().map(|it| &it.cite))
    }
}

/// One plain sentence that a card adds where a finding was conditional or mixed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "docs/datasets.md documents each field")]
pub struct Qualification {
    pub text: String,
    pub cite: Citation,
}

/// Words that a named person or institution said.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "docs/datasets.md documents each field")]
pub struct Quote {
    pub text: String,
    #[serde(default)]
    pub speaker: String,
}

/// Where a fact can be checked.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "docs/datasets.md documents each field")]
pub struct Citation {
    pub source: Spanned<String>,
    pub at: Option<String>,
    /// The first words of the passage.
    pub from: Option<String>,
    /// The last words of the passage, where it is longer than `from`.
    pub to: Option<String>,
    /// Whether it is this passage that has the words of its event's quote.
    #[serde(default)]
    pub quote: bool,
}

/// A court case.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "docs/datasets.md documents each field")]
pub struct Case {
    pub id: Spanned<String>,
    pub name: String,
    pub court: String,
    pub docket: String,
    #[serde(default)]
    pub reported: Vec<String>,
    pub question: String,
    pub outcome: String,
    #[serde(default)]
    pub subjects: Vec<Spanned<String>>,
    pub note: Option<String>,
    #[serde(default)]
    pub event: Vec<Event>,
}

/// A point on which sources differ.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "docs/datasets.md documents each field")]
pub struct Disagreement {
    pub id: Spanned<String>,
    pub topic: String,
    /// What the page shows, and why.
    pub shown: String,
    #[serde(default)]
    pub subjects: Vec<Spanned<String>>,
    pub position: Vec<Position>,
}

/// What one source says on a disputed point.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "docs/datasets.md documents each field")]
pub struct Position {
    pub claim: String,
    pub cite: Citation,
}

/// A change to what was published before.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "docs/datasets.md documents each field")]
pub struct Correction {
    pub id: Spanned<String>,
    pub date: Spanned<String>,
    /// The event that was wrong; either this or `subject`.
    pub event: Option<Spanned<String>>,
    pub subject: Option<Spanned<String>>,
    pub said: String,
    pub says: String,
    pub why: String,
}

impl Correction {
    /// The day it was made.
    pub fn day(&self) -> Date {
        Date::parse(self.date.get_ref()).unwrap_or_default()
    }

    /// Whether it is of the event with this id.
    pub fn is_of_event(&self, id: &str) -> bool {
        self.event.as_ref().is_some_and(|it| it.get_ref() == id)
    }

    /// Whether it is of the subject with this id as a whole.
    pub fn is_of_subject(&self, id: &str) -> bool {
        self.subject.as_ref().is_some_and(|it| it.get_ref() == id)
    }
}

/// A date of which the day, or the month and the day, may be unknown.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "String")]
pub struct PartialDate {
    text: String,
    parts: Option<(u32, Option<u32>, Option<u32>)>,
}

impl From<String> for PartialDate {
    fn from(text: String) -> Self {
        let mut pieces = text.split('-');
        let year = pieces.next().filter(|it| it.len() == 4).and_then(number);
        let rest: Vec<&str> = pieces.collect();
        let two = |it: &str| Some(it).filter(|it| it.len() == 2).and_then(number);
        let parts = match rest.as_slice() {
            [] => year.map(|it| (it, None, None)),
            [month] => year
                .zip(two(month))
                .map(|(year, month)| (year, Some(month), None)),
            [_, _] => Date::parse(&text).map(|it| {
                let (year, month, day) = it.parts();
                (year, Some(month), Some(day))
            }),
            _ => None,
        };
        // There is no year 0; its first day stands for what has no date.
        let parts = parts.filter(|it| {
            it.0 > 0 && Date::new(it.0, it.1.unwrap_or(3), it.2.unwrap_or(1)).is_some()
        });
        Self { text, parts }
    }
}

impl PartialDate {
    /// Whether nothing is said of it, as in a row of a table without dates. It is before every day,
    /// then, and has no words.
    pub fn is_unsaid(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether it is a real date, month or year.
    pub fn is_real(&self) -> bool {
        self.parts.is_some()
    }

    /// The day, where it is known.
    pub fn day(&self) -> Option<Date> {
        let (year, month, day) = self.parts?;
        Date::new(year, month?, day?)
    }

    /// The first day it can mean.
    pub fn first_day(&self) -> Date {
        let Some((year, month, day)) = self.parts else {
            return Date::default();
        };
        Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).unwrap_or_default()
    }

    /// The last day it can mean, which is when it has surely happened.
    pub fn last_day(&self) -> Date {
        let Some((year, month, day)) = self.parts else {
            return Date::default();
        };
        let month = month.unwrap_or(12);
        let days = day.map_or(28..=31, |it| it..=it);
        days.rev()
            .find_map(|it| Date::new(year, month, it))
            .unwrap_or_default()
    }

    /// When it was, by the last day it can mean or, where that is after `last`, by that.
    pub fn when(&self, last: Date) -> When {
        let n_parts = match self.parts {
            Some((_, Some(_), Some(_))) | None => 3,
            Some((_, Some(_), None)) => 2,
            Some((_, None, _)) => 1,
        };
        When::new(self.last_day().min(last), n_parts)
    }

    /// `October 12, 2017`, `October 2017` or `2017`, as a language writes it.
    pub fn long(&self, words: Words) -> String {
        match self.parts {
            Some(_) => self.when(self.last_day()).long(words),
            None => self.text.clone(),
        }
    }
}

/// As the author wrote it: `2017-10-12`, `2017-10` or `2017`.
impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
