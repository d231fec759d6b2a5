//! The data as files.

use serde_json::{Value, json};
use toml::Spanned;

use crate::dataset::model::{Citation, Dataset, Event, Money, Subject};
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

/// `data/dataset.json`: everything that the dataset says, under the names that `data/README.md`
/// gives.
pub fn json_file(dataset: &Dataset) -> String {
    let about = &dataset.about;
    let labelled = |id: &Spanned<String>, label: &str| json!({"id": id.get_ref(), "label": label});
    let value = json!({
        "id": about.id,
        "title": about.title,
        "standfirst": about.standfirst,
        "updated": about.updated.as_ref().map(Spanned::get_ref),
        "licence": {"data": about.licence.data, "url": about.licence.data_url.as_ref().map(Spanned::get_ref)},
        "findings": about.finding.iter().map(|it| json!({
            "id": it.id.get_ref(), "label": it.label, "definition": it.definition,
        })).collect::<Vec<_>>(),
        "facets": about.facet.iter().map(|it| json!({
            "id": it.id.get_ref(),
            "label": it.label,
            "values": it.values.iter().map(|it| labelled(&it.id, &it.label)).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "event-kinds": about.event_kind.iter().map(|it| labelled(&it.id, &it.label)).collect::<Vec<_>>(),
        "snapshots": about.snapshot.iter().map(|it| json!({
            "id": it.id.get_ref(), "label": it.label, "date": dataset.snapshot_day(it).iso(),
        })).collect::<Vec<_>>(),
        "background": about.background.iter().map(|it| json!({
            "label": it.label, "text": it.text, "cite": citations(dataset, it.cite.iter()),
        })).collect::<Vec<_>>(),
        "method": {
            "collected": about.method.collected,
            "checked": about.method.checked,
            "as-of": about.method.as_of,
            "open-questions": about.method.open_questions,
        },
        "subjects": dataset.subjects.iter().map(|it| subject(dataset, it)).collect::<Vec<_>>(),
        "timeline": dataset.timeline.iter().map(|it| event(dataset, it)).collect::<Vec<_>>(),
        "cases": dataset.cases.iter().map(|it| json!({
            "id": it.id.get_ref(),
            "name": it.name,
            "court": it.court,
            "docket": it.docket,
            "reported": it.reported,
            "question": it.question,
            "outcome": it.outcome,
            "subjects": it.subjects.iter().map(Spanned::get_ref).collect::<Vec<_>>(),
            "note": it.note,
            "events": it.event.iter().map(|it| event(dataset, it)).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "disagreements": dataset.disagreements.iter().map(|it| json!({
            "id": it.id.get_ref(),
            "topic": it.topic,
            "shown": it.shown,
            "subjects": it.subjects.iter().map(Spanned::get_ref).collect::<Vec<_>>(),
            "positions": it.position.iter().map(|it| json!({
                "claim": it.claim, "cite": citation(dataset, &it.cite),
            })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "corrections": dataset.corrections.iter().map(|it| json!({
            "id": it.id.get_ref(),
            "date": it.date.get_ref(),
            "event": it.event.as_ref().map(Spanned::get_ref),
            "subject": it.subject.as_ref().map(Spanned::get_ref),
            "said": it.said,
            "says": it.says,
            "why": it.why,
        })).collect::<Vec<_>>(),
        "sources": dataset.sources.iter().map(|it| json!({
            "id": it.id.get_ref(),
            "title": it.title,
            "publisher": it.publisher,
            "url": it.url.get_ref(),
            "date": it.date.as_ref().map(|it| it.get_ref().to_string()),
            "kind": it.kind.get_ref(),
            "public-domain": it.public_domain,
            "caution": it.caution.as_ref().map(Spanned::get_ref),
            "note": it.note,
        })).collect::<Vec<_>>(),
    });
    format!("{value:#}\n")
}

fn subject(dataset: &Dataset, subject: &Subject) -> Value {
    let facets: serde_json::Map<String, Value> = subject
        .facets
        .keys()
        .map(|it| (it.get_ref().clone(), json!(subject.values(it.get_ref()))))
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
        "cite": citations(dataset, money.cite.iter()),
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
        "link": dataset.link(citation),
    })
}
