//! The pictures that stand beside a shared link: one of each subject, and one of the whole.
//!
//! Drawn for a phone's timeline, where they are about 300 pixels wide: the largest words say the
//! name and the finding, and no finding is told by its colour alone.

use super::canvas::{Canvas, Face, Faces, Ink, Room};
use super::limits;

use crate::dataset::date::Date;
use crate::dataset::model::Dataset;
use crate::dataset::numbers;
use crate::dataset::pack::{Finding, Pack, Step, Subject};
use crate::language::{Word, Words};
use crate::view::dossier::joined;
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

/// What is between two parts of the bar, pixels.
const GAP: f32 = 5.0;
/// The least that a part of the bar is wide, pixels.
const HAIR: f32 = 2.0;

/// The page's palette; the first value of a name is the one in light.
const TOKENS: &str = include_str!("../../style/tokens.css");

/// Every picture with its path in the site: `social/index.png`, and `social/<id>.png` for each subject
/// where they aren't too many. Where the typefaces lack a letter of a subject's words, its picture is
/// that of the whole.
///
/// # Errors
/// Where the palette lacks a colour.
pub fn images(dataset: &Dataset, pack: Pack) -> Result<Vec<(String, Vec<u8>)>, String> {
    let painter = Painter {
        faces: Faces::open()?,
        dataset,
        pack,
        ink: token("ink")?,
        soft: token("ink-soft")?,
        line: token("line")?,
    };
    // The typefaces have the letters of Europe. A whole that is written in others is a mark on paper.
    let whole = painter.index().or_else(|_| plain())?;
    let mut images = vec![("social/index.png".to_owned(), whole.clone())];
    let n = pack.n_subjects();
    for subject in pack
        .subjects()
        .take(if n > limits::PICTURES { 0 } else { n })
    {
        let path = format!("social/{}.png", subject.id());
        let image = painter.subject(subject).unwrap_or_else(|_| whole.clone());
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
        self.words(&mut canvas, Face::Bold, (&kicker, 0.09), 86.0, 27.0)?;
        canvas.rect([MARGIN, FOOT - 52.0, MEASURE, 2.0], self.line);
        self.words(&mut canvas, face, (foot, 0.0), FOOT, 32.0)?;
        Ok(canvas)
    }

    /// A line between the margins, on a baseline and at most so large; its letters so far apart.
    /// Without words there is none.
    fn words(
        &self,
        canvas: &mut Canvas,
        face: Face,
        (text, apart): (&str, f32),
        y: f32,
        largest: f32,
    ) -> Result<(), String> {
        if !text.is_empty() {
            let line = self.faces.line(face, text, apart)?;
            let size = (MEASURE / line.width).min(largest);
            canvas.words(&line, MARGIN, y, size, self.soft);
        }
        Ok(())
    }

    /// A subject: its name, where it is, and its latest finding.
    fn subject(&self, subject: Subject) -> Result<Vec<u8>, String> {
        let about = &self.dataset.about;
        let step = subject.step_on(self.pack.last_day());
        let step = step.filter(|_| self.pack.has_findings());
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
        self.words(&mut canvas, Face::Sans, (subject.place(), 0.0), y, 38.0)?;

        if let Some(step) = step {
            let said = joined(
                " · ",
                [self.pack.found_by(), &day_of(self.pack.words(), step)],
            );
            self.words(&mut canvas, Face::Sans, (&said, 0.0), 396.0, 36.0)?;
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
        let n = self.pack.n_subjects();
        let words = self.dataset.words();
        let nouns = self.dataset.about.noun.of(n, words);
        let foot = if shown.is_empty() {
            words.fill(Word::CountOf, &[&numbers::count(words, n), nouns])
        } else {
            let told = [
                &*numbers::count(words, all),
                &*numbers::count(words, n),
                nouns,
            ];
            words.fill(Word::SourceOfEvery, &told)
        };
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

        if shown.is_empty() {
            let standfirst = &self.dataset.about.standfirst;
            self.words(&mut canvas, Face::Sans, (standfirst, 0.0), 364.0, 32.0)?;
            return canvas.png();
        }
        let by = match self.pack.found_by() {
            "" => words.text(Word::Findings).to_owned(),
            by => words.fill(Word::HadFound, &[by]),
        };
        let said = if day == Date::default() {
            by
        } else {
            words.fill(Word::FoundByDay, &[&by, &day.long(words)])
        };
        self.words(&mut canvas, Face::Sans, (&said, 0.0), 364.0, 32.0)?;
        let counts: Vec<usize> = shown.iter().map(|it| it.1).collect();
        let mut x = MARGIN;
        for (at, ((finding, _), width)) in shown.iter().zip(widths(&counts)).enumerate() {
            let gap = if at + 1 < shown.len() { GAP } else { 0.0 };
            canvas.rect([x, 388.0, width - gap, 30.0], token(finding.tone())?);
            x += width;
        }

        // The legend in one row: mark, words and number; a number beside a round mark would read as
        // one with it.
        let mut row = Vec::new();
        for (finding, n) in shown {
            let label = self.faces.line(Face::Sans, finding.label(), 0.0)?;
            row.push((
                finding,
                label,
                self.faces
                    .line(Face::Bold, &numbers::count(words, n), 0.0)?,
            ));
        }
        // After the mark, between words and number, and between two findings, in parts of the size.
        let gaps = [1.1, 0.28, 1.15];
        let widths = row.iter().map(|it| it.1.width + it.2.width);
        let all_gaps = gaps.iter().sum::<f32>() * float(row.len()) - gaps[2];
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

/// How wide each part of the bar is, with the gap after it, for so many of each.
pub fn widths(counts: &[usize]) -> Vec<f32> {
    let all = counts.iter().sum::<usize>().max(1);
    let share = |it: usize| (MEASURE * float(it) / float(all)).round();
    let mut before = 0;
    let mut widths = Vec::new();
    for n in counts {
        widths.push(share(before + n) - share(before));
        before += n;
    }
    // One of many is a hair, and not nothing: what it lacks, the widest gives.
    let lacks = |it: &f32| (HAIR + GAP - it).max(0.0);
    let all_lack: f32 = widths.iter().map(lacks).sum();
    if let Some(widest) = widths.iter_mut().max_by(|a, b| a.total_cmp(b)) {
        *widest -= all_lack;
    }
    widths.into_iter().map(|it| it.max(HAIR + GAP)).collect()
}

/// The site's mark alone.
fn plain() -> Result<Vec<u8>, String> {
    let mut canvas = Canvas::new(WIDTH, HEIGHT, token("paper")?)?;
    // 15 wide and 13 high, in the middle.
    canvas.shape(
        mark::outline("triangle"),
        440.0,
        171.0,
        20.0,
        token("ochre")?,
    )?;
    canvas.png()
}

/// The day of a step, where it has one.
fn day_of(words: Words, step: Step) -> String {
    if step.day() == Date::default() {
        String::new()
    } else {
        step.day().long(words)
    }
}

#[allow(
    clippy::cast_precision_loss,
    reason = "a part of a pixel of a bar is seen by nobody"
)]
fn float(count: usize) -> f32 {
    count as f32
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
