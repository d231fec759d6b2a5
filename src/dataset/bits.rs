//! Sets of subjects, one bit each.

/// A set of rows: row `r` is bit `r % 64` of word `r / 64`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bits {
    words: Vec<u64>,
    n: usize,
}

impl Bits {
    /// None of `n` rows.
    pub fn none(n: usize) -> Self {
        Self {
            words: vec![0; n.div_ceil(64)],
            n,
        }
    }

    /// All of `n` rows.
    pub fn all(n: usize) -> Self {
        let mut all = Self {
            words: vec![u64::MAX; n.div_ceil(64)],
            n,
        };
        all.trim();
        all
    }

    /// The rows of `n` for which a test holds.
    pub fn collect(n: usize, mut has: impl FnMut(usize) -> bool) -> Self {
        let word = |at: usize| {
            let rows = at * 64..n.min(at * 64 + 64);
            rows.rev()
                .fold(0, |word, row| word << 1 | u64::from(has(row)))
        };
        Self {
            words: (0..n.div_ceil(64)).map(word).collect(),
            n,
        }
    }

    /// Takes away what the last word has past the last row.
    fn trim(&mut self) {
        if let Some(last) = self.words.last_mut()
            && !self.n.is_multiple_of(64)
        {
            *last &= (1 << (self.n % 64)) - 1;
        }
    }

    /// The number of rows there are, in the set or not.
    pub fn len(&self) -> usize {
        self.n
    }

    /// Whether there are no rows at all.
    pub fn is_empty(&self) -> bool {
        self.n == 0
    }

    /// Adds a row, if there is such a row.
    pub fn set(&mut self, row: usize) {
        if row < self.n
            && let Some(word) = self.words.get_mut(row / 64)
        {
            *word |= 1 << (row % 64);
        }
    }

    /// Whether a row is in the set.
    pub fn has(&self, row: usize) -> bool {
        let word = self.words.get(row / 64).copied().unwrap_or(0);
        word >> (row % 64) & 1 == 1
    }

    /// The number of rows in the set.
    pub fn count(&self) -> usize {
        self.words.iter().map(|it| it.count_ones() as usize).sum()
    }

    /// Keeps what is in the other set, too.
    pub fn and_assign(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= other;
        }
    }

    /// Adds what is in the other set.
    pub fn or_assign(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word |= other;
        }
    }

    /// Takes away what is in the other set.
    pub fn minus_assign(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= !other;
        }
    }

    /// Adds rows given as bytes: row `r` is bit `r % 8` of byte `r / 8`.
    pub fn or_bytes(&mut self, bytes: &[u8]) {
        let (chunks, rest) = bytes.as_chunks::<8>();
        let mut last = [0; 8];
        for (to, byte) in last.iter_mut().zip(rest) {
            *to = *byte;
        }
        for (word, chunk) in self.words.iter_mut().zip(chunks.iter().chain([&last])) {
            *word |= u64::from_le_bytes(*chunk);
        }
        self.trim();
    }

    /// The rows that are not in the set.
    #[must_use]
    pub fn not(&self) -> Self {
        let mut not = Self {
            words: self.words.iter().map(|it| !it).collect(),
            n: self.n,
        };
        not.trim();
        not
    }

    /// The rows in the set, in order.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.words.iter().enumerate().flat_map(|(at, word)| {
            let mut word = *word;
            std::iter::from_fn(move || {
                let bit = word.trailing_zeros() as usize;
                (word != 0).then(|| {
                    word &= word - 1;
                    at * 64 + bit
                })
            })
        })
    }
}
