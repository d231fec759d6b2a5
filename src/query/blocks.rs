//! Which part of a long list is near the screen.
//!
//! A list that is too long to be in the page at once is cut into blocks of [`BLOCK`] entries. Those
//! near the screen are in the page, and gaps as high as the others take their place. A block that
//! was in the page has a measured height; the others are taken to be as high as those on average.
//! Lengths are in pixels of CSS.

use std::ops::Range;

/// The number of entries in a block: one that fills whole rows of 1, 2, 3, 4 or 6 columns.
pub const BLOCK: usize = 12;

/// The most that all gaps may take together. Browsers lay out no more than about 17 million pixels
/// (Firefox) or 33 million; where a list is higher, its gaps are made smaller all alike.
pub const TALLEST: f64 = 8_000_000.0;

/// The least height that a block is taken to have, so that there is always a block at a place.
const LEAST: f64 = 1.0;

/// The blocks of a list, and their heights.
#[derive(Clone, Debug, PartialEq)]
pub struct Blocks {
    /// 0 where it wasn't measured.
    heights: Vec<f64>,
    guess: f64,
    measured: f64,
    n_measured: u32,
}

/// A place in a list, and where it should be on the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// The block.
    pub block: usize,
    /// How much of the block is above the place, from 0 to 1.
    pub part: f64,
    /// How far below the top of the screen it should be.
    pub line: f64,
}

impl Blocks {
    /// For a number of entries, in blocks of about a height.
    pub fn new(n_entries: usize, guess: f64) -> Self {
        Self {
            heights: vec![0.0; n_entries.div_ceil(BLOCK)],
            guess: guess.max(LEAST),
            measured: 0.0,
            n_measured: 0,
        }
    }

    /// The number of blocks.
    pub fn len(&self) -> usize {
        self.heights.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.heights.is_empty()
    }

    /// The height that a block is taken to have that wasn't measured.
    pub fn guess(&self) -> f64 {
        if self.n_measured == 0 {
            self.guess
        } else {
            self.measured / f64::from(self.n_measured)
        }
    }

    /// Keeps the height of a block.
    pub fn measure(&mut self, block: usize, height: f64) {
        if let Some(known) = self.heights.get_mut(block) {
            self.n_measured += u32::from(*known == 0.0);
            self.measured += height.max(LEAST) - *known;
            *known = height.max(LEAST);
        }
    }

    /// The height of a block.
    pub fn height(&self, block: usize) -> f64 {
        match self.heights.get(block).copied().unwrap_or(0.0) {
            0.0 => self.guess(),
            height => height,
        }
    }

    fn sum(&self, blocks: Range<usize>) -> f64 {
        blocks.map(|it| self.height(it)).sum()
    }

    /// What one pixel of the list is in a gap: less than one only where the list is very high.
    fn scale(&self) -> f64 {
        (TALLEST / self.sum(0..self.len()).max(LEAST)).min(1.0)
    }

    /// The height of the gap that takes the place of some blocks.
    pub fn gap(&self, blocks: Range<usize>) -> f64 {
        if blocks.is_empty() {
            0.0
        } else {
            self.sum(blocks) * self.scale()
        }
    }

    /// The blocks of which something is from one height of the screen to another, where the top of
    /// one of them is at a height.
    pub fn near(&self, block: usize, top: f64, from: f64, to: f64) -> Range<usize> {
        let (mut first, mut y) = (block.min(self.len()), top);
        while first > 0 && y > from {
            first -= 1;
            y -= self.height(first);
        }
        while first < self.len() && y + self.height(first) <= from {
            y += self.height(first);
            first += 1;
        }
        let mut end = first;
        while end < self.len() && y < to {
            y += self.height(end);
            end += 1;
        }
        first..end
    }

    /// What should be on the screen where a reader has moved straight to a place: `above` is how much
    /// of the list, gaps and all, is above a screen of a height. At the list's top that is its top, at
    /// the top of the screen; at its end its end, at the bottom of the screen.
    pub fn at(&self, above: f64, screen: f64) -> Place {
        let all = self.gap(0..self.len());
        let way = (above / (all - screen).max(LEAST)).clamp(0.0, 1.0);
        let scale = self.scale();
        let mut rest = way * all / scale;
        for block in 0..self.len() {
            let height = self.height(block);
            if rest < height || block + 1 == self.len() {
                return Place {
                    block,
                    part: (rest / height).min(1.0),
                    line: way * screen,
                };
            }
            rest -= height;
        }
        Place {
            block: 0,
            part: 0.0,
            line: 0.0,
        }
    }
}
