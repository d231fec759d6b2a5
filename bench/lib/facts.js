// The facts that everything here is measured with: made up, and the same on every machine.
//
// A title of 8 words, a summary of 28, two sources (one by its address, one by its name) with a quote
// of 14 words each, and 6 facets, of which one may have several values. Words come from a vocabulary of 6 000, the k-th as often as
// 1/k, as words do. They are made of syllables, which compress worse than prose.

import { one, random, zipf } from "./random.js";

/** Raise it whenever the facts change: what was made of older ones is thrown away. */
export const VERSION = 3;

/** The texts of a fact that a search looks at. */
export const SEARCHED = ["title", "summary", "quote", "second-source", "second-quote"];

export const searched = (fact) => SEARCHED.map((it) => fact[it]);

const ONSETS = "b c d f g h j k l m n p r s t v w br cr dr fl gr pl pr sh sl st th tr".split(" ");
const VOWELS = "a e i o u ai ea ou".split(" ");
const CODAS = ["", "", "", "l", "m", "n", "r", "s", "t", "nd", "rt"];

/** The vocabulary, the most frequent first; frequent words are the shorter ones. */
export function vocabulary() {
  const next = random(1373);
  const words = new Set();
  while (words.size < 6000) {
    const syllables = words.size < 60 ? 1 : words.size < 900 ? 2 : 2 + Math.floor(next() * 2);
    let word = "";
    for (let n = 0; n < syllables; n += 1) {
      word += one(ONSETS, next) + one(VOWELS, next) + one(CODAS, next);
    }
    if (word.length > 2) words.add(word);
  }
  return [...words];
}

const numbered = (n, word) => Array.from({ length: n }, (_, it) => `${word} ${it + 1}`);

/**
 * The facets: id, label, values. Each value's id is its words with hyphens. This project's search looks at
 * values, too: they begin with a letter that the vocabulary lacks, so that all find the same.
 */
export const FACETS = [
  { id: "topic", label: "Topic", values: numbered(12, "Qtopic"), several: true },
  { id: "region", label: "Region", values: numbered(8, "Qregion") },
  { id: "kind", label: "Kind", values: numbered(5, "Qkind") },
  { id: "year", label: "Year", values: numbered(10, "Qyear") },
  { id: "status", label: "Status", values: numbered(4, "Qstatus") },
  { id: "publisher", label: "Publisher", values: numbered(40, "Qpublisher") },
];

/** The id of a value: `Qtopic 3` is `qtopic-3`. */
export const valueId = (value) => value.toLowerCase().replace(" ", "-");

/** Facts without end, one by one. */
export function* facts() {
  const next = random(42);
  const words = vocabulary();
  const word = zipf(words.length, next);
  const places = FACETS.map((it) => zipf(it.values.length, next));
  const sentence = (n) => {
    const text = Array.from({ length: n }, () => words[word()]).join(" ");
    return text[0].toUpperCase() + text.slice(1);
  };
  for (let number = 0; ; number += 1) {
    const fact = {
      id: `fact-${number}`,
      title: sentence(8),
      summary: `${sentence(28)}.`,
      link: `https://example.org/${words[word()]}/${number}`,
      quote: sentence(14),
      "second-source": sentence(2),
      "second-quote": sentence(14),
    };
    FACETS.forEach((facet, at) => {
      const chosen = new Set([facet.values[places[at]()]]);
      while (facet.several && next() < 0.3) chosen.add(facet.values[places[at]()]);
      fact[facet.id] = facet.several ? [...chosen] : [...chosen][0];
    });
    yield fact;
  }
}

/** The values that a fact has in a facet. */
export const valuesOf = (fact, facet) => [fact[facet]].flat();
