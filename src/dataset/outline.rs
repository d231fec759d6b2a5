//! The shapes of a map, and where a place on Earth lies on it.
//!
//! The shapes come as `TopoJSON`: borders are *arcs*, each kept once, and an area is a ring of arcs.
//! Simplified arc by arc, two neighbours still meet in the very same line. A ring's arc that is run
//! through backwards is written as the one's complement of its number.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Deserialize;

use super::model::Dataset;

/// The maps that a dataset can name.
pub const MAPS: [&str; 1] = ["us-states"];

/// `TopoJSON` of the map `us-states`: `data/README.md` says where it is from.
pub const US_STATES: &str = include_str!("../../data/outlines/us-states.json");

/// The projected size that the shapes of `us-states` are drawn at, in their own units.
const FRAME: (f64, f64) = (975.0, 610.0);
/// View box units to one of those: a whole number of them is less than a pixel at 900 pixels wide.
const SCALE: f64 = 2.0;
/// What may be cut off a line at one point, in square units of the shapes.
const LEAST_CUT: f64 = 1.2;
/// An island smaller than this is left out, in square units of the shapes.
const LEAST_ISLAND: f64 = 3.0;
/// An area's line is cut by no more than this part of the area, so that the smallest keep a shape.
const LEAST_PART: f64 = 0.02;

/// A point of a map; x to the right, y down.
pub type Point = (f64, f64);

/// The shapes of a map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// The width of the view box that the paths are drawn in; it begins at 0.
    pub width: u32,
    /// Its height.
    pub height: u32,
    /// The areas, in the file's order.
    pub areas: Vec<Area>,
}

/// One area of a map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// Its id; of a state, its FIPS code.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its shape as the data of an SVG path.
    pub path: String,
}

#[derive(Deserialize)]
struct Topology {
    transform: Transform,
    objects: BTreeMap<String, Collection>,
    /// Each point as its distance from the one before.
    arcs: Vec<Vec<[i32; 2]>>,
}

#[derive(Deserialize)]
struct Transform {
    scale: [f64; 2],
    translate: [f64; 2],
}

#[derive(Deserialize)]
struct Collection {
    geometries: Vec<Geometry>,
}

#[derive(Deserialize)]
struct Geometry {
    id: String,
    properties: Properties,
    #[serde(flatten)]
    shape: Shape,
}

#[derive(Deserialize)]
struct Properties {
    name: String,
}

#[derive(Deserialize)]
#[serde(tag = "type", content = "arcs")]
enum Shape {
    Polygon(Vec<Vec<i32>>),
    MultiPolygon(Vec<Vec<Vec<i32>>>),
}

impl Shape {
    fn rings(&self) -> Vec<&[i32]> {
        match self {
            Self::Polygon(rings) => rings.iter().map(Vec::as_slice).collect(),
            Self::MultiPolygon(polygons) => polygons.iter().flatten().map(Vec::as_slice).collect(),
        }
    }
}

/// The shapes of a map, by its name; none where there is no such map.
///
/// # Errors
/// As [`outline`] has them.
pub fn named(name: &str) -> Option<Result<Outline, String>> {
    (name == "us-states").then(|| outline(US_STATES))
}

/// Decodes, simplifies and draws the shapes of a `TopoJSON` file, which must be projected already.
///
/// # Errors
/// Where the text isn't `TopoJSON` of polygons, or speaks of an arc that it doesn't have.
pub fn outline(json: &str) -> Result<Outline, String> {
    let topology: Topology = serde_json::from_str(json).map_err(|it| it.to_string())?;
    let lines: Vec<Vec<Point>> = topology
        .arcs
        .iter()
        .map(|it| placed(it, &topology.transform))
        .collect();
    let geometries: Vec<&Geometry> = topology
        .objects
        .values()
        .flat_map(|it| &it.geometries)
        .collect();

    // How much may be cut off each arc, and of how many rings it is a part.
    let mut limits = vec![(LEAST_CUT, 0); lines.len()];
    for geometry in &geometries {
        let mut whole = 0.0;
        for ring in geometry.shape.rings() {
            whole += size(&joined(ring, &lines)?).abs();
        }
        for arc in geometry.shape.rings().concat() {
            if let Some((cut, n_rings)) = limits.get_mut(number(arc)) {
                *cut = (whole * LEAST_PART).min(*cut);
                *n_rings += 1;
            }
        }
    }
    let drawn: Vec<Vec<Point>> = lines
        .iter()
        .zip(&limits)
        .map(|(line, (cut, _))| on_grid(simplified(line, *cut)))
        .collect();

    let mut areas = Vec::new();
    for geometry in geometries {
        let mut pen = Pen::default();
        for ring in geometry.shape.rings() {
            let is_island = ring
                .iter()
                .all(|it| limits.get(number(*it)).is_none_or(|it| it.1 < 2));
            let least = if is_island { LEAST_ISLAND } else { 0.0 };
            let line = joined(ring, &drawn)?;
            if size(&line).abs() > least * SCALE * SCALE {
                pen.ring(&line);
            }
        }
        areas.push(Area {
            id: geometry.id.clone(),
            name: geometry.properties.name.clone(),
            path: pen.path,
        });
    }
    Ok(Outline {
        width: unsigned(FRAME.0 * SCALE),
        height: unsigned(FRAME.1 * SCALE),
        areas,
    })
}

/// The number of an arc, whichever way it is run through.
fn number(arc: i32) -> usize {
    usize::try_from(if arc < 0 { !arc } else { arc }).unwrap_or(usize::MAX)
}

/// The points of an arc, from the distances that the file gives.
fn placed(arc: &[[i32; 2]], transform: &Transform) -> Vec<Point> {
    let [scale_x, scale_y] = transform.scale;
    let [x0, y0] = transform.translate;
    let mut at = (0, 0);
    arc.iter()
        .map(|[dx, dy]| {
            at = (at.0 + dx, at.1 + dy);
            (
                f64::from(at.0) * scale_x + x0,
                f64::from(at.1) * scale_y + y0,
            )
        })
        .collect()
}

/// The line of a ring: its arcs one after the other, each point once.
fn joined(ring: &[i32], lines: &[Vec<Point>]) -> Result<Vec<Point>, String> {
    let mut whole: Vec<Point> = Vec::new();
    for arc in ring {
        let line = lines
            .get(number(*arc))
            .ok_or_else(|| format!("there is no arc {arc}"))?;
        // It begins where the last one ended.
        whole.pop();
        if *arc < 0 {
            whole.extend(line.iter().rev());
        } else {
            whole.extend(line);
        }
    }
    whole.pop();
    Ok(whole)
}

/// What a ring encloses; negative where it runs anticlockwise on the screen.
fn size(ring: &[Point]) -> f64 {
    let after = ring.iter().cycle().skip(1);
    ring.iter()
        .zip(after)
        .map(|(a, b)| (a.0 * b.1 - b.0 * a.1) / 2.0)
        .sum()
}

/// A line with fewer points: time and again the one goes whose triangle with its neighbours is the
/// smallest, as long as that is below `cut` (Visvalingam and Whyatt, 1993). The ends stay.
fn simplified(line: &[Point], cut: f64) -> Vec<Point> {
    let mut line = line.to_vec();
    let triangle = |it: &[Point]| size(it).abs();
    // A ring of a single arc keeps the points of a triangle.
    let least = if line.first() == line.last() { 4 } else { 2 };
    while line.len() > least {
        let smallest = line
            .windows(3)
            .map(triangle)
            .enumerate()
            .min_by(|a, b| a.1.total_cmp(&b.1));
        match smallest {
            Some((before, size)) if size < cut => _ = line.remove(before + 1),
            _ => break,
        }
    }
    line
}

/// A line in whole units of the view box, without points that change nothing.
fn on_grid(line: Vec<Point>) -> Vec<Point> {
    let mut line: Vec<Point> = line
        .into_iter()
        .map(|it| ((it.0 * SCALE).round(), (it.1 * SCALE).round()))
        .collect();
    line.dedup();
    line
}

/// Writes the data of an SVG path.
#[derive(Default)]
struct Pen {
    path: String,
    at: Point,
}

impl Pen {
    fn ring(&mut self, ring: &[Point]) {
        let mut points = ring.iter();
        let Some(start) = points.next() else { return };
        self.path.push('m');
        self.step(*start);
        // What follows a move is a line.
        for point in points {
            self.step(*point);
        }
        self.path.push('z');
        // Closed, the pen is where the ring began.
        self.at = *start;
    }

    /// The distance to the next point; a minus sign sets numbers apart as well as a blank does.
    fn step(&mut self, to: Point) {
        for distance in [to.0 - self.at.0, to.1 - self.at.1] {
            if distance >= 0.0 && self.path.ends_with(|it: char| it.is_ascii_digit()) {
                self.path.push(' ');
            }
            self.path.push_str(&format!("{distance:.0}"));
        }
        self.at = to;
    }
}

/// An Albers equal-area conic projection with two standard parallels (Snyder, “Map Projections: A
/// Working Manual”, 1987, pages 98 to 103), on a sphere.
struct Conic {
    /// Degrees.
    parallels: (f64, f64),
    /// The longitude that stands upright, degrees.
    meridian: f64,
    /// Degrees east of the meridian and north, of the point that stands at `at`.
    center: (f64, f64),
    /// Units of the shapes to the sphere's radius.
    scale: f64,
    /// Where the centre stands, in parts of `UNIT` from the middle of the frame.
    at: Point,
    /// What is shown of it: left, top, right and bottom, in the same parts.
    clip: [f64; 4],
}

/// Units of the shapes to the Earth's radius, on the mainland.
const UNIT: f64 = 1300.0;

/// `geoAlbersUsa` of d3-geo 3 (Mike Bostock, ISC licence): the mainland, Alaska at 0.35 of its size,
/// and Hawaii.
const CONICS: [Conic; 3] = [
    Conic {
        parallels: (29.5, 45.5),
        meridian: -96.0,
        center: (-0.6, 38.7),
        scale: UNIT,
        at: (0.0, 0.0),
        clip: [-0.455, -0.238, 0.455, 0.238],
    },
    Conic {
        parallels: (55.0, 65.0),
        meridian: -154.0,
        center: (-2.0, 58.5),
        scale: UNIT * 0.35,
        at: (-0.307, 0.201),
        clip: [-0.425, 0.120, -0.214, 0.234],
    },
    Conic {
        parallels: (8.0, 18.0),
        meridian: -157.0,
        center: (-3.0, 19.9),
        scale: UNIT,
        at: (-0.205, 0.212),
        clip: [-0.214, 0.166, -0.115, 0.234],
    },
];

impl Conic {
    /// Latitude and longitude in radians, the latter from the meridian; y to the north.
    fn raw(&self, latitude: f64, longitude: f64) -> Point {
        let sine = self.parallels.0.to_radians().sin();
        let n = f64::midpoint(sine, self.parallels.1.to_radians().sin());
        let c = 1.0 + sine * (2.0 * n - sine);
        let radius = (c - 2.0 * n * latitude.sin()).sqrt() / n;
        let angle = longitude * n;
        (radius * angle.sin(), c.sqrt() / n - radius * angle.cos())
    }

    fn project(&self, latitude: f64, longitude: f64) -> Option<Point> {
        // Between half a turn west and half a turn east of the meridian.
        let east = (longitude - self.meridian + 180.0).rem_euclid(360.0) - 180.0;
        let (x, y) = self.raw(latitude.to_radians(), east.to_radians());
        let (x0, y0) = self.raw(self.center.1.to_radians(), self.center.0.to_radians());
        let part = self.scale / UNIT;
        let x = self.at.0 + (x - x0) * part;
        let y = self.at.1 - (y - y0) * part;
        let [left, top, right, bottom] = self.clip;
        ((left..=right).contains(&x) && (top..=bottom).contains(&y)).then_some((
            (FRAME.0 / 2.0 + x * UNIT) * SCALE,
            (FRAME.1 / 2.0 + y * UNIT) * SCALE,
        ))
    }
}

/// Where a place on Earth, in degrees, lies on the map `us-states`, in units of the view box.
/// `None` outside the frames of the mainland, Alaska and Hawaii.
pub fn project(latitude: f64, longitude: f64) -> Option<Point> {
    CONICS.iter().find_map(|it| it.project(latitude, longitude))
}

/// Moves crowded marks apart until no two are closer than `least`, each as near to its place as the
/// others let it, and all of them inside a frame of this width and height. The same points in the
/// same order always give the same answer. Where there is hardly room, they are as far apart as
/// this many steps get them; where the frame can't hold so many, each stays at its place.
pub fn spread(places: &[Point], least: f64, frame: Point) -> Vec<Point> {
    const STEPS: u32 = 2000;
    /// In the first steps each mark is drawn back to its place, less and less.
    const DRAWN: u32 = 400;
    let inside = |it: &Point| {
        (
            it.0.clamp(0.0, frame.0.max(0.0)),
            it.1.clamp(0.0, frame.1.max(0.0)),
        )
    };
    if !has_room(places.len(), least, frame) {
        return places.iter().map(inside).collect();
    }
    let mut points = places.to_vec();
    for step in 0..STEPS {
        let left = f64::from(DRAWN.saturating_sub(step)) / f64::from(DRAWN);
        for (point, place) in points.iter_mut().zip(places) {
            point.0 += (place.0 - point.0) * left * 0.1;
            point.1 += (place.1 - point.1) * left * 0.1;
        }
        let crowded = part(&mut points, least, frame);
        for point in &mut points {
            *point = inside(point);
        }
        if !crowded && step > 0 {
            break;
        }
    }
    points
}

/// Whether so many marks can be that far apart: circles cover no more than the twelfth part of π² of
/// a plane, under the root, and half of one may hang over each edge.
fn has_room(n: usize, least: f64, frame: Point) -> bool {
    let each = least * least * 0.75_f64.sqrt();
    let n = f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    n <= 1.0 || n * each <= (frame.0.max(0.0) + least) * (frame.1.max(0.0) + least)
}

/// Moves each two points that are closer than `least` apart, once, in the order of the later one and
/// then of the earlier. Whether there were any.
fn part(points: &mut [Point], least: f64, frame: Point) -> bool {
    let mut crowded = false;
    let mut cells = Cells::new(points, least, frame);
    let mut near = Vec::new();
    for second in 1..points.len() {
        let (before, rest) = points.split_at_mut(second);
        let Some(b) = rest.first_mut() else { continue };
        let mut at = cells.of(*b);
        cells.near(at, 0..second, &mut near);
        let mut next = 0;
        while let Some(first) = near.get(next).copied() {
            next += 1;
            let Some(a) = before.get_mut(first) else {
                continue;
            };
            let (dx, dy) = (b.0 - a.0, b.1 - a.1);
            let distance = dx.hypot(dy);
            if distance >= least {
                continue;
            }
            crowded = true;
            // Two in the very same place part in a direction of their own: by the golden angle
            // no two pairs share one.
            let (x, y) = if distance > 1e-9 {
                (dx / distance, dy / distance)
            } else {
                let turn = f64::from(u32::try_from(first + second).unwrap_or(0)) * 2.399_963;
                (turn.cos(), turn.sin())
            };
            let push = (least - distance) * 0.5 + least * 1e-4;
            let was = cells.of(*a);
            *a = (a.0 - x * push, a.1 - y * push);
            *b = (b.0 + x * push, b.1 + y * push);
            cells.shift(first, was, cells.of(*a));
            let to = cells.of(*b);
            if to != at {
                cells.shift(second, at, to);
                at = to;
                cells.near(at, first + 1..second, &mut near);
                next = 0;
            }
        }
    }
    crowded
}

/// The numbers of points by the part of the frame that they are in: those less than the least
/// distance from a point are in its own part or one beside it. What is outside counts as at the edge.
struct Cells {
    /// The width and the height of each.
    size: Point,
    n_across: usize,
    n_down: usize,
    /// Row by row, each in order.
    lists: Vec<Vec<usize>>,
}

impl Cells {
    fn new(points: &[Point], least: f64, frame: Point) -> Self {
        /// Finer ones than this would be empty.
        const MOST: f64 = 64.0;
        let size = (least.max(frame.0 / MOST), least.max(frame.1 / MOST));
        let n = |frame: f64, size: f64| unsigned(frame / size) as usize + 1;
        let (n_across, n_down) = (n(frame.0, size.0), n(frame.1, size.1));
        let mut cells = Self {
            size,
            n_across,
            n_down,
            lists: vec![Vec::new(); n_across * n_down],
        };
        for (number, point) in points.iter().enumerate() {
            let at = cells.of(*point);
            cells.list(at).push(number);
        }
        cells
    }

    /// The column and the row that a point is in.
    fn of(&self, point: Point) -> (usize, usize) {
        let place =
            |it: f64, size: f64, n: usize| (unsigned((it / size).floor()) as usize).min(n - 1);
        (
            place(point.0, self.size.0, self.n_across),
            place(point.1, self.size.1, self.n_down),
        )
    }

    // Columns and rows are all below their numbers.
    #[allow(clippy::indexing_slicing, reason = "see above")]
    fn list(&mut self, (column, row): (usize, usize)) -> &mut Vec<usize> {
        &mut self.lists[row * self.n_across + column]
    }

    /// The points in a cell and in those beside it, of the numbers in a range, in order.
    fn near(&self, (column, row): (usize, usize), of: Range<usize>, into: &mut Vec<usize>) {
        into.clear();
        for row in row.saturating_sub(1)..=(row + 1).min(self.n_down - 1) {
            for column in column.saturating_sub(1)..=(column + 1).min(self.n_across - 1) {
                let list = self.lists.get(row * self.n_across + column);
                let list = list.map_or(&[][..], Vec::as_slice);
                let from = list.partition_point(|it| *it < of.start);
                let to = list.partition_point(|it| *it < of.end);
                into.extend(list.get(from..to).unwrap_or(&[]));
            }
        }
        into.sort_unstable();
    }

    /// Brings a point from one cell to another.
    fn shift(&mut self, number: usize, from: (usize, usize), to: (usize, usize)) {
        if from != to {
            self.list(from).retain(|it| *it != number);
            let list = self.list(to);
            list.insert(list.partition_point(|it| *it < number), number);
        }
    }
}

/// Where the mark of each subject stands on the dataset's map, in units of the view box and in the
/// order of [`Dataset::by_name`]; no two closer than `least` units, and all of them at least half of that
/// from the edge. `None` for a subject without coordinates, and for all where there is no map.
pub fn places(dataset: &Dataset, least: u32) -> Vec<Option<(u32, u32)>> {
    let subjects = dataset.by_name();
    let projected: Vec<Option<Point>> = subjects
        .iter()
        .map(|it| {
            dataset.about.map.as_ref()?;
            let [latitude, longitude] = it.coordinates?;
            project(latitude, longitude)
        })
        .collect();
    let margin = f64::from(least) / 2.0;
    let inner = |it: f64| it * SCALE - margin * 2.0;
    let crowded: Vec<Point> = projected
        .iter()
        .flatten()
        .map(|it| (it.0 - margin, it.1 - margin))
        .collect();
    // Whole numbers may bring two marks closer by the diagonal of a unit.
    let apart = f64::from(least) + std::f64::consts::SQRT_2;
    let mut apart = spread(&crowded, apart, (inner(FRAME.0), inner(FRAME.1))).into_iter();
    projected
        .iter()
        .map(|it| {
            it.as_ref()?;
            let (x, y) = apart.next()?;
            Some((unsigned(x + margin), unsigned(y + margin)))
        })
        .collect()
}

/// The nearest whole number that isn't negative.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "what is outside the range of u32 becomes its nearest end, which is what is wanted"
)]
fn unsigned(number: f64) -> u32 {
    number.round() as u32
}
