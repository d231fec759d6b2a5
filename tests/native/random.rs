//! Datasets and selections that nobody would think of.

use fact_explorer::dataset::date::Date;
use fact_explorer::dataset::model::{About, Dataset};
use fact_explorer::dataset::pack::Pack;
use fact_explorer::query::{Selection, Sort, View};
use fact_explorer::site::packed;
use proptest::prelude::*;

/// The first day on which anything happens in these datasets.
pub const FIRST: u32 = 736_000;
const DAYS: u32 = 40;

const NAMES: [&str; 8] = [
    "Évora",
    "evora",
    "O’Neill",
    "New Town",
    "Zürich",
    "Łódź",
    "Police Hill",
    "Policy Bay",
];

/// A small dataset: 3 findings or none, 3 facets, subjects with up to three values of each.
pub fn any_dataset() -> impl Strategy<Value = (Dataset, Pack)> {
    let values = prop::collection::btree_set(0..4usize, 1..3);
    // Few days, so that things often happen on the same one.
    let day = (0..DAYS / 8).prop_map(|it| it * 8);
    let step = (day, prop::option::of(0..3usize));
    let subject = (
        prop::sample::select(NAMES.to_vec()),
        prop::collection::vec(values, 3),
        prop::collection::vec(step, 1..6),
    );
    // Few, as a rule; sometimes more than fit into one word of bits.
    let n = prop_oneof![9 => 0..12usize, 1 => 60..70usize];
    let subjects = n.prop_flat_map(move |n| prop::collection::vec(subject.clone(), n));
    (subjects, prop::bool::weighted(0.9)).prop_map(|(subjects, has_findings)| {
        let mut about: About = toml::from_str(ABOUT).unwrap();
        if !has_findings {
            about.finding.clear();
        }
        let mut dataset = Dataset {
            about,
            ..Dataset::default()
        };
        for (number, (name, facets, steps)) in subjects.into_iter().enumerate() {
            let mut text = format!("name = \"{name}\"\nplace = \"Nowhere\"\n[facets]\n");
            for (facet, values) in facets.iter().enumerate() {
                let ids: Vec<String> = values.iter().map(|it| format!("\"v{it}\"")).collect();
                text.push_str(&format!("f{facet} = [{}]\n", ids.join(", ")));
            }
            for (n, (day, finding)) in steps.iter().enumerate() {
                let date = Date::from_days(FIRST + day).iso();
                let finding = finding.map_or(String::new(), |it| format!("finding = \"g{it}\"\n"));
                text.push_str(&format!(
                    "[[event]]\nid = \"e{number}-{n}\"\ndate = \"{date}\"\nkind = \"k\"\n{finding}\
                     summary = \"Word{n} for {name}\"\ncite = []\n"
                ));
            }
            let mut subject: fact_explorer::dataset::model::Subject =
                toml::from_str(&text).unwrap();
            subject.id = format!("s{number}");
            dataset.subjects.push(subject);
        }
        let pack = packed(&dataset).unwrap();
        (dataset, pack)
    })
}

const ABOUT: &str = r#"
id = "any"
kicker = ""
title = ""
standfirst = ""
noun = { one = "thing", many = "things" }
found-by = "us"
finding = [
  { id = "g0", label = "", tone = "blue", shape = "check", definition = "" },
  { id = "g1", label = "", tone = "blue", shape = "check", definition = "" },
  { id = "g2", label = "", tone = "blue", shape = "check", definition = "" },
]
facet = [
  { id = "f0", label = "", values = [{ id = "v0", label = "A" }, { id = "v1", label = "B" }, { id = "v2", label = "C" }, { id = "v3", label = "D" }] },
  { id = "f1", label = "", values = [{ id = "v0", label = "E" }, { id = "v1", label = "F" }, { id = "v2", label = "G" }, { id = "v3", label = "H" }] },
  { id = "f2", label = "", values = [{ id = "v0", label = "I" }, { id = "v1", label = "J" }, { id = "v2", label = "K" }, { id = "v3", label = "L" }] },
]
snapshot = [{ id = "then", label = "", date = "2015-02-01" }, { id = "latest", label = "", date = "latest" }]
event-kind = [{ id = "k", label = "Kind" }, { id = "l", label = "Other kind" }]
method = { collected = "", checked = "", as-of = "" }
licence = { data = "", code = "" }
"#;

/// Any state of a page for a dataset.
pub fn any_selection(pack: Pack) -> impl Strategy<Value = Selection> {
    let n = pack.n_subjects();
    let text = prop::sample::select(vec![
        "",
        "evora",
        "zurich",
        "o'neill",
        "word1",
        "policy",
        "police",
        "pilice",
        "new town",
        "lodz",
        "–",
        "a=b&c#%2B +",
        "naïve “quote”",
    ]);
    let chosen = prop::collection::vec((0..4usize, 0..4usize), 0..5);
    let open = prop::option::of(0..n.max(1));
    let order = (0..Sort::ALL.len(), any::<bool>());
    let view = (0..View::ALL.len(), prop::option::of(0..2usize));
    let compare = prop::collection::vec(0..n.max(1), 0..6);
    (text, chosen, 0..DAYS + 10, order, open, view, compare).prop_map(
        move |(text, chosen, day, (sort, reversed), open, (view, kind), compare)| {
            let mut selection = Selection::new(pack);
            text.clone_into(&mut selection.text);
            for (facet, value) in chosen {
                // There are only three findings, if any.
                if facet > 0 {
                    selection.set(facet, value, true);
                } else if pack.has_findings() {
                    selection.set(facet, value % 3, true);
                }
            }
            if pack.is_dated() {
                selection.set_as_of(pack, Date::from_days(FIRST + day));
            }
            if Sort::ALL[sort].is_of_use(pack) {
                selection.set_order(pack, Sort::ALL[sort], reversed);
            }
            selection.open = open.filter(|it| *it < n);
            // A dataset without a map has no such view.
            selection.view = Some(View::ALL[view])
                .filter(|it| it.is_of_use(pack))
                .unwrap_or_default();
            selection.kind = kind;
            for subject in compare.into_iter().filter(|it| *it < n) {
                selection.set_compared(subject, true);
            }
            selection
        },
    )
}

/// A dataset's pack with a selection for it.
pub fn any_page() -> impl Strategy<Value = (Pack, Selection)> {
    any_dataset().prop_flat_map(|(_, pack)| any_selection(pack).prop_map(move |it| (pack, it)))
}
