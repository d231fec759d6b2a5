use std::fs;
use std::path::Path;

use fact_explorer::dataset::check::{RESERVED, SHAPES, TONES};
use fact_explorer::dataset::model::{
    About, Background, Citation, Counted, Credit, EventKind, Facet, Field, Finding, Licence,
    Method, Noun, Snapshot, Table, Value as FacetValue,
};
use fact_explorer::dataset::outline::MAPS;
use fact_explorer::dataset::table::RECOGNISED;
use jsonschema::Validator;
use serde::Deserialize;
use serde::de::{Deserializer, Error, Visitor};
use serde_json::{Value, json};

fn schema(name: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(format!("schemas/{name}.schema.json")).unwrap())
        .unwrap()
}

fn validator(name: &str) -> Validator {
    let schema = schema(name);
    assert!(jsonschema::meta::is_valid(&schema));
    jsonschema::validator_for(&schema).unwrap()
}

fn errors(validator: &Validator, value: &Value) -> Vec<String> {
    validator
        .iter_errors(value)
        .map(|it| format!("{}: {it}", it.instance_path()))
        .collect()
}

/// Every `dataset.toml` below a folder.
fn datasets(folder: &Path, into: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            datasets(&path, into);
        } else if path.file_name().is_some_and(|it| it == "dataset.toml") {
            into.push(path);
        }
    }
}

#[test]
fn our_own_datasets_fit_the_schema() {
    let validator = validator("dataset");
    let mut paths = vec![Path::new("tests/datasets/good/dataset.toml").to_owned()];
    datasets(Path::new("data"), &mut paths);
    assert!(paths.len() > 1);
    for path in paths {
        let value: toml::Value = toml::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        let value = serde_json::to_value(value).unwrap();
        assert_eq!(errors(&validator, &value), [""; 0], "{}", path.display());
    }
}

#[test]
fn what_is_wrong_does_not_fit_the_schema() {
    let validator = validator("dataset");
    assert!(validator.is_valid(&json!({})));
    for wrong in [
        json!({"titel": "Moons"}),
        json!({"map": "mars"}),
        json!({"updated": "1 May"}),
        json!({"contact": "mailto:nobody"}),
        json!({"table": {"file": "a.csv"}}),
        json!({"table": {"file": "../a.csv", "name": "n"}}),
        json!({"facet": [{"id": "open", "label": ""}]}),
        json!({"facet": [{"id": "a", "label": "", "type": "colour"}]}),
        json!({"finding": [{"id": "A", "label": "", "tone": "blue", "shape": "check", "definition": ""}]}),
    ] {
        assert!(!validator.is_valid(&wrong), "{wrong}");
    }
}

#[test]
fn rows_fit_their_schema() {
    let validator = validator("rows");
    let fits = json!([{"name": "Titan", "url": "https://example.org/", "tags": ["a", 1], "n": null, "date": 2017}]);
    assert_eq!(errors(&validator, &fits), [""; 0]);
    for wrong in [
        json!({}),
        json!([]),
        json!([1]),
        json!([{}]),
        json!([{"name": {"first": "T"}}]),
        json!([{"name": "T", "link": "javascript:alert(1)"}]),
        json!([{"name": "T", "date": "31/12/2017"}]),
        json!([{"name": "T", "tags": [[]]}]),
    ] {
        assert!(!validator.is_valid(&wrong), "{wrong}");
    }
    // The names of columns are those that are recognised.
    let schema = schema("rows");
    for name in keys(&schema["items"]["properties"]) {
        assert!(
            RECOGNISED.iter().any(|it| it.1.contains(&name.as_str())),
            "{name}"
        );
    }
}

/// The names of the fields that `serde` knows of a struct.
fn fields<T: for<'a> Deserialize<'a>>() -> Vec<String> {
    struct Asked<'a>(&'a mut Vec<String>);
    impl<'de> Deserializer<'de> for Asked<'_> {
        type Error = serde::de::value::Error;

        fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Self::Error> {
            Err(Error::custom("this isn't a struct"))
        }

        fn deserialize_struct<V: Visitor<'de>>(
            self,
            _: &'static str,
            fields: &'static [&'static str],
            _: V,
        ) -> Result<V::Value, Self::Error> {
            self.0.extend(fields.iter().map(|it| (*it).to_owned()));
            Err(Error::custom("only its fields are wanted"))
        }

        serde::forward_to_deserialize_any! {
            bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
            option unit unit_struct newtype_struct seq tuple tuple_struct map enum identifier
            ignored_any
        }
    }
    let mut names = Vec::new();
    _ = T::deserialize(Asked(&mut names));
    names.sort();
    names
}

fn keys(value: &Value) -> Vec<String> {
    let mut keys: Vec<String> = value.as_object().unwrap().keys().cloned().collect();
    keys.sort();
    keys
}

#[test]
fn the_schema_knows_the_fields_that_the_reader_knows() {
    let schema = schema("dataset");
    assert_eq!(keys(&schema["properties"]), fields::<About>());
    let known = [
        ("background", fields::<Background>()),
        ("citation", fields::<Citation>()),
        ("counted", fields::<Counted>()),
        ("credit", fields::<Credit>()),
        ("event-kind", fields::<EventKind>()),
        ("facet", fields::<Facet>()),
        ("field", fields::<Field>()),
        ("finding", fields::<Finding>()),
        ("licence", fields::<Licence>()),
        ("method", fields::<Method>()),
        ("noun", fields::<Noun>()),
        ("snapshot", fields::<Snapshot>()),
        ("table", fields::<Table>()),
        ("value", fields::<FacetValue>()),
    ];
    let names: Vec<&str> = known.iter().map(|it| it.0).collect();
    assert_eq!(keys(&schema["$defs"]), names);
    for (name, fields) in known {
        let def = &schema["$defs"][name];
        assert_eq!(keys(&def["properties"]), fields, "{name}");
        // A field that must be there must be there for the reader, too.
        let required = def["required"].as_array().unwrap();
        // Every form after a number is left out where a language hasn't it.
        assert_eq!(required.is_empty(), name == "counted", "{name}");
        for (key, property) in def["properties"].as_object().unwrap() {
            assert!(property["description"].is_string(), "{name}.{key}");
        }
    }
    // The words that may be chosen from.
    let defs = &schema["$defs"];
    let finding = &defs["finding"]["properties"];
    assert_eq!(finding["tone"]["enum"], json!(TONES));
    assert_eq!(finding["shape"]["enum"], json!(SHAPES));
    assert_eq!(schema["properties"]["map"]["enum"], json!(MAPS));
    let facet = &defs["facet"]["properties"];
    assert_eq!(facet["id"]["not"]["enum"], json!(RESERVED.as_slice()));
    for kind in facet["type"]["oneOf"].as_array().unwrap() {
        let kind = kind["const"].as_str().unwrap();
        let text = format!("id = \"a\"\nlabel = \"A\"\ntype = \"{kind}\"");
        assert!(toml::from_str::<Facet>(&text).is_ok(), "{kind}");
    }
}

/// A struct with all that its schema requires, and nothing else, is read; without any one of those
/// fields it isn't.
#[test]
fn the_schema_requires_what_the_reader_requires() {
    let schema = schema("dataset");
    let missing = |name: &str, without: &str| -> bool {
        let def = &schema["$defs"][name];
        let required = def["required"].as_array().unwrap().iter();
        let mut text = String::new();
        for field in required
            .map(|it| it.as_str().unwrap())
            .filter(|it| *it != without)
        {
            let value = if field == "cite" { "[]" } else { "\"x\"" };
            text.push_str(&format!("{field} = {value}\n"));
        }
        match name {
            "background" => toml::from_str::<Background>(&text).is_err(),
            "citation" => toml::from_str::<Citation>(&text).is_err(),
            "credit" => toml::from_str::<Credit>(&text).is_err(),
            "event-kind" => toml::from_str::<EventKind>(&text).is_err(),
            "facet" => toml::from_str::<Facet>(&text).is_err(),
            "field" => toml::from_str::<Field>(&text).is_err(),
            "finding" => toml::from_str::<Finding>(&text).is_err(),
            "licence" => toml::from_str::<Licence>(&text).is_err(),
            "method" => toml::from_str::<Method>(&text).is_err(),
            "counted" => toml::from_str::<Counted>(&text).is_err(),
            "noun" => toml::from_str::<Noun>(&text).is_err(),
            "snapshot" => toml::from_str::<Snapshot>(&text).is_err(),
            "table" => toml::from_str::<Table>(&text).is_err(),
            "value" => toml::from_str::<FacetValue>(&text).is_err(),
            other => panic!("{other}"),
        }
    };
    for name in keys(&schema["$defs"]) {
        assert!(!missing(&name, ""), "{name}");
        let required = schema["$defs"][&name]["required"].as_array().unwrap();
        for field in required {
            let field = field.as_str().unwrap();
            assert!(missing(&name, field), "{name} without {field}");
        }
    }
}
