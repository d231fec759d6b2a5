//! What search engines read: JSON-LD with the words of <https://schema.org>.
//!
//! A finding here is an agency's and not ours, so nothing is marked as a claim review.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use toml::Spanned;

use super::address::Address;
use super::limits;
use super::page;
use super::xml::short;
use crate::dataset::model::{Dataset, Subject};
use crate::view::dossier::found;

/// The dataset (<https://schema.org/Dataset>), with what
/// <https://developers.google.com/search/docs/appearance/structured-data/dataset> asks for.
pub fn dataset(dataset: &Dataset, address: &Address) -> String {
    let about = &dataset.about;
    let download = |path: &str, format: &str| {
        json!({
            "@type": "DataDownload",
            "contentUrl": address.of(path, ""),
            "encodingFormat": format,
        })
    };
    let places: BTreeSet<&str> = dataset
        .subjects
        .iter()
        .map(|it| it.place.as_str())
        .filter(|it| !it.is_empty())
        .collect();
    // Of thousands of places none says more than the others.
    let places = Some(places).filter(|it| (1..=limits::PICTURES).contains(&it.len()));
    let period = dataset
        .is_dated()
        .then(|| format!("{}/{}", dataset.first_day().iso(), dataset.last_day().iso()));
    let measured = (!about.finding.is_empty()).then(|| found(dataset.own_words(), &about.found_by));
    let mut value = about_dataset(dataset);
    extend(
        &mut value,
        json!({
            "@context": CONTEXT,
            "identifier": about.id,
            "url": address.is_known().then(|| address.of("", "")),
            "dateModified": about.updated.as_ref().map(Spanned::get_ref),
            "temporalCoverage": period,
            // Text, as the guide above has it, and shorter than objects: this is in index.html.
            "spatialCoverage": places,
            "variableMeasured": measured,
            "isAccessibleForFree": true,
            "distribution": [
                download("data/dataset.csv", "text/csv"),
                download("data/dataset.json", "application/json"),
            ],
        }),
    );
    value.to_string()
}

/// A subject's page: a page about a place, part of the dataset.
pub fn subject(dataset: &Dataset, subject: &Subject, path: &str, address: &Address) -> String {
    let name = subject.name.get_ref();
    // A place with a census code is one that is governed as such.
    let kind = match (&subject.census_code, subject.coordinates) {
        (Some(_), _) => "AdministrativeArea",
        (None, Some(_)) => "Place",
        (None, None) => "Thing",
    };
    let mut place = json!({
        "@type": kind,
        "name": subject.full_name.as_ref().unwrap_or(name),
        "identifier": subject.census_code,
        "containedInPlace": (kind != "Thing" && subject.place != *name && !subject.place.is_empty()).then(|| json!({
            "@type": "Place", "name": subject.place,
        })),
        "geo": subject.coordinates.map(|[latitude, longitude]| json!({
            "@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude,
        })),
    });
    drop_nulls(&mut place);
    let mut value = web_page(dataset, "WebPage", name, path, address);
    extend(&mut value, json!({"about": place}));
    value.to_string()
}

/// Any other page: part of the dataset, `kind` being a kind of web page.
pub fn page(dataset: &Dataset, kind: &str, name: &str, path: &str, address: &Address) -> String {
    web_page(dataset, kind, name, path, address).to_string()
}

const CONTEXT: &str = "https://schema.org";

fn web_page(dataset: &Dataset, kind: &str, name: &str, path: &str, address: &Address) -> Value {
    let up = if path.contains('/') { "../" } else { "" };
    let whole = address.of(short("index.html", address), up);
    let own = address.of(path, up);
    let mut part_of = about_dataset(dataset);
    extend(&mut part_of, json!({"url": whole}));
    let mut value = json!({
        "@context": CONTEXT,
        "@type": kind,
        "name": name,
        "url": own,
        "inLanguage": dataset.page_language(),
        "dateModified": dataset.about.updated.as_ref().map(Spanned::get_ref),
        "publisher": publisher(dataset),
        "isPartOf": part_of,
        "breadcrumb": {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": 1, "name": dataset.about.title, "item": whole},
                {"@type": "ListItem", "position": 2, "name": name, "item": own},
            ],
        },
    });
    drop_nulls(&mut value);
    value
}

/// What is said of the dataset wherever it is named.
fn about_dataset(dataset: &Dataset) -> Value {
    let about = &dataset.about;
    let mut value = json!({
        "@type": "Dataset",
        "name": about.title,
        "description": description(dataset),
        "inLanguage": about.language.as_ref().map(Spanned::get_ref),
        "license": about.licence.data_url.as_ref().map(Spanned::get_ref),
        "creator": publisher(dataset),
    });
    drop_nulls(&mut value);
    value
}

/// The standfirst, and how the facts came about where that alone is shorter than the 50 letters that
/// are asked for; of at most 5000.
fn description(dataset: &Dataset) -> String {
    let about = &dataset.about;
    let mut text = page::description(dataset);
    for more in [&about.method.collected, &about.method.checked] {
        if text.chars().count() < 50 && !more.is_empty() {
            text.extend([" ", more]);
        }
    }
    text.chars().take(5000).collect()
}

/// Who publishes the dataset, where it says so.
fn publisher(dataset: &Dataset) -> Value {
    match dataset.about.publisher.as_str() {
        "" => Value::Null,
        name => json!({"@type": "Organization", "name": name}),
    }
}

/// Adds the fields of one object to another, but for those that are null.
fn extend(value: &mut Value, more: Value) {
    if let (Value::Object(into), Value::Object(more)) = (&mut *value, more) {
        into.extend(more);
    }
    drop_nulls(value);
}

fn drop_nulls(value: &mut Value) {
    if let Value::Object(fields) = value {
        fields.retain(|_, it| !it.is_null());
    }
}
