//! Draws a picture of a few inks on paper: shapes and words, as a small PNG.
//!
//! The typefaces are part of the program, so that the pictures don't depend on the fonts of a machine.

use std::collections::HashMap;

use harfrust::font::glyph::outline::{DrawMemory, DrawOptions, PathSink};
use harfrust::{Buffer, Font, GlyphId, ShapeOptions, ShaperFont, shape};
use kurbo::{BezPath, PathEl};
use tiny_skia::{Color, FillRule, Paint, Path, PathBuilder, Pixmap, Rect, Transform};

/// A colour: red, green and blue.
pub type Ink = [u8; 3];

/// The typefaces there are; `assets/fonts/README.md` says where they are from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// For names and titles.
    Serif,
    /// For facts.
    Sans,
    /// For what matters among them.
    Bold,
}

/// The typefaces, opened.
#[allow(missing_debug_implementations, reason = "the fonts have none")]
pub struct Faces {
    serif: Font,
    sans: Font,
    bold: Font,
}

impl Faces {
    /// Opens the typefaces.
    ///
    /// # Errors
    /// Where one can't be read, which would be a fault of the program.
    pub fn open() -> Result<Self, String> {
        let open = |name: &str, bytes: &'static [u8]| {
            Font::new(bytes, 0).ok_or_else(|| format!("the typeface {name} can't be read"))
        };
        Ok(Self {
            serif: open(
                "Newsreader",
                include_bytes!("../../assets/fonts/newsreader-display.ttf"),
            )?,
            sans: open(
                "Public Sans",
                include_bytes!("../../assets/fonts/public-sans.ttf"),
            )?,
            bold: open(
                "Public Sans Semibold",
                include_bytes!("../../assets/fonts/public-sans-semibold.ttf"),
            )?,
        })
    }

    /// A line of words, with `spacing` between letters in parts of the size.
    ///
    /// # Errors
    /// Where the typeface lacks a glyph for one of the letters.
    pub fn line(&self, face: Face, text: &str, spacing: f32) -> Result<Line, String> {
        let font = match face {
            Face::Serif => &self.serif,
            Face::Sans => &self.sans,
            Face::Bold => &self.bold,
        };
        let mut buffer = Buffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        shape(&ShaperFont::new(font), &mut buffer, ShapeOptions::new())
            .map_err(|it| format!("“{text}” can't be set: {it:?}"))?;
        let outlines = font.outline_glyphs();
        let em = f32::from(font.units_per_em().max(1));
        let mut pen = Pen {
            path: PathBuilder::new(),
            at: (0.0, 0.0),
            em,
        };
        let mut x = 0.0;
        for (glyph, place) in buffer.glyph_infos().iter().zip(buffer.glyph_positions()) {
            if glyph.glyph_id == 0 {
                let at = usize::try_from(glyph.cluster).unwrap_or(0);
                let letter = text.get(at..).and_then(|it| it.chars().next());
                let letter = letter.unwrap_or_default();
                return Err(format!(
                    "{face:?} has no glyph for “{letter}” in “{text}”; \
                     assets/fonts/README.md tells how to add it"
                ));
            }
            pen.at = (x + float(place.x_offset) / em, float(place.y_offset) / em);
            if let Some(outline) = outlines.get(GlyphId::new(glyph.glyph_id)) {
                outline
                    .draw(&DrawOptions::new(), DrawMemory::Scratch, &mut pen)
                    .map_err(|it| format!("a glyph of “{text}” can't be drawn: {it:?}"))?;
            }
            x += float(place.x_advance) / em + spacing;
        }
        Ok(Line {
            path: pen.path.finish(),
            width: x - spacing,
        })
    }

    /// [`fit`], set in a face.
    ///
    /// # Errors
    /// Where the typeface lacks a glyph for one of the letters.
    pub fn fit(&self, face: Face, text: &str, room: &Room) -> Result<(f32, Vec<Line>), String> {
        fit(text, room, &mut |words| self.line(face, words, 0.0))
    }
}

/// Words in as few lines as they fit into, at a size of `good` or more, or else in the number of
/// lines, up to `most`, that lets them be largest; never over `largest`. Gives the size and the
/// lines. `set` sets words in one line; it is asked once for each word and once for each line, for
/// each number of lines that is tried.
///
/// # Errors
/// Those of `set`.
pub fn fit<E>(
    text: &str,
    room: &Room,
    set: &mut impl FnMut(&str) -> Result<Line, E>,
) -> Result<(f32, Vec<Line>), E> {
    let mut best: (f32, Vec<Line>) = (0.0, Vec::new());
    for n_lines in 1..=room.most {
        let lines = wrapped(text, n_lines, set)?;
        let widest = lines.iter().map(|it| it.width).fold(f32::EPSILON, f32::max);
        let size = (room.width / widest).min(room.largest);
        if size > best.0 {
            best = (size, lines);
        }
        if best.0 >= room.good {
            break;
        }
    }
    Ok(best)
}

/// Words in a number of lines, or fewer, whose widest is as narrow as it can be. Each word is
/// measured once, and a line taken to be as wide as its words and the blanks between them.
fn wrapped<E>(
    text: &str,
    n_lines: usize,
    set: &mut impl FnMut(&str) -> Result<Line, E>,
) -> Result<Vec<Line>, E> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut widths = Vec::new();
    for word in &words {
        widths.push(set(word)?.width);
    }
    let blank = set(" ")?.width;
    let mut ends = vec![words.len()];
    let mut widest = widths.iter().map(|it| it + blank).sum();
    let mut narrow = 0.0;
    // Halved so often, what is left is no wider than a number can tell.
    for _ in 0..f32::MANTISSA_DIGITS + 8 {
        let middle = f32::midpoint(narrow, widest);
        match broken(&widths, blank, middle).filter(|it| it.len() <= n_lines) {
            Some(found) => (ends, widest) = (found, middle),
            None => narrow = middle,
        }
    }
    let mut start = 0;
    let mut lines = Vec::new();
    for end in ends {
        let run = words.get(start..end).unwrap_or(&[]).join(" ");
        if !run.is_empty() {
            lines.push(set(&run)?);
        }
        start = end;
    }
    Ok(lines)
}

/// Where lines end, as the number of words up to there, with as many words in each as fit; none
/// where a word is wider alone.
fn broken(widths: &[f32], blank: f32, widest: f32) -> Option<Vec<usize>> {
    let mut ends = Vec::new();
    let mut line = 0.0;
    for (number, width) in widths.iter().enumerate() {
        if *width > widest {
            return None;
        }
        if number > 0 && line + blank + width > widest {
            ends.push(number);
            line = *width;
        } else {
            line += if number > 0 { blank + width } else { *width };
        }
    }
    ends.push(widths.len());
    Some(ends)
}

/// The room that words are fitted into.
#[derive(Clone, Copy, Debug)]
pub struct Room {
    /// Pixels.
    pub width: f32,
    /// The size in pixels that is never exceeded.
    pub largest: f32,
    /// The size in pixels below which a further line is tried.
    pub good: f32,
    /// The greatest number of lines.
    pub most: usize,
}

/// A line of words at a size of one pixel.
#[derive(Clone, Debug)]
pub struct Line {
    path: Option<Path>,
    /// Its width at that size, letters' own margins and all.
    pub width: f32,
}

impl Line {
    /// How far in its first letter's ink begins, at a size of one pixel.
    pub fn indent(&self) -> f32 {
        self.path.as_ref().map_or(0.0, |it| it.bounds().left())
    }
}

/// Takes glyphs in font units; tiny-skia's y runs down.
struct Pen {
    path: PathBuilder,
    at: (f32, f32),
    em: f32,
}

impl Pen {
    fn place(&self, x: f32, y: f32) -> (f32, f32) {
        (self.at.0 + x / self.em, -self.at.1 - y / self.em)
    }
}

impl PathSink for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.place(x, y);
        self.path.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.place(x, y);
        self.path.line_to(x, y);
    }

    fn quad_to(&mut self, cx0: f32, cy0: f32, x: f32, y: f32) {
        let (cx, cy) = self.place(cx0, cy0);
        let (x, y) = self.place(x, y);
        self.path.quad_to(cx, cy, x, y);
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        let (cx0, cy0) = self.place(cx0, cy0);
        let (cx1, cy1) = self.place(cx1, cy1);
        let (x, y) = self.place(x, y);
        self.path.cubic_to(cx0, cy0, cx1, cy1, x, y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}

/// A sheet of paper of one colour, and what has been drawn on it.
#[derive(Clone, Debug)]
pub struct Canvas {
    sheet: Pixmap,
    paper: Ink,
    inks: Vec<Ink>,
}

impl Canvas {
    /// A blank sheet; its size in pixels.
    ///
    /// # Errors
    /// Where it has no size.
    pub fn new(width: u32, height: u32, paper: Ink) -> Result<Self, String> {
        let mut sheet = Pixmap::new(width, height).ok_or("a picture needs a width and a height")?;
        sheet.fill(color(paper));
        Ok(Self {
            sheet,
            paper,
            inks: Vec::new(),
        })
    }

    /// Draws a line of words; x and y of where it begins on its baseline.
    pub fn words(&mut self, line: &Line, x: f32, y: f32, size: f32, ink: Ink) {
        if let Some(path) = &line.path {
            let place = Transform::from_row(size, 0.0, 0.0, size, x, y);
            self.fill(path, FillRule::Winding, place, ink);
        }
    }

    /// Draws a rectangle: left, top, width and height.
    pub fn rect(&mut self, [x, y, width, height]: [f32; 4], ink: Ink) {
        if let Some(rect) = Rect::from_xywh(x, y, width, height) {
            let path = PathBuilder::from_rect(rect);
            self.fill(&path, FillRule::Winding, Transform::identity(), ink);
        }
    }

    /// Draws the shape of an SVG path's data; x and y of its origin, and pixels to its unit.
    ///
    /// # Errors
    /// Where it isn't the data of a path.
    pub fn shape(
        &mut self,
        data: &str,
        x: f32,
        y: f32,
        scale: f32,
        ink: Ink,
    ) -> Result<(), String> {
        let shape = BezPath::from_svg(data).map_err(|it| format!("the path “{data}”: {it}"))?;
        let mut path = PathBuilder::new();
        let at = |it: kurbo::Point| (narrow(it.x), narrow(it.y));
        for element in shape.elements() {
            match *element {
                PathEl::MoveTo(to) => {
                    let (x, y) = at(to);
                    path.move_to(x, y);
                }
                PathEl::LineTo(to) => {
                    let (x, y) = at(to);
                    path.line_to(x, y);
                }
                PathEl::QuadTo(control, to) => {
                    let ((cx, cy), (x, y)) = (at(control), at(to));
                    path.quad_to(cx, cy, x, y);
                }
                PathEl::CurveTo(first, second, to) => {
                    let ((x1, y1), (x2, y2), (x, y)) = (at(first), at(second), at(to));
                    path.cubic_to(x1, y1, x2, y2, x, y);
                }
                PathEl::ClosePath => path.close(),
            }
        }
        if let Some(path) = path.finish() {
            let place = Transform::from_row(scale, 0.0, 0.0, scale, x, y);
            self.fill(&path, FillRule::EvenOdd, place, ink);
        }
        Ok(())
    }

    fn fill(&mut self, path: &Path, rule: FillRule, place: Transform, ink: Ink) {
        if !self.inks.contains(&ink) {
            self.inks.push(ink);
        }
        let mut paint = Paint::default();
        paint.set_color(color(ink));
        self.sheet.fill_path(path, &paint, rule, place, None);
    }

    /// The picture as a PNG. Its palette has the paper and, for each ink, a row of mixtures with
    /// the paper: a byte a pixel, and the eye sees no difference.
    ///
    /// # Errors
    /// Where it can't be written.
    pub fn png(&self) -> Result<Vec<u8>, String> {
        let mut palette = vec![self.paper];
        let steps = 255 / u16::try_from(self.inks.len().max(1)).unwrap_or(255);
        let steps = steps.min(48);
        for ink in &self.inks {
            for step in 1..=steps {
                let mixed = |from: u8, to: u8| {
                    let sum =
                        u32::from(from) * u32::from(steps - step) + u32::from(to) * u32::from(step);
                    u8::try_from((sum + u32::from(steps) / 2) / u32::from(steps)).unwrap_or(u8::MAX)
                };
                let [r, g, b] = self.paper;
                palette.push([mixed(r, ink[0]), mixed(g, ink[1]), mixed(b, ink[2])]);
            }
        }
        let mut out = Vec::new();
        let mut encoder = png::Encoder::new(&mut out, self.sheet.width(), self.sheet.height());
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_palette(palette.concat());
        encoder.set_filter(png::Filter::NoFilter);
        encoder.set_compression(png::Compression::Balanced);
        let written = encoder
            .write_header()
            .and_then(|mut it| {
                it.write_image_data(&self.indices(&palette))?;
                it.finish()
            })
            .map_err(|it| it.to_string());
        written.map(|()| out)
    }

    /// The number in the palette of each pixel.
    ///
    /// Written for a build without optimisation, in which pages are made: most of a sheet is paper,
    /// and many pixels are compared with it at a time; most of the rest are like the one before.
    fn indices(&self, palette: &[Ink]) -> Vec<u8> {
        const RUN: usize = 32;
        let mut known: HashMap<[u8; 4], u8> = HashMap::new();
        let pixels = self.sheet.data();
        let mut indices = vec![0; pixels.len() / 4];
        let [r, g, b] = self.paper;
        let paper = [r, g, b, 255];
        let blank = [paper; RUN].concat();
        let mut last = (paper, 0);
        for (pixels, indices) in pixels.chunks(RUN * 4).zip(indices.chunks_mut(RUN)) {
            if pixels == blank {
                continue;
            }
            for (pixel, index) in pixels.chunks(4).zip(indices) {
                if pixel != last.0
                    && let &[r, g, b, a] = pixel
                {
                    let pixel = [r, g, b, a];
                    let found = known.entry(pixel);
                    last = (pixel, *found.or_insert_with(|| nearest(palette, [r, g, b])));
                }
                *index = last.1;
            }
        }
        indices
    }
}

/// The number of the colour nearest to one.
fn nearest(palette: &[Ink], ink: Ink) -> u8 {
    let distance = |other: &Ink| -> u32 {
        let pairs = other.iter().zip(ink);
        pairs.map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
    };
    let found = palette.iter().enumerate().min_by_key(|it| distance(it.1));
    found.map_or(0, |it| u8::try_from(it.0).unwrap_or(0))
}

fn color([r, g, b]: Ink) -> Color {
    Color::from_rgba8(r, g, b, 255)
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "a pixel needs no more digits"
)]
fn narrow(number: f64) -> f32 {
    number as f32
}

fn float(number: i32) -> f32 {
    narrow(f64::from(number))
}
