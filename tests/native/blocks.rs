use std::ops::Range;

use fact_explorer::query::blocks::{BLOCK, Blocks, TALLEST};
use proptest::prelude::*;

/// Blocks with some of their heights measured, and each height as the list takes it to be.
fn any_blocks() -> impl Strategy<Value = (Blocks, Vec<f64>)> {
    let heights = prop::collection::vec(prop::option::of(1u32..5000), 0..60);
    (heights, 1u32..3000).prop_map(|(heights, guess)| {
        let mut blocks = Blocks::new(heights.len() * BLOCK, guess.into());
        for (block, height) in heights.iter().enumerate() {
            // What was measured before counts no more.
            if let Some(height) = height {
                blocks.measure(block, 7.0);
                blocks.measure(block, f64::from(*height));
            }
        }
        let known: Vec<f64> = heights.iter().flatten().map(|it| f64::from(*it)).collect();
        let mean = match known.len() {
            0 => f64::from(guess),
            n => known.iter().sum::<f64>() / f64::from(u32::try_from(n).unwrap()),
        };
        let heights = heights.iter().map(|it| it.map_or(mean, f64::from));
        (blocks, heights.collect())
    })
}

/// The blocks that reach into a stretch, by laying all of them out.
fn naive(heights: &[f64], block: usize, top: f64, from: f64, to: f64) -> Vec<usize> {
    let own: f64 = heights[..block].iter().sum();
    let mut y = top - own;
    let mut near = Vec::new();
    for (block, height) in heights.iter().enumerate() {
        // Sums in another order differ in their last digits.
        if y + height > from + 1e-6 && y < to - 1e-6 {
            near.push(block);
        }
        y += height;
    }
    near
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-6 * (1.0 + a.abs())
}

proptest! {
    #[test]
    fn what_is_near_is_what_laying_all_out_finds(
        (blocks, heights) in any_blocks(), block in 0usize..60, top in -9000i32..9000, from in -9000i32..9000, screen in 1u32..4000,
    ) {
        prop_assume!(block < heights.len());
        let (from, to) = (f64::from(from), f64::from(from) + f64::from(screen));
        let near: Vec<usize> = blocks.near(block, top.into(), from, to).collect();
        let expected = naive(&heights, block, top.into(), from, to);
        // Where one ends exactly at an edge, it may be counted.
        prop_assert!(expected.iter().all(|it| near.contains(it)), "{near:?} {expected:?}");
        prop_assert!(near.len() <= expected.len() + 2);
    }

    #[test]
    fn gaps_are_as_high_as_what_they_stand_for((blocks, heights) in any_blocks(), a in 0usize..60, b in 0usize..60) {
        let range: Range<usize> = a.min(b).min(heights.len())..a.max(b).min(heights.len());
        let sum: f64 = heights[range.clone()].iter().sum();
        prop_assert!(close(blocks.gap(range.clone()), sum));
        // Drawn or not, the list is as high.
        let drawn: f64 = heights[range.clone()].iter().sum();
        let all = blocks.gap(0..range.start) + drawn + blocks.gap(range.end..heights.len());
        prop_assert!(close(all, heights.iter().sum()));
    }

    /// Wherever a reader moves to, what is there by measure is what is shown there.
    #[test]
    fn a_place_is_what_is_at_that_height((blocks, heights) in any_blocks(), above in 0u32..200_000, screen in 1u32..2000) {
        let all: f64 = heights.iter().sum();
        let (above, screen) = (f64::from(above), f64::from(screen));
        prop_assume!(!heights.is_empty() && above + screen <= all);
        let place = blocks.at(above, screen);
        let before: f64 = heights[..place.block].iter().sum();
        prop_assert!(close(before + place.part * heights[place.block], above + place.line));
    }
}

#[test]
fn a_list_that_no_browser_could_lay_out_has_smaller_gaps() {
    let blocks = Blocks::new(1_000_000, 3600.0);
    assert_eq!(blocks.len(), 83_334);
    assert!(close(blocks.gap(0..blocks.len()), TALLEST));
    assert!(close(blocks.gap(0..blocks.len() / 2), TALLEST / 2.0));
    let first = blocks.at(-40.0, 900.0);
    assert_eq!((first.block, first.part, first.line), (0, 0.0, 0.0));
    // The end of the list is its end, and at the bottom of the screen.
    let last = blocks.at(TALLEST - 900.0, 900.0);
    assert_eq!((last.block, last.line), (83_333, 900.0));
    assert!(close(last.part, 1.0));
}

#[test]
fn an_empty_list_has_nothing_near() {
    let blocks = Blocks::new(0, 500.0);
    assert!(blocks.is_empty());
    assert_eq!(blocks.near(3, 0.0, -900.0, 1800.0), 0..0);
    assert!(close(blocks.gap(0..0), 0.0));
    assert_eq!(blocks.at(500.0, 900.0).block, 0);
}
