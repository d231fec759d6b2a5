use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Instant;

use fact_explorer::dataset::model::Dataset;
use fact_explorer::dataset::outline::{Point, US_STATES, outline, places, project, spread};
use fact_explorer::dataset::read::read;
use proptest::prelude::*;
use serde_json::Value;

use super::weight::compressed;

type Ring<T> = Vec<(T, T)>;

fn shipped() -> Dataset {
    read(Path::new("data/section-1373")).unwrap()
}

/// The rings of a path that has only moves and lines by whole numbers, and ends of rings.
fn drawn(path: &str) -> Vec<Ring<i32>> {
    let mut rings = Vec::new();
    let mut at = (0, 0);
    for ring in path.strip_suffix('z').unwrap().split('z') {
        let spaced = ring.strip_prefix('m').unwrap().replace('-', " -");
        let numbers: Vec<i32> = spaced
            .split_whitespace()
            .map(|it| it.parse().unwrap())
            .collect();
        assert_eq!(numbers.len() % 2, 0, "{ring}");
        let points = numbers.chunks(2).map(|it| {
            at = (at.0 + it[0], at.1 + it[1]);
            at
        });
        let points: Ring<i32> = points.collect();
        at = points[0];
        rings.push(points);
    }
    rings
}

/// The rings of each state as the file has them, read without the code under test; in its units.
fn original() -> BTreeMap<String, Vec<Ring<f64>>> {
    let file: Value = serde_json::from_str(US_STATES).unwrap();
    let pair = |it: &Value| (it[0].as_f64().unwrap(), it[1].as_f64().unwrap());
    let scale = pair(&file["transform"]["scale"]);
    let start = pair(&file["transform"]["translate"]);
    let arcs: Vec<Ring<f64>> = (file["arcs"].as_array().unwrap().iter())
        .map(|arc| {
            let mut sum = (0.0, 0.0);
            let steps = arc.as_array().unwrap().iter().map(pair);
            steps
                .map(|step| {
                    sum = (sum.0 + step.0, sum.1 + step.1);
                    (sum.0 * scale.0 + start.0, sum.1 * scale.1 + start.1)
                })
                .collect()
        })
        .collect();
    let ring = |numbers: &Value| -> Ring<f64> {
        let numbers = numbers
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it.as_i64().unwrap());
        numbers
            .flat_map(|it| {
                let at = usize::try_from(if it < 0 { -1 - it } else { it }).unwrap();
                let mut arc = arcs[at].clone();
                if it < 0 {
                    arc.reverse();
                }
                arc
            })
            .collect()
    };
    let states = file["objects"]["states"]["geometries"].as_array().unwrap();
    let rings = |state: &Value| -> Vec<Ring<f64>> {
        let parts = state["arcs"].as_array().unwrap();
        match state["type"].as_str().unwrap() {
            "Polygon" => parts.iter().map(ring).collect(),
            _ => parts
                .iter()
                .flat_map(|it| it.as_array().unwrap())
                .map(ring)
                .collect(),
        }
    };
    states
        .iter()
        .map(|it| (it["id"].as_str().unwrap().to_owned(), rings(it)))
        .collect()
}

/// Whether a point is inside, by how often a line to the right crosses the rings.
fn inside(rings: &[Ring<f64>], (x, y): Point) -> bool {
    let mut crossings = 0;
    for ring in rings {
        for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
            if (a.1 > y) != (b.1 > y) && x < a.0 + (y - a.1) / (b.1 - a.1) * (b.0 - a.0) {
                crossings += 1;
            }
        }
    }
    crossings % 2 == 1
}

fn size(ring: &[Point]) -> f64 {
    let pairs = ring.iter().zip(ring.iter().cycle().skip(1));
    (pairs.map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum::<f64>() / 2.0).abs()
}

#[test]
fn every_state_has_a_shape_near_its_own_size() {
    let outline = outline(US_STATES).unwrap();
    let original = original();
    assert_eq!(outline.areas.len(), 51);
    let unit = f64::from(outline.width) / 975.0;
    for area in &outline.areas {
        let rings = drawn(&area.path);
        for (x, y) in rings.iter().flatten() {
            // The westernmost islands of Alaska leave the frame that d3 gives it.
            assert!(
                (-200..=i32::try_from(outline.width).unwrap()).contains(x),
                "{}",
                area.name
            );
            assert!(
                (0..=i32::try_from(outline.height).unwrap()).contains(y),
                "{}",
                area.name
            );
        }
        assert!(rings.iter().all(|it| it.len() > 2), "{}", area.name);
        let float = |it: &Ring<i32>| -> Ring<f64> {
            it.iter()
                .map(|it| (f64::from(it.0) / unit, f64::from(it.1) / unit))
                .collect()
        };
        let now: f64 = rings.iter().map(|it| size(&float(it))).sum();
        let before: f64 = original[&area.id].iter().map(|it| size(it)).sum();
        let change = (now / before - 1.0).abs();
        // Some lose islands; the District of Columbia is three units across.
        let most = match area.id.as_str() {
            "02" | "15" | "44" => 0.08,
            "11" => 0.2,
            _ => 0.025,
        };
        assert!(change < most, "{}: {before:.1}, now {now:.1}", area.name);
    }
}

#[test]
fn the_shapes_are_small_enough_for_the_page() {
    let outline = outline(US_STATES).unwrap();
    let paths = outline
        .areas
        .iter()
        .map(|it| format!("<path data-area=\"{}\" d=\"{}\"></path>", it.id, it.path));
    let size = compressed(paths.collect::<String>().as_bytes());
    println!("shapes: {size} bytes");
    assert!(size < 6 * 1024, "{size} bytes");
}

#[test]
fn neighbours_meet_in_the_same_line() {
    let outline = outline(US_STATES).unwrap();
    let mut sides = BTreeMap::new();
    for area in &outline.areas {
        for ring in drawn(&area.path) {
            for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
                assert_eq!(sides.insert((*a, *b), &area.name), None, "{}", area.name);
            }
        }
    }
    // States that touch neither water nor another country: every side is a neighbour's too.
    let inner = [
        "Arkansas",
        "Colorado",
        "District of Columbia",
        "Iowa",
        "Kansas",
        "Kentucky",
        "Missouri",
        "Nebraska",
        "Nevada",
        "Oklahoma",
        "South Dakota",
        "Tennessee",
        "Utah",
        "West Virginia",
        "Wyoming",
    ];
    for ((a, b), name) in &sides {
        if inner.contains(&name.as_str()) {
            assert!(sides.contains_key(&(*b, *a)), "{name}: {a:?} to {b:?}");
        }
    }
}

#[test]
fn what_is_no_map_is_refused() {
    for json in ["", "{}", &US_STATES.replace("\"Polygon\"", "\"Point\"")] {
        assert!(outline(json).is_err());
    }
    let broken = US_STATES.replacen("\"arcs\": [\n", "\"arcs\": [], \"lost\": [\n", 1);
    assert_eq!(outline(&broken).unwrap_err(), "there is no arc 0");
}

/// Against `geoAlbersUsa().scale(1300).translate([487.5, 305])` of the npm package d3-geo 3.1.1.
#[test]
fn places_lie_where_d3_puts_them() {
    let unit = f64::from(outline(US_STATES).unwrap().width) / 975.0;
    for (latitude, longitude, x, y) in [
        (41.88, -87.63, 638.212_455_101_742_3, 226.069_303_946_219_3),
        (39.95, -75.16, 854.336_842_055_143_2, 237.180_626_321_738),
        (37.77, -122.42, 34.800_038_399_325_33, 261.540_576_084_749_1),
        (25.6, -80.5, 817.054_075_143_495_5, 577.167_457_782_027_7),
        (47.6, -122.33, 97.617_863_518_340_36, 46.461_900_680_012_604),
        (49.0, -95.15, 510.833_272_997_549_95, 70.760_790_287_664_58),
        (61.22, -149.9, 112.277_633_858_753_59, 544.262_730_221_300_3),
        (58.3, -134.42, 176.940_227_060_075_47, 556.098_632_259_063_4),
        (21.31, -157.86, 266.923_995_277_922_9, 549.120_403_789_91),
        (19.72, -155.08, 326.368_170_442_786_3, 584.892_730_967_073_5),
    ] {
        let point = project(latitude, longitude).unwrap();
        assert!(
            (point.0 - x * unit).abs() < 1e-6,
            "{latitude} {longitude}: {point:?}"
        );
        assert!(
            (point.1 - y * unit).abs() < 1e-6,
            "{latitude} {longitude}: {point:?}"
        );
    }
    for (latitude, longitude) in [(51.5, -0.12), (18.47, -66.1), (-87.63, 41.88), (0.0, 0.0)] {
        assert_eq!(project(latitude, longitude), None, "{latitude} {longitude}");
    }
}

#[test]
fn every_subject_lies_in_the_state_that_its_facet_and_its_code_say() {
    let dataset = shipped();
    let states = original();
    let names: BTreeMap<String, String> = (outline(US_STATES).unwrap().areas.into_iter())
        .map(|it| (it.name, it.id))
        .collect();
    let facet = (dataset.about.facet.iter())
        .find(|it| it.id.get_ref() == "state")
        .unwrap();
    for subject in &dataset.subjects {
        let value = subject.values("state")[0];
        let label = &facet
            .values
            .iter()
            .find(|it| it.id.get_ref() == value)
            .unwrap()
            .label;
        let fips = &names[label];
        let code = subject.census_code.as_ref().unwrap();
        assert!(
            code.starts_with(fips),
            "{}: {code}, {label} is {fips}",
            subject.id
        );
        let [latitude, longitude] = subject.coordinates.unwrap();
        let (x, y) = project(latitude, longitude).unwrap();
        let unit = f64::from(outline(US_STATES).unwrap().width) / 975.0;
        let in_states: Vec<&String> = (states.iter())
            .filter(|it| inside(it.1, (x / unit, y / unit)))
            .map(|it| it.0)
            .collect();
        assert_eq!(in_states, [fips], "{}: {latitude}, {longitude}", subject.id);
    }
}

fn nearest(points: &[Point]) -> f64 {
    let mut least = f64::INFINITY;
    for (n, a) in points.iter().enumerate() {
        for b in &points[..n] {
            least = least.min((a.0 - b.0).hypot(a.1 - b.1));
        }
    }
    least
}

#[test]
fn the_marks_of_the_record_stand_apart_and_near_their_places() {
    let dataset = shipped();
    let marks = places(&dataset, 40);
    assert_eq!(marks.len(), dataset.subjects.len());
    let marks: Vec<Point> = (marks.iter())
        .map(|it| it.unwrap())
        .map(|it| (f64::from(it.0), f64::from(it.1)))
        .collect();
    assert!(nearest(&marks) >= 40.0, "{}", nearest(&marks));
    for (mark, subject) in marks.iter().zip(dataset.by_name()) {
        let [latitude, longitude] = subject.coordinates.unwrap();
        let place = project(latitude, longitude).unwrap();
        let moved = (mark.0 - place.0).hypot(mark.1 - place.1);
        println!("{}: moved {moved:.0}", subject.id);
        assert!(moved < 80.0, "{}: moved {moved}", subject.id);
    }
    let projected = dataset.by_name().into_iter().map(|it| {
        let [latitude, longitude] = it.coordinates.unwrap();
        project(latitude, longitude).unwrap()
    });
    let projected: Vec<Point> = projected.collect();
    for least in [41.4, 53.4, 90.0] {
        let frame = (1898.0, 1168.0);
        assert_eq!(
            spread(&projected, least, frame),
            of_all_pairs(&projected, least, frame)
        );
    }
    let moons = read(Path::new("tests/datasets/good")).unwrap();
    assert_eq!(places(&moons, 40), [None, None]);
}

/// What `spread` says, with every mark compared with every other.
fn of_all_pairs(places: &[Point], least: f64, frame: Point) -> Vec<Point> {
    let mut points = places.to_vec();
    for step in 0..2000_u32 {
        let left = f64::from(400_u32.saturating_sub(step)) / 400.0;
        for (point, place) in points.iter_mut().zip(places) {
            point.0 += (place.0 - point.0) * left * 0.1;
            point.1 += (place.1 - point.1) * left * 0.1;
        }
        let mut crowded = false;
        for second in 1..points.len() {
            for first in 0..second {
                let (a, b) = (points[first], points[second]);
                let (dx, dy) = (b.0 - a.0, b.1 - a.1);
                let distance = dx.hypot(dy);
                if distance >= least {
                    continue;
                }
                crowded = true;
                let (x, y) = if distance > 1e-9 {
                    (dx / distance, dy / distance)
                } else {
                    let turn = f64::from(u32::try_from(first + second).unwrap()) * 2.399_963;
                    (turn.cos(), turn.sin())
                };
                let push = (least - distance) * 0.5 + least * 1e-4;
                points[first] = (a.0 - x * push, a.1 - y * push);
                points[second] = (b.0 + x * push, b.1 + y * push);
            }
        }
        for point in &mut points {
            *point = (point.0.clamp(0.0, frame.0), point.1.clamp(0.0, frame.1));
        }
        if !crowded && step > 0 {
            break;
        }
    }
    points
}

/// Places in a few clumps, as cities are.
fn clumped(n: u32) -> Vec<Point> {
    let at = |it: u32| f64::from((it * 7919) % 1000) / 1000.0;
    let clump = |it: u32| f64::from(it % 5);
    (0..n)
        .map(|it| {
            (
                clump(it) * 350.0 + at(it) * 90.0,
                clump(it) * 200.0 + at(it + 3) * 90.0,
            )
        })
        .collect()
}

#[test]
fn thousands_of_marks_are_placed_in_seconds() {
    let frame = (1898.0, 1168.0);
    let start = Instant::now();
    let apart = spread(&clumped(500), 53.5, frame);
    println!("500 in {:?}", start.elapsed());
    assert!(nearest(&apart) > 50.0, "{}", nearest(&apart));
    // Where there is no room for all, each is where it belongs.
    let many = clumped(10_000);
    assert_eq!(spread(&many, 53.5, frame), many);
    let one = vec![(3.0, 4.0); 1200];
    assert_eq!(spread(&one, 53.5, frame), one);
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn crowded_marks_are_moved_apart(
        points in prop::collection::vec((0.0..400.0, 0.0..300.0), 0..40),
        copies in 0_usize..6,
        least in 1.0..50.0,
    ) {
        let mut points = points;
        for n in 0..copies.min(points.len()) {
            points.push(points[n]);
        }
        let frame = (1000.0, 600.0);
        let apart = spread(&points, least, frame);
        prop_assert_eq!(apart.len(), points.len());
        prop_assert!(nearest(&apart) >= least - 1e-9, "{}", nearest(&apart));
        for it in &apart {
            prop_assert!((0.0..=frame.0).contains(&it.0) && (0.0..=frame.1).contains(&it.1));
        }
        prop_assert_eq!(&apart, &spread(&points, least, frame));
    }

    #[test]
    fn only_neighbours_are_compared_and_nothing_else_changes(
        points in prop::collection::vec((-50.0..400.0, -50.0..300.0), 0..60),
        copies in 0_usize..6,
        least in 1.0..50.0,
    ) {
        let mut points = points;
        for n in 0..copies.min(points.len()) {
            points.push(points[n]);
        }
        let frame = (400.0, 300.0);
        let n = f64::from(u32::try_from(points.len()).unwrap());
        if n * least * least < frame.0 * frame.1 {
            prop_assert_eq!(spread(&points, least, frame), of_all_pairs(&points, least, frame));
        }
    }

    #[test]
    fn marks_with_room_stay_where_they_are(n in 1_u32..8, least in 1.0..100.0) {
        let points: Vec<Point> = (0..n).map(|it| (f64::from(it) * 120.0, 50.0)).collect();
        prop_assert_eq!(spread(&points, least, (1000.0, 600.0)), points);
    }
}

#[test]
fn each_area_is_there_once() {
    let outline = outline(US_STATES).unwrap();
    let ids: BTreeSet<&str> = outline.areas.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(ids.len(), outline.areas.len());
    let of = |id: &str| {
        outline
            .areas
            .iter()
            .find(|it| it.id == id)
            .unwrap()
            .name
            .as_str()
    };
    assert_eq!((of("11"), of("17")), ("District of Columbia", "Illinois"));
}
