//! Rows of a table, as subjects.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::path::Path;

use toml::Spanned;

use super::check::{DEVICES, OF_THE_PAGE, RESERVED, facet_id};
use super::facets::{is_yes, number};
use super::files::Found;
use super::meant;
use super::model::{
    About, Citation, Event, Facet, FacetType, Field, PartialDate, Source, Subject, Table,
};
use super::pack::MONEY;
use super::problem::{hidden, nearest, quoted};
use super::rows::{Cell, Problems, Rows};
use super::slug::{Ids, slug};

/// The most characters of a name, a place or a facet's value.
pub const LONGEST_NAME: usize = 500;
/// The most characters of any other cell.
pub const LONGEST_CELL: usize = 100_000;

/// Whether a file is a table, by the ending of its name.
pub fn is_table(path: &Path) -> bool {
    path.extension()
        .is_some_and(|it| it.eq_ignore_ascii_case("csv") || it.eq_ignore_ascii_case("json"))
}

/// Reads a table: as JSON where its name ends so, and as CSV else.
pub fn rows(name: &str, text: &str, problems: &mut Problems<'_>) -> Option<Rows> {
    let ending = Path::new(name).extension();
    if ending.is_some_and(|it| it.eq_ignore_ascii_case("json")) {
        super::rows::json(text, problems)
    } else {
        super::rows::csv(text, problems)
    }
}

/// What a table tells.
#[derive(Debug, Default)]
pub struct Told {
    /// One for each row.
    pub subjects: Vec<Subject>,
    /// One for each row that has a link.
    pub sources: Vec<Source>,
    /// The ids of those whose coordinates are wrong.
    pub misplaced: Vec<String>,
    /// Where rows have no finding; they are whole, all the same.
    pub without_finding: Vec<Found>,
}

/// Which column tells what.
struct Plan<'a> {
    id: Option<usize>,
    name: usize,
    place: Option<usize>,
    summary: Option<usize>,
    link: Option<usize>,
    source: Option<usize>,
    finding: Option<usize>,
    date: Option<usize>,
    latitude: Option<usize>,
    longitude: Option<usize>,
    facets: Vec<(&'a Spanned<String>, usize)>,
    fields: Vec<(&'a Spanned<String>, usize)>,
}

/// A subject, an event and, where it has a link, a source for each row, as `dataset.toml` says which
/// column tells what. Facets have what the cells say; [`super::facets`] makes ids of it. `taken` are
/// the ids that other subjects have; where there are any, a facet or a field needs no column.
pub fn subjects(
    about: &About,
    rows: &Rows,
    text: &str,
    taken: &[String],
    problems: &mut Problems<'_>,
) -> Told {
    let mut told = Told::default();
    let Some(plan) = about
        .table
        .as_ref()
        .and_then(|it| plan(about, it, rows, !taken.is_empty(), problems.found))
    else {
        return told;
    };
    let mut ids = Ids::default();
    for id in taken {
        ids.take(id);
    }
    if plan.id.is_none() {
        for id in OF_THE_PAGE.into_iter().chain(DEVICES) {
            ids.take(id);
        }
    }
    let mut first_rows: HashMap<String, (u32, String)> = HashMap::new();
    for number in 0..rows.len() {
        if rows.cells(number).is_empty() {
            continue;
        }
        let mut row = Row {
            rows,
            text,
            number,
            problems,
        };
        let name = row.name(plan.name, "name");
        // Where a row has no id of its own it gets one, so that the rest of it can be checked, too.
        let id = match plan.id {
            None => ids.free(name.get_ref()),
            Some(column) => {
                let said = row.name(column, "id");
                let id = slug(said.get_ref());
                if said.get_ref().is_empty() {
                    ids.free(name.get_ref())
                } else if ids.take(&id) {
                    first_rows.insert(id.clone(), (rows.number(number), said.into_inner()));
                    id
                } else {
                    let first = first_rows.get(&id);
                    // Ids are made of what cells say, and two may come to the same.
                    let is_same = first.map_or(&id, |it| &it.1) == said.get_ref();
                    let first = first.map_or_else(
                        || "a file under subjects/ has it, too".to_owned(),
                        |(row, _)| format!("row {row} has it, too"),
                    );
                    let mut message = format!("the id {} is used twice", quoted(said.get_ref()));
                    if !is_same {
                        let said = quoted(said.get_ref());
                        message =
                            format!("the id {said} becomes {}, which is used twice", quoted(&id));
                    }
                    row.problems
                        .add(said.span(), "id-unique", message, Some(&first));
                    ids.free(&id)
                }
            }
        };
        let (subject, source) = row.subject(about, &plan, id, name);
        if subject.coordinates.is_none() && row.has_any([plan.latitude, plan.longitude]) {
            told.misplaced.push(subject.id.clone());
        }
        let column = plan.finding.filter(|_| !about.finding.is_empty());
        if let Some(column) = column.filter(|it| !row.has_any([Some(*it)])) {
            let at = rows.empty(text, number, column);
            told.without_finding.push(Found {
                file: row.problems.file.to_owned(),
                span: at..at,
                rule: "finding-set",
                message: "there is no finding here, so the card would never show".to_owned(),
                help: None,
            });
        }
        told.subjects.push(subject);
        told.sources.extend(source);
    }
    // What a row tells is an event beside subjects: its id is none of theirs.
    for event in told.subjects.iter_mut().flat_map(|it| &mut it.event) {
        let id = ids.free(event.id.get_ref());
        event.id = Spanned::new(event.id.span(), id);
    }
    told
}

/// Finds the columns that a dataset names; where one isn't there, `found` tells so.
fn plan<'a>(
    about: &'a About,
    table: &'a Table,
    rows: &Rows,
    has_others: bool,
    found: &mut Vec<Found>,
) -> Option<Plan<'a>> {
    let mut column = |name: &Spanned<String>, of: &str, is_needed: bool| {
        let known = rows.column(name.get_ref());
        if known.is_none() && is_needed {
            let names = rows.columns().iter().map(|it| it.name.as_str());
            let help = nearest(name.get_ref(), names.clone()).map_or_else(
                || {
                    let names: Vec<String> = names.take(20).map(quoted).collect();
                    format!("its columns are {}", names.join(", "))
                },
                |it| format!("did you mean “{it}”?"),
            );
            found.push(Found {
                file: "dataset.toml".to_owned(),
                span: name.span(),
                rule: "column-exists",
                message: format!("the table has no column {}{of}", quoted(name.get_ref())),
                help: Some(help),
            });
        }
        known
    };
    let mut facets = Vec::new();
    for facet in &about.facet {
        let name = facet.column.as_ref().unwrap_or(&facet.id);
        let is_needed = facet.column.is_some() || !has_others;
        facets.extend(column(name, " for this facet", is_needed).map(|it| (&facet.id, it)));
    }
    let mut fields = Vec::new();
    for field in &about.field {
        let name = field.column.as_ref().unwrap_or(&field.id);
        let is_needed = field.column.is_some() || !has_others;
        fields.extend(column(name, " for this field", is_needed).map(|it| (&field.id, it)));
    }
    let name = column(&table.name, "", true);
    let mut optional = |it: &Option<Spanned<String>>| {
        let name = it.as_ref()?;
        column(name, "", true)
    };
    let (mut latitude, mut longitude) = (optional(&table.latitude), optional(&table.longitude));
    if table.latitude.is_some() != table.longitude.is_some() {
        (latitude, longitude) = (None, None);
    }
    let plan = Plan {
        id: optional(&table.id),
        name: 0,
        place: optional(&table.place),
        summary: optional(&table.summary),
        link: optional(&table.link),
        source: optional(&table.source),
        finding: optional(&table.finding),
        date: optional(&table.date),
        latitude,
        longitude,
        facets,
        fields,
    };
    if let (Some(only), None) | (None, Some(only)) = (&table.latitude, &table.longitude) {
        found.push(Found {
            file: "dataset.toml".to_owned(),
            span: only.span(),
            rule: "coordinates",
            message: "latitude and longitude are only understood together".to_owned(),
            help: Some("name the column of the other, too".to_owned()),
        });
    }
    Some(Plan {
        name: name?,
        ..plan
    })
}

/// One row of a table.
struct Row<'a, 'b> {
    rows: &'a Rows,
    text: &'a str,
    number: usize,
    problems: &'a mut Problems<'b>,
}

impl Row<'_, '_> {
    /// The row as a whole.
    fn at(&self) -> Range<usize> {
        let start = self.rows.start(self.number);
        start..start
    }

    fn cell(&self, column: usize) -> Option<Cell> {
        self.rows.cell(self.number, column)
    }

    /// Whether any of some columns says something here.
    fn has_any<const N: usize>(&self, columns: [Option<usize>; N]) -> bool {
        let mut columns = columns.into_iter().flatten();
        columns.any(|it| self.cell(it).is_some())
    }

    /// What a cell says, as one text of at most so many characters.
    fn said(&mut self, column: usize, longest: usize) -> Option<Spanned<String>> {
        let cell = self.cell(column)?;
        let said = self.rows.texts(self.text, cell).join(", ");
        self.fits(said.as_str(), cell, longest)
            .then(|| Spanned::new(cell.span(), said))
    }

    fn fits(&mut self, said: &str, cell: Cell, longest: usize) -> bool {
        // Most texts are shorter in bytes already.
        if said.len() > longest && said.chars().count() > longest {
            let message = format!(
                "this has {} characters, and at most {longest} are read",
                said.chars().count()
            );
            self.problems.add(cell.span(), "length", message, None);
            return false;
        }
        if let Some(message) = hidden(said) {
            self.problems
                .add(cell.span(), "characters", message, Some("take it out"));
        }
        !said.is_empty()
    }

    /// A name, or what is as short: on one line.
    fn short(&mut self, column: usize) -> Option<Spanned<String>> {
        let said = self.said(column, LONGEST_NAME)?;
        let span = said.span();
        let words: Vec<&str> = said.get_ref().split_whitespace().collect();
        Some(Spanned::new(span, words.join(" ")))
    }

    /// What every row must have; empty where it doesn't, which is a problem.
    fn name(&mut self, column: usize, what: &str) -> Spanned<String> {
        let at = self.at();
        let said = self.short(column);
        if said.is_none() && self.cell(column).is_none() {
            let message = format!("there is no {what} here");
            self.problems.add(at.clone(), "name", message, None);
        }
        said.unwrap_or_else(|| Spanned::new(at, String::new()))
    }

    fn long(&mut self, column: Option<usize>) -> Option<Spanned<String>> {
        self.said(column?, LONGEST_CELL)
    }

    fn number(&mut self, column: Option<usize>) -> Option<(f64, Range<usize>)> {
        let said = self.short(column?)?;
        let parsed = number(said.get_ref());
        if parsed.is_none() {
            let message = format!("{} isn't a number", quoted(said.get_ref()));
            let or_else = "write degrees as 41.88 or -87.63";
            let help = meant::cell_number(said.get_ref(), or_else, false);
            self.problems
                .add(said.span(), "number", message, Some(&help));
        }
        Some((parsed?, said.span()))
    }

    fn coordinates(&mut self, plan: &Plan<'_>) -> Option<[f64; 2]> {
        let has_both = self.has_any([plan.latitude]) && self.has_any([plan.longitude]);
        let latitude = self.number(plan.latitude);
        let longitude = self.number(plan.longitude);
        let (latitude, longitude) = match (latitude, longitude) {
            (None, None) => return None,
            // What is wrong with the other is told.
            (None, _) | (_, None) if has_both => return None,
            (Some((_, span)), None) | (None, Some((_, span))) => {
                let message = "latitude and longitude are only understood together";
                self.problems.add(span, "coordinates", message, None);
                return None;
            }
            (Some(latitude), Some(longitude)) => (latitude, longitude),
        };
        for ((degrees, span), most) in [(&latitude, 90.0), (&longitude, 180.0)] {
            if degrees.abs() > most {
                let message = format!("{degrees} is more than {most} degrees");
                self.problems
                    .add(span.clone(), "coordinates", message, None);
                return None;
            }
        }
        Some([latitude.0, longitude.0])
    }

    fn subject(
        &mut self,
        about: &About,
        plan: &Plan<'_>,
        id: String,
        name: Spanned<String>,
    ) -> (Subject, Option<Source>) {
        let mut facets = BTreeMap::new();
        for (facet, column) in &plan.facets {
            let Some(cell) = self.cell(*column) else {
                continue;
            };
            let mut values = Vec::new();
            for said in self.rows.texts(self.text, cell) {
                if self.fits(&said, cell, LONGEST_NAME) {
                    let words: Vec<&str> = said.split_whitespace().collect();
                    values.push(Spanned::new(cell.span(), words.join(" ")));
                }
            }
            facets.insert((*facet).clone(), values);
        }
        let mut fields = BTreeMap::new();
        for (field, column) in &plan.fields {
            if let Some(said) = self.long(Some(*column)) {
                fields.insert((*field).clone(), said);
            }
        }
        let place = plan.place.and_then(|it| self.short(it));
        let source = self.source(plan, &id, name.get_ref());
        let cite = source.iter().map(|it| Citation {
            source: Spanned::new(it.url.span(), id.clone()),
            at: None,
            from: None,
            to: None,
            quote: false,
        });
        let at = self.at();
        let date = plan.date.and_then(|it| self.short(it));
        let event = Event {
            id: Spanned::new(at.clone(), format!("{id}-row")),
            date: date.map_or_else(
                || Spanned::new(at.clone(), PartialDate::default()),
                |it| Spanned::new(it.span(), PartialDate::from(it.into_inner())),
            ),
            kind: Spanned::new(at.clone(), String::new()),
            finding: plan.finding.and_then(|it| self.short(it)).map(|said| {
                // Its label will do.
                let scale = &about.finding;
                let is_id = scale.iter().any(|it| it.id.get_ref() == said.get_ref());
                let lower = said.get_ref().to_lowercase();
                let labelled = scale
                    .iter()
                    .find(|it| it.label == *said.get_ref())
                    .or_else(|| scale.iter().find(|it| it.label.to_lowercase() == lower));
                match labelled.filter(|_| !is_id) {
                    Some(finding) => Spanned::new(said.span(), finding.id.get_ref().clone()),
                    None => said,
                }
            }),
            summary: self
                .long(plan.summary)
                .map(Spanned::into_inner)
                .unwrap_or_default(),
            qualification: None,
            to: None,
            reply_by: None,
            quote: None,
            confidence: None,
            note: None,
            cite: Spanned::new(at, cite.collect()),
        };
        let subject = Subject {
            id,
            row: Some(self.rows.number(self.number)),
            name,
            full_name: None,
            place: place.map(Spanned::into_inner).unwrap_or_default(),
            census_code: None,
            coordinates: self.coordinates(plan),
            note: None,
            policies: Vec::new(),
            outcome: None,
            facets,
            fields,
            money: Vec::new(),
            event: vec![event],
        };
        (subject, source)
    }

    fn source(&mut self, plan: &Plan<'_>, id: &str, name: &str) -> Option<Source> {
        let url = self.said(plan.link?, LONGEST_CELL)?;
        let publisher = plan.source.and_then(|it| self.short(it));
        let publisher = publisher.map_or_else(|| host(url.get_ref()), Spanned::into_inner);
        Some(Source {
            id: Spanned::new(url.span(), id.to_owned()),
            title: name.to_owned(),
            publisher,
            kind: Spanned::new(url.span(), String::new()),
            url,
            date: None,
            public_domain: false,
            caution: None,
            note: None,
            is_of_row: true,
        })
    }
}

/// The host of a link, without `www.`.
fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |it| it.1);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or("");
    host.strip_prefix("www.").unwrap_or(host).to_owned()
}

/// A title made of a file's or a folder's name: `us-cities_2017` is “Us cities 2017”.
pub fn title(name: &str) -> String {
    let words: Vec<&str> = name
        .split(|it: char| it.is_whitespace() || matches!(it, '-' | '_'))
        .filter(|it| !it.is_empty())
        .collect();
    let words = words.join(" ");
    let mut letters = words.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

/// The names of columns that are recognised where no `dataset.toml` tells which column tells what:
/// the part they play, and the names, without case and with blanks for `-` and `_`.
pub const RECOGNISED: [(&str, &[&str]); 9] = [
    ("name", &["name", "title", "label", "headline"]),
    ("id", &["id", "slug", "key"]),
    (
        "link",
        &[
            "link",
            "url",
            "href",
            "source url",
            "source link",
            "website",
            "web",
        ],
    ),
    ("source", &["source", "publisher"]),
    ("place", &["place", "location", "address"]),
    ("summary", &["summary", "description", "abstract"]),
    ("date", &["date", "day"]),
    ("latitude", &["latitude", "lat"]),
    ("longitude", &["longitude", "lon", "lng", "long"]),
];

/// A facet has at most so many different values where nobody chose it.
pub const MOST_VALUES: usize = 30;
/// The most facets that nobody chose.
pub const MOST_FACETS: usize = 8;
/// The most fields that nobody chose to be on the card.
const MOST_ON_CARD: usize = 2;
/// The most characters of what is on the card, or is a facet's value, where nobody chose it.
const SHORT: usize = 60;

/// What a column's cells have in common.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    /// How many rows have something in it.
    pub n_filled: usize,
    /// The different things that they say; no more than [`MOST_VALUES`] and 1 are counted.
    pub n_different: usize,
    /// The most characters of one.
    pub longest: usize,
    /// What a facet of it would be; `None` where too many are different, or too long.
    pub facet: Option<FacetType>,
    /// How many things they say.
    pub n_said: usize,
    /// How many of these are addresses of the web.
    pub n_links: usize,
    /// How many of these are dates, where any of them is more than a year.
    pub n_dates: usize,
    /// Whether all are numbers.
    pub is_number: bool,
    /// Whether all are dates.
    pub is_date: bool,
    /// Whether all are addresses of the web.
    pub is_link: bool,
}

/// Looks at a column as a whole.
pub fn profile(rows: &Rows, text: &str, column: usize) -> Profile {
    let mut all = Vec::new();
    let mut has_lists = false;
    let mut n_filled = 0;
    for row in 0..rows.len() {
        let Some(cell) = rows.cell(row, column) else {
            continue;
        };
        n_filled += 1;
        let texts = rows.texts(text, cell);
        has_lists |= texts.len() > 1;
        all.extend(texts);
    }
    let longest = all.iter().map(|it| it.chars().count()).max().unwrap_or(0);
    let every = |is: &dyn Fn(&str) -> bool| !all.is_empty() && all.iter().all(|it| is(it));
    let is_number = !has_lists
        && every(&|it| {
            // With a zero before it, it is a code.
            let is_code = it.len() > 1 && it.starts_with('0') && !it.starts_with("0.");
            !is_code && number(it).is_some()
        });
    let dates = || {
        let dates = all
            .iter()
            .filter(|it| PartialDate::from((*it).clone()).is_real());
        dates.map(String::len)
    };
    // Years alone are numbers; beside longer dates they are dates of which no more is known.
    let n_dates = match dates().max() {
        Some(longest) if longest > 4 => dates().count(),
        _ => 0,
    };
    let is_date = !has_lists && n_dates > 0 && n_dates == all.len();
    let is_link = |it: &&String| it.starts_with("https://") || it.starts_with("http://");
    let n_links = all.iter().filter(is_link).count();
    let is_link = n_links > 0 && n_links == all.len();
    let n_different = different(all.iter().map(String::as_str));
    let is_few =
        |n: usize, of: usize| (2..=MOST_VALUES).contains(&n) && n * 2 <= of && longest <= SHORT;
    let parts = || {
        let parts = all.iter().flat_map(|it| it.split(';'));
        parts.map(str::trim).filter(|it| !it.is_empty())
    };
    let has_parts = has_lists || all.iter().filter(|it| it.contains(';')).count() * 5 > n_filled;
    let is_bits = n_different == 2 && every(&|it| it == "0" || it == "1");
    let facet = if has_parts && is_few(different(parts()), parts().count()) {
        Some(FacetType::Categories)
    } else if is_number && !is_bits {
        (n_filled >= 2 && n_different >= 2).then_some(FacetType::Number)
    } else if is_date {
        (n_different >= 2).then_some(FacetType::Date)
    } else if is_few(n_different, n_filled) && !is_link {
        Some(if every(&|it| is_yes(it).is_some()) {
            FacetType::YesNo
        } else {
            FacetType::Category
        })
    } else {
        None
    };
    Profile {
        n_filled,
        n_different,
        longest,
        n_said: all.len(),
        n_links,
        n_dates,
        facet,
        is_number,
        is_date,
        is_link,
    }
}

fn different<'a>(texts: impl Iterator<Item = &'a str>) -> usize {
    let mut seen = std::collections::HashSet::new();
    for text in texts {
        seen.insert(text);
        if seen.len() > MOST_VALUES {
            break;
        }
    }
    seen.len()
}

/// Which column tells what, where nobody says so: the table, the facets and the fields that a
/// `dataset.toml` would have. `docs/datasets.md` tells the rules.
pub fn guess(file: &str, rows: &Rows, text: &str) -> Option<(Table, Vec<Facet>, Vec<Field>)> {
    let profiles: Vec<Profile> = (0..rows.columns().len())
        .map(|it| profile(rows, text, it))
        .collect();
    let columns = || rows.columns().iter().zip(&profiles).enumerate();
    let plain = |name: &str| name.to_lowercase().replace(['-', '_'], " ");
    let mut roles: HashMap<&str, usize> = HashMap::new();
    for (role, names) in RECOGNISED {
        let of_role = names
            .iter()
            .find_map(|name| columns().find(|it| plain(&it.1.0.name) == *name));
        if let Some((column, _)) = of_role {
            roles.insert(role, column);
        }
    }
    // Only together are they understood.
    if roles.contains_key("latitude") != roles.contains_key("longitude") {
        roles.remove("latitude");
        roles.remove("longitude");
    }
    // A source that is an address is the link.
    let is_link = |it: &usize| profiles.get(*it).is_some_and(|it| it.is_link);
    if !roles.contains_key("link")
        && let Some(column) = roles.get("source").copied().filter(is_link)
    {
        roles.remove("source");
        roles.insert("link", column);
    }
    if !roles.contains_key("name") {
        let has_role: Vec<usize> = roles.values().copied().collect();
        let is_free = |it: &usize| !has_role.contains(it);
        let is_words = |it: &Profile| {
            it.n_filled == rows.len()
                && !it.is_number
                && !it.is_date
                && !it.is_link
                && it.longest <= LONGEST_NAME
        };
        // Rather one that tells the rows apart than one that could be a facet.
        let of_words = || columns().filter(|it| is_free(&it.0) && is_words(it.1.1));
        let words = of_words()
            .find(|it| it.1.1.facet.is_none())
            .or_else(|| of_words().next());
        let any = || columns().find(|it| is_free(&it.0)).or(columns().next());
        roles.insert("name", words.or_else(any)?.0);
    }
    let named = |it: usize| {
        let column = rows.columns().get(it)?;
        Some(Spanned::new(column.span.clone(), column.name.clone()))
    };
    let role = |it: &str| roles.get(it).copied().and_then(named);
    let table = Table {
        file: Spanned::new(0..0, file.to_owned()),
        id: role("id"),
        name: role("name")?,
        place: role("place"),
        summary: role("summary"),
        link: role("link"),
        source: role("source"),
        finding: None,
        date: role("date"),
        latitude: role("latitude"),
        longitude: role("longitude"),
    };
    let (mut facet_ids, mut field_ids) = (Ids::default(), Ids::default());
    for id in RESERVED {
        facet_ids.take(id);
    }
    field_ids.take(MONEY);
    let (mut facets, mut fields) = (Vec::new(), Vec::new());
    let has_role: Vec<usize> = roles.values().copied().collect();
    let mut n_on_card = 0;
    for (number, (column, profile)) in columns() {
        if has_role.contains(&number) || profile.n_filled == 0 || column.name.is_empty() {
            continue;
        }
        let facet = profile.facet.filter(|_| facets.len() < MOST_FACETS);
        if let Some(kind) = facet {
            facets.push(Facet {
                id: Spanned::new(column.span.clone(), facet_id(&mut facet_ids, &column.name)),
                label: title(&column.name),
                kind,
                column: named(number),
                separator: None,
                breaks: Spanned::new(0..0, Vec::new()),
                order: None,
                values: Vec::new(),
            });
        }
        // A facet of ranges doesn't tell the number itself, nor one of months the day.
        if facet.is_none_or(|it| matches!(it, FacetType::Number | FacetType::Date)) {
            let on_card = n_on_card < MOST_ON_CARD
                && profile.longest <= SHORT
                && profile.n_filled * 2 >= rows.len();
            n_on_card += usize::from(on_card);
            fields.push(Field {
                id: Spanned::new(column.span.clone(), field_ids.free(&column.name)),
                label: title(&column.name),
                column: named(number),
                on_card,
            });
        }
    }
    Some((table, facets, fields))
}
