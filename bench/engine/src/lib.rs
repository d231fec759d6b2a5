//! The page's engine without the page: opens a pack, answers selections and searches.

use fact_explorer::dataset::bits::Bits;
use fact_explorer::dataset::pack::{Pack, Step};
use fact_explorer::query::address::{self, decode};
use fact_explorer::query::answer::Engine as Answering;
use fact_explorer::query::lock::Lock;
use fact_explorer::query::search::find;
use wasm_bindgen::prelude::wasm_bindgen;

/// An open dataset, with what the engine keeps from one question to the next.
#[wasm_bindgen]
pub struct Engine {
    pack: Pack,
    answering: Answering,
}

#[wasm_bindgen]
impl Engine {
    /// Opens a pack; nothing where it isn't one. It stays open for good, as in a page.
    pub fn open(bytes: Box<[u8]>) -> Option<Self> {
        let pack = Pack::open(Box::leak(bytes)).ok()?;
        let answering = Answering::new(pack);
        Some(Self { pack, answering })
    }

    /// How many subjects an address shows; then, facet by facet, how many each value would show;
    /// then the numbers of the first subjects shown.
    pub fn ask(&mut self, address: &str, most: usize) -> Vec<u32> {
        let selection = decode(self.pack, address);
        let answer = self.answering.answer(&Lock::default(), &selection);
        let counts = answer.counts.iter().skip(1).flatten().copied();
        let numbers = [short(answer.n_shown)].into_iter().chain(counts);
        numbers
            .chain(answer.shown().take(most).map(short))
            .collect()
    }

    /// The numbers of the first subjects that a search finds, the best first.
    pub fn find(&mut self, text: &str, most: usize) -> Vec<u32> {
        let found = find(self.pack.index(), self.pack.n_subjects(), text);
        let ranked = found.ranks.iter().flat_map(Bits::iter);
        ranked.take(most).map(short).collect()
    }

    /// The texts of subjects: of each its id, its name, its summary and its fields, a zero after each
    /// text.
    pub fn texts(&self, numbers: &[u32]) -> String {
        let mut texts = String::new();
        for number in numbers {
            let Some(subject) = self.pack.subject(*number as usize) else {
                continue;
            };
            let summary = subject.steps().next_back().map_or("", Step::summary);
            let fields = self.pack.fields().map(|it| it.of(subject));
            let own = [subject.id(), subject.name(), summary];
            for text in own.into_iter().chain(fields) {
                texts.push_str(text);
                texts.push('\0');
            }
        }
        texts
    }

    /// The ids of the fields, in the order of their texts.
    pub fn fields(&self) -> Vec<String> {
        self.pack.fields().map(|it| it.id().to_owned()).collect()
    }

    /// The number of values of a facet.
    pub fn n_values(&self, facet: &str) -> usize {
        address::facet(self.pack, facet).map_or(0, |it| it.1.len())
    }

    /// The place of a value in its facet.
    pub fn place(&self, facet: &str, value: &str) -> Option<usize> {
        let (_, values) = address::facet(self.pack, facet)?;
        values.into_iter().position(|it| it == value)
    }
}

fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
