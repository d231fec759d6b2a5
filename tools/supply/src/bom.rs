//! The bill of materials: everything that a release is made of, is built with, and is tested with, as
//! CycloneDX 1.5 has it.

use std::collections::BTreeSet;
use std::fs;

use cyclonedx_bom::models::bom::{Bom, SpecVersion};
use cyclonedx_bom::models::component::{Classification, Component, Components, Scope};
use cyclonedx_bom::models::dependency::{Dependencies, Dependency};
use cyclonedx_bom::models::external_reference::{
    ExternalReference, ExternalReferenceType, ExternalReferences,
};
use cyclonedx_bom::models::hash::{Hash, HashAlgorithm, HashValue, Hashes};
use cyclonedx_bom::models::license::{LicenseChoice, Licenses};
use cyclonedx_bom::models::metadata::Metadata;
use cyclonedx_bom::models::property::{Properties, Property};
use cyclonedx_bom::prelude::{Purl, Uri, Validate};
use spdx::{Expression, ParseMode};

use crate::Fallible;
use crate::crates::{Crate, Part};
use crate::notices::Work;
use crate::npm::Package;

/// The bill, as JSON.
///
/// # Errors
/// Where it wouldn't be as CycloneDX asks, or the versions of the tools can't be read.
pub fn bom(
    crates: &[Crate],
    packages: &[Package],
    works: &[Work],
    compiler: &str,
) -> Fallible<Vec<u8>> {
    let mut components = Vec::new();
    let mut dependencies = Vec::new();
    let mut metadata = Metadata::default();
    let own = |it: &&Crate| it.package.name.as_str() == "fact-explorer";
    let root = crates
        .iter()
        .find(own)
        .ok_or("the project isn't among its crates")?;
    for it in crates {
        let component = of_crate(it)?;
        dependencies.push(depends(
            &component,
            it.uses.iter().map(|it| cargo_ref(it)).collect(),
        ));
        if it.key() == root.key() {
            let component_type = Classification::Application;
            metadata.component = Some(Component {
                component_type,
                ..component
            });
        } else {
            components.push(component);
        }
    }
    for it in packages {
        let component = of_package(it)?;
        let uses = packages
            .iter()
            .filter(|other| it.uses.contains(&other.name));
        dependencies.push(depends(&component, uses.map(npm_ref).collect()));
        components.push(component);
    }
    for it in works {
        components.extend(of_work(it, compiler)?);
    }
    components.extend(tools(compiler)?);
    let bom = Bom {
        version: 1,
        // A number of its own for each bill would make each build another.
        serial_number: None,
        metadata: Some(metadata),
        components: Some(Components(components)),
        services: None,
        external_references: None,
        dependencies: Some(Dependencies(dependencies)),
        compositions: None,
        properties: None,
        vulnerabilities: None,
        signature: None,
        annotations: None,
        formulation: None,
        spec_version: SpecVersion::V1_5,
    };
    let valid = bom.validate_version(SpecVersion::V1_5);
    if valid.has_errors() {
        return Err(format!("the bill isn't as CycloneDX asks: {valid:?}").into());
    }
    let mut json = Vec::new();
    bom.output_as_json(&mut json, SpecVersion::V1_5)?;
    json.push(b'\n');
    Ok(json)
}

fn cargo_ref(key: &str) -> String {
    format!("pkg:cargo/{}", key.replace(' ', "@"))
}

fn npm_ref(it: &Package) -> String {
    format!("pkg:npm/{}@{}", it.name.replacen('@', "%40", 1), it.version)
}

fn depends(component: &Component, dependencies: Vec<String>) -> Dependency {
    Dependency {
        dependency_ref: component.bom_ref.clone().unwrap_or_default(),
        dependencies,
    }
}

/// A component with what all of them have.
fn component(
    kind: Classification,
    [name, version, purl, licence]: [&str; 4],
    part: Part,
) -> Fallible<Component> {
    let licence = Expression::parse_mode(licence, ParseMode::LAX)
        .map_err(|it| format!("{name}: {licence}: {it}"))?;
    // As its author wrote it, but for `/`, which once stood for OR.
    let licence = Expression::canonicalize(licence.as_ref())
        .map_err(|it| format!("{name}: {it}"))?
        .unwrap_or_else(|| licence.as_ref().to_owned());
    Ok(Component {
        purl: purl.parse::<Purl>().ok().filter(|_| !purl.is_empty()),
        licenses: Some(Licenses(vec![LicenseChoice::expression(&licence)])),
        // What only builds or tests isn't in what readers and authors are given.
        scope: Some(match part {
            Part::Page | Part::Command => Scope::Required,
            Part::Build | Part::Test => Scope::Excluded,
        }),
        properties: Some(Properties(vec![Property::new(
            "fact-explorer:part",
            part.slug(),
        )])),
        ..Component::new(kind, name, version, Some(purl.to_owned()))
    })
}

fn digest(algorithm: HashAlgorithm, content: &str) -> Hashes {
    Hashes(vec![Hash {
        alg: algorithm,
        content: HashValue(content.to_owned()),
    }])
}

fn of_crate(it: &Crate) -> Fallible<Component> {
    let package = &it.package;
    let licence = package
        .license
        .as_deref()
        .ok_or_else(|| format!("{} doesn't name its licence", it.key()))?;
    let what = [
        package.name.as_str(),
        &package.version.to_string(),
        &cargo_ref(&it.key()),
        licence,
    ];
    let repository = package
        .repository
        .as_ref()
        .and_then(|it| Uri::try_from(it.clone()).ok());
    Ok(Component {
        hashes: it
            .checksum
            .as_deref()
            .map(|it| digest(HashAlgorithm::SHA_256, it)),
        external_references: repository.map(|it| {
            ExternalReferences(vec![ExternalReference::new(ExternalReferenceType::Vcs, it)])
        }),
        ..component(Classification::Library, what, it.part)?
    })
}

fn of_package(it: &Package) -> Fallible<Component> {
    let what = [it.name.as_str(), &it.version, &npm_ref(it), &it.licence];
    Ok(Component {
        hashes: Some(digest(HashAlgorithm::SHA_512, &it.digest)),
        ..component(Classification::Library, what, it.part)?
    })
}

/// A work that is no crate, where the bill has it from nowhere else.
fn of_work(it: &Work, compiler: &str) -> Fallible<Option<Component>> {
    let Some(package) = &it.package else {
        return Ok(None);
    };
    let (_, name) = package
        .split_once('/')
        .ok_or_else(|| format!("{package} has no kind"))?;
    let version = it.version.as_deref().unwrap_or(compiler);
    let purl = format!("pkg:{package}@{version}");
    let what = [name, version, &purl, &it.licence];
    Ok(Some(component(Classification::Library, what, it.part)?))
}

/// The compiler, whose library is in the page, and those of the tools that `tools/versions.env` names
/// which make the release.
fn tools(compiler: &str) -> Fallible<Vec<Component>> {
    let pins = fs::read_to_string("tools/versions.env")?;
    let pin = |name: &str| {
        let mut lines = pins.lines();
        let found = lines.find_map(|it| it.strip_prefix(name)?.strip_prefix('='));
        found.ok_or_else(|| format!("tools/versions.env has no {name}"))
    };
    let (trunk, bindgen) = (pin("TRUNK_VERSION")?, pin("WASM_BINDGEN_VERSION")?);
    let both = "MIT OR Apache-2.0";
    let mut components = Vec::new();
    for (name, version, kind, part) in [
        ("rust-std", compiler, Classification::Library, Part::Page),
        ("rustc", compiler, Classification::Application, Part::Build),
        ("trunk", trunk, Classification::Application, Part::Build),
        (
            "wasm-bindgen-cli",
            bindgen,
            Classification::Application,
            Part::Build,
        ),
    ] {
        let is_rust = ["rust-std", "rustc"].contains(&name);
        let place = if is_rust { "generic" } else { "cargo" };
        let purl = format!("pkg:{place}/{name}@{version}");
        components.push(component(kind, [name, version, &purl, both], part)?);
    }
    let names: BTreeSet<_> = components.iter().map(|it| it.bom_ref.clone()).collect();
    debug_assert_eq!(names.len(), components.len());
    Ok(components)
}
