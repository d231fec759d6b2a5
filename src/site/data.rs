//! The data as files.

use std::io::{self, Write};

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Value, json};
use toml::Spanned;

use crate::dataset::model::{
    Case, Citation, Correction, Credit, Dataset, Disagreement, Event, Facet, Finding, Money,
    Source, Subject,
};
use crate::dataset::pack::Pack;
use crate::export::csv::csv;
use crate::export::rows::{columns, row};

/// `data/dataset.csv`: every subject on the last day of the record.
pub fn csv_file(pack: Pack) -> String {
    csv(
        &columns(pack),
        pack.subjects().map(|it| row(pack, it, pack.last_day())),
    )
}

/// `data/dataset.json`: everything that the dataset says, under the names that `docs/datasets.md`
/// gives. It is written entry by entry, since all of it at once takes many times its size.
///
/// # Errors
/// Where it can't be written.
pub fn json_file(dataset: &Dataset, mut into: impl Write) -> io::Result<()> {
    let about = &dataset.about;
    let labelled = |id: &Spanned<String>, label: &str| json!({"id": id.get_ref(), "label": label});
    let mut writer = serde_json::Serializer::pretty(&mut into);
    let mut file = writer.serialize_map(None)?;
    file.serialize_entry("id", &about.id)?;
    file.serialize_entry("title", &about.title)?;
    file.serialize_entry("standfirst", &about.standfirst)?;
    file.serialize_entry("updated", &about.updated.as_ref().map(Spanned::get_ref))?;
    file.serialize_entry("publisher", &about.publisher)?;
    let url = about.licence.data_url.as_ref().map(Spanned::get_ref);
    file.serialize_entry("licence", &json!({"data": about.licence.data, "url": url}))?;
    let credit =
        |it: &Credit| json!({"text": it.text, "url": it.url.as_ref().map(Spanned::get_ref)});
    file.serialize_entry("credits", &Each(about.credit.iter().map(credit)))?;
    file.serialize_entry(
        "noun",
        &json!({"one": about.noun.one, "many": about.noun.many}),
    )?;
    file.serialize_entry("found-by", &about.found_by)?;
    let finding = |it: &Finding| {
        json!({
            "id": it.id.get_ref(), "label": it.label, "definition": it.definition,
        })
    };
    file.serialize_entry("findings", &Each(about.finding.iter().map(finding)))?;
    let facet = |it: &Facet| {
        json!({
            "id": it.id.get_ref(),
            "label": it.label,
            "values": it.values.iter().map(|it| labelled(&it.id, &it.label)).collect::<Vec<_>>(),
        })
    };
    file.serialize_entry("facets", &Each(about.facet.iter().map(facet)))?;
    let fields = about.field.iter().map(|it| labelled(&it.id, &it.label));
    file.serialize_entry("fields", &Each(fields))?;
    let kinds = about.event_kind.iter();
    let kinds = kinds.map(|it| labelled(&it.id, &it.label));
    file.serialize_entry("event-kinds", &Each(kinds))?;
    let snapshots = about.snapshot.iter().map(|it| {
        json!({
            "id": it.id.get_ref(), "label": it.label, "date": dataset.snapshot_day(it).iso(),
        })
    });
    file.serialize_entry("snapshots", &Each(snapshots))?;
    let background = about.background.iter().map(|it| {
        json!({
            "label": it.label, "text": it.text, "cite": citations(dataset, it.cite.get_ref().iter()),
        })
    });
    file.serialize_entry("background", &Each(background))?;
    let method = json!({
        "collected": about.method.collected,
        "checked": about.method.checked,
        "as-of": about.method.as_of,
        "open-questions": about.method.open_questions,
    });
    file.serialize_entry("method", &method)?;
    let subjects = dataset.subjects.iter().map(|it| subject(dataset, it));
    file.serialize_entry("subjects", &Each(subjects))?;
    let timeline = dataset.timeline.iter().map(|it| event(dataset, it));
    file.serialize_entry("timeline", &Each(timeline))?;
    let cases = dataset.cases.iter().map(|it| case(dataset, it));
    file.serialize_entry("cases", &Each(cases))?;
    let points = dataset.disagreements.iter().map(|it| point(dataset, it));
    file.serialize_entry("disagreements", &Each(points))?;
    file.serialize_entry(
        "corrections",
        &Each(dataset.corrections.iter().map(correction)),
    )?;
    file.serialize_entry("sources", &Each(dataset.sources.iter().map(source)))?;
    file.end()?;
    into.write_all(b"\n")
}

/// A list of which each entry is made as it is written.
struct Each<I>(I);

impl<I: Iterator<Item = Value> + Clone> Serialize for Each<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.clone())
    }
}

fn case(dataset: &Dataset, case: &Case) -> Value {
    json!({
        "id": case.id.get_ref(),
        "name": case.name,
        "court": case.court,
        "docket": case.docket,
        "reported": case.reported,
        "question": case.question,
        "outcome": case.outcome,
        "subjects": case.subjects.iter().map(Spanned::get_ref).collect::<Vec<_>>(),
        "note": case.note,
        "events": case.event.iter().map(|it| event(dataset, it)).collect::<Vec<_>>(),
    })
}

fn point(dataset: &Dataset, point: &Disagreement) -> Value {
    json!({
        "id": point.id.get_ref(),
        "topic": point.topic,
        "shown": point.shown,
        "subjects": point.subjects.iter().map(Spanned::get_ref).collect::<Vec<_>>(),
        "positions": point.position.iter().map(|it| json!({
            "claim": it.claim, "cite": citation(dataset, &it.cite),
        })).collect::<Vec<_>>(),
    })
}

fn correction(correction: &Correction) -> Value {
    json!({
        "id": correction.id.get_ref(),
        "date": correction.date.get_ref(),
        "event": correction.event.as_ref().map(Spanned::get_ref),
        "subject": correction.subject.as_ref().map(Spanned::get_ref),
        "said": correction.said,
        "says": correction.says,
        "why": correction.why,
    })
}

fn source(source: &Source) -> Value {
    json!({
        "id": source.id.get_ref(),
        "title": source.title,
        "publisher": source.publisher,
        "url": source.url.get_ref(),
        "date": source.date.as_ref().map(|it| it.get_ref().to_string()),
        "kind": source.kind.get_ref(),
        "public-domain": source.public_domain,
        "caution": source.caution.as_ref().map(Spanned::get_ref),
        "note": source.note,
    })
}

fn subject(dataset: &Dataset, subject: &Subject) -> Value {
    let facets: serde_json::Map<String, Value> = subject
        .facets
        .keys()
        .map(|it| (it.get_ref().clone(), json!(subject.values(it.get_ref()))))
        .collect();
    let fields: serde_json::Map<String, Value> = subject
        .fields
        .iter()
        .map(|(id, said)| (id.get_ref().clone(), json!(said.get_ref())))
        .collect();
    json!({
        "id": subject.id,
        "name": subject.name.get_ref(),
        "full-name": subject.full_name,
        "place": subject.place,
        "census-code": subject.census_code,
        "coordinates": subject.coordinates,
        "note": subject.note,
        "policies": subject.policies,
        "outcome": subject.outcome,
        "facets": facets,
        "fields": fields,
        "money": subject.money.iter().map(|it| money(dataset, it)).collect::<Vec<_>>(),
        "events": subject.event.iter().map(|it| event(dataset, it)).collect::<Vec<_>>(),
    })
}

fn money(dataset: &Dataset, money: &Money) -> Value {
    json!({
        "fiscal-year": money.fiscal_year,
        "amount": money.amount,
        "usd": money.usd,
        "note": money.note,
        "cite": citations(dataset, money.cite.get_ref().iter()),
    })
}

fn event(dataset: &Dataset, event: &Event) -> Value {
    json!({
        "id": event.id.get_ref(),
        "date": event.date.get_ref().to_string(),
        "kind": event.kind.get_ref(),
        "finding": event.finding.as_ref().map(Spanned::get_ref),
        "summary": event.summary,
        "qualification": event.qualification.as_ref().map(|it| json!({
            "text": it.text, "cite": citation(dataset, &it.cite),
        })),
        "to": event.to,
        "reply-by": event.reply_by.as_ref().map(Spanned::get_ref),
        "quote": event.quote.as_ref().map(Spanned::get_ref).map(|it| json!({
            "text": it.text, "speaker": it.speaker,
        })),
        "confidence": event.confidence,
        "note": event.note,
        "cite": citations(dataset, event.cite.get_ref().iter()),
    })
}

fn citations<'a>(dataset: &Dataset, all: impl Iterator<Item = &'a Citation>) -> Vec<Value> {
    all.map(|it| citation(dataset, it)).collect()
}

fn citation(dataset: &Dataset, citation: &Citation) -> Value {
    json!({
        "source": citation.source.get_ref(),
        "at": citation.at,
        "from": citation.from,
        "to": citation.to,
        "quote": citation.quote,
        "link": dataset.link(citation),
    })
}
