//! The pictures that stand beside a shared link: one of each subject, and one of the whole.
//!
//! Drawn for a phone's timeline, where they are about 300 pixels wide: the largest words say the
//! name and the finding, and no finding is told by its colour alone.

use super::canvas::{Canvas, Face, Faces, Ink, Room};

use crate::dataset::model::Dataset;
use crate::dataset::pack::{Finding, Pack, Subject};
use crate::view::mark;

/// Pixels; the size that every service takes whole.
pub const WIDTH: u32 = 1200;
/// Pixels.
pub const HEIGHT: u32 = 630;

/// The margin left and right, pixels.
const MARGIN: f32 = 76.0;
/// What lies between the margins, pixels.
const MEASURE: f32 = 1200.0 - 2.0 * MARGIN;
/// The baseline of the foot, pixels from the top.
const FOOT: f32 = 578.0;

/// The page's palette; the first value of a name is the one in light.
const TOKENS: &str = include_str!("../../style/tokens.css");

/// Every picture with its path in the site: `social/index.png`, and `social/<id>.png` for each
/// subject.
///
/// # Errors
/// Where a typeface lacks a letter of what is to be set, or the palette a colour.
pub fn images(dataset: &Dataset, pack: Pack) -> Result<Vec<(String, Vec<u8>)>, String> {
    let painter = Painter {
        faces: Faces::open()?,
        dataset,
        pack,
        ink: token("ink")?,
        soft: token("ink-soft")?,
        line: token("line")?,
    };
    let mut images = vec![("social/index.png".to_owned(), painter.index()?)];
    for subject in pack.subjects() {
        let path = format!("social/{}.png", subject.id());
        let image = painter
            .subject(subject)
            .map_err(|it| format!("{path}: {it}"))?;
        images.push((path, image));
    }
    Ok(images)
}

struct Painter<'a> {
    faces: Faces,
    dataset: &'a Dataset,
    pack: Pack,
    ink: Ink,
    soft: Ink,
    line: Ink,
}

impl Painter<'_> {
    /// A sheet with the dataset's kicker at its head and some words at its foot.
    fn sheet(&self, band: Ink, foot: &str, face: Face) -> Result<Canvas, String> {
        let mut canvas = Canvas::new(WIDTH, HEIGHT, token("paper")?)?;
        canvas.rect([0.0, 0.0, 1200.0, 14.0], band);
        let kicker = self.dataset.about.kicker.to_uppercase();
        let kicker = self.faces.line(Face::Bold, &kicker, 0.09)?;
        let size = (MEASURE / kicker.width).min(27.0);
        canvas.words(&kicker, MARGIN, 86.0, size, self.soft);
        canvas.rect([MARGIN, FOOT - 52.0, MEASURE, 2.0], self.line);
        let foot = self.faces.line(face, foot, 0.0)?;
        canvas.words(
            &foot,
            MARGIN,
            FOOT,
            (MEASURE / foot.width).min(32.0),
            self.soft,
        );
        Ok(canvas)
    }

    /// A subject: its name, where it is, and its latest finding.
    fn subject(&self, subject: Subject) -> Result<Vec<u8>, String> {
        let about = &self.dataset.about;
        let step = subject.step_on(self.pack.last_day());
        let tone = step.map_or(Ok(self.soft), |it| token(it.finding().tone()))?;
        let mut canvas = self.sheet(tone, &about.title, Face::Serif)?;

        let room = Room {
            width: MEASURE,
            largest: 138.0,
            good: 96.0,
            most: 2,
        };
        let (size, lines) = self.faces.fit(Face::Serif, subject.name(), &room)?;
        // Two lines are set closer, and no taller than one of the largest with its place.
        let two = lines.len() > 1;
        let size = if two { size.min(96.0) } else { size };
        let mut y = if two { 178.0 } else { 226.0 };
        for line in &lines {
            canvas.words(line, MARGIN - size * line.indent(), y, size, self.ink);
            y += size * 0.98;
        }
        let y = y - size * 0.98 + if two { 60.0 } else { 71.0 };
        let place = self.faces.line(Face::Sans, subject.place(), 0.0)?;
        let size = (MEASURE / place.width).min(38.0);
        canvas.words(&place, MARGIN, y, size, self.soft);

        if let Some(step) = step {
            let said = format!("{} · {}", self.pack.found_by(), step.day().long());
            let said = self.faces.line(Face::Sans, &said, 0.0)?;
            let size = (MEASURE / said.width).min(36.0);
            canvas.words(&said, MARGIN, 396.0, size, self.soft);
            let label = self.faces.line(Face::Bold, step.finding().label(), -0.01)?;
            let size = ((MEASURE - 90.0) / label.width).min(76.0);
            put_mark(&mut canvas, step.finding(), MARGIN, 479.0, size * 0.84)?;
            canvas.words(&label, MARGIN + size * 1.08, 479.0, size, tone);
        }
        canvas.png()
    }

    /// The whole: its title, and how many subjects have each finding on the day it opens at.
    fn index(&self) -> Result<Vec<u8>, String> {
        let day = self.pack.default_day();
        let findings = self.pack.subjects().filter_map(|it| it.step_on(day));
        let found: Vec<usize> = findings.map(|it| it.finding().rank()).collect();
        let count = |it: Finding| found.iter().filter(|rank| **rank == it.rank()).count();
        let shown: Vec<(Finding, usize)> = self
            .pack
            .findings()
            .map(|it| (it, count(it)))
            .filter(|it| it.1 > 0)
            .collect();

        let all: usize = shown.iter().map(|it| it.1).sum();
        let foot = format!(
            "{all} of {} {} · the source of every fact",
            self.pack.n_subjects(),
            self.pack.nouns()
        );
        let mut canvas = self.sheet(self.ink, &foot, Face::Sans)?;
        let room = Room {
            width: MEASURE,
            largest: 96.0,
            good: 80.0,
            most: 2,
        };
        let (size, lines) = self
            .faces
            .fit(Face::Serif, &self.dataset.about.title, &room)?;
        let mut y = if lines.len() > 1 { 192.0 } else { 230.0 };
        for line in &lines {
            canvas.words(line, MARGIN - size * line.indent(), y, size, self.ink);
            y += size;
        }

        let said = format!(
            "What the {} had found by {}",
            self.pack.found_by(),
            day.long()
        );
        let said = self.faces.line(Face::Sans, &said, 0.0)?;
        canvas.words(
            &said,
            MARGIN,
            364.0,
            (MEASURE / said.width).min(32.0),
            self.soft,
        );
        let share = |it: usize| MEASURE * small(it) / small(all.max(1));
        let mut before = 0;
        for (finding, n) in &shown {
            let (from, to) = (share(before).round(), share(before + n).round());
            before += n;
            let gap = if before < all { 5.0 } else { 0.0 };
            let ink = token(finding.tone())?;
            canvas.rect([MARGIN + from, 388.0, to - from - gap, 30.0], ink);
        }

        // The legend in one row: mark, words and number; a number beside a round mark would read as
        // one with it.
        let mut row = Vec::new();
        for (finding, n) in shown {
            let label = self.faces.line(Face::Sans, finding.label(), 0.0)?;
            row.push((
                finding,
                label,
                self.faces.line(Face::Bold, &n.to_string(), 0.0)?,
            ));
        }
        // After the mark, between words and number, and between two findings, in parts of the size.
        let gaps = [1.1, 0.28, 1.15];
        let widths = row.iter().map(|it| it.1.width + it.2.width);
        let all_gaps = gaps.iter().sum::<f32>() * small(row.len()) - gaps[2];
        let size = (MEASURE / (widths.sum::<f32>() + all_gaps)).min(46.0);
        let mut x = MARGIN;
        for (finding, label, number) in &row {
            put_mark(&mut canvas, *finding, x, 484.0, size * 0.82)?;
            x += size * gaps[0];
            canvas.words(label, x, 484.0, size, self.ink);
            x += size * (label.width + gaps[1]);
            canvas.words(number, x, 484.0, size, token(finding.tone())?);
            x += size * (number.width + gaps[2]);
        }
        canvas.png()
    }
}

fn small(count: usize) -> f32 {
    f32::from(u16::try_from(count).unwrap_or(u16::MAX))
}

/// Draws a finding's mark, standing on a baseline.
fn put_mark(
    canvas: &mut Canvas,
    finding: Finding,
    x: f32,
    y: f32,
    size: f32,
) -> Result<(), String> {
    let outline = mark::outline(finding.shape());
    // The shapes have up to a unit of air below them, which hangs under the line.
    canvas.shape(
        outline,
        x,
        y - size * 0.94,
        size / 16.0,
        token(finding.tone())?,
    )
}

/// A colour of the page's palette.
pub(super) fn token(name: &str) -> Result<Ink, String> {
    let value = TOKENS
        .split_once(&format!("--{name}: #"))
        .and_then(|it| it.1.get(..6))
        .and_then(|it| u32::from_str_radix(it, 16).ok());
    let [_, r, g, b] = value
        .ok_or_else(|| format!("style/tokens.css has no colour --{name}"))?
        .to_be_bytes();
    Ok([r, g, b])
}
