// What is asked: the same lists each time, for every contender.

import { FACETS, searched, vocabulary } from "./facts.js";
import { one, random, zipf } from "./random.js";

// A selection is {facet id: [values]}; a facet without choices has no key.

/** Different selections with nothing in common from one to the next, as links have: up to 3 facets,
 * up to 3 values each. Each round has its own, so that no answer is ready from the last. */
export function selections(n, round = 0) {
  const next = random(700 + round);
  const all = new Map();
  while (all.size < n) {
    const chosen = {};
    const facets = 1 + Math.floor(next() * 3);
    for (let it = 0; it < facets; it += 1) {
      const facet = one(FACETS, next);
      const value = zipf(facet.values.length, next);
      const values = Array.from({ length: 1 + Math.floor(next() * 3) }, () => facet.values[value()]);
      chosen[facet.id] = [...new Set(values)];
    }
    all.set(JSON.stringify(chosen), chosen);
  }
  return [...all.values()];
}

/** Selections of which each is one press away from the last, as a reader makes them: mostly one
 * value more, sometimes one fewer, and "clear" where seven are chosen. */
export function steps(n, round = 0) {
  const next = random(800 + round);
  let pairs = [];
  return Array.from({ length: n }, () => {
    if (pairs.length === 7) pairs = [];
    else if (pairs.length > 0 && next() < 0.3) pairs.splice(Math.floor(next() * pairs.length), 1);
    else {
      const open = FACETS.filter((it) => it.values.some((value) => !chosen(pairs, it.id).includes(value)));
      const facet = one(open, next);
      const value = zipf(facet.values.length, next);
      let more = facet.values[value()];
      while (chosen(pairs, facet.id).includes(more)) more = facet.values[value()];
      pairs.push([facet.id, more]);
    }
    const ids = new Set(pairs.map((it) => it[0]));
    return Object.fromEntries([...ids].map((it) => [it, chosen(pairs, it)]));
  });
}

const chosen = (pairs, facet) => pairs.filter((it) => it[0] === facet).map((it) => it[1]);

const slips = [
  (word, at) => word.slice(0, at) + word.slice(at + 1),
  (word, at) => `${word.slice(0, at)}x${word.slice(at)}`,
  (word, at) => `${word.slice(0, at)}x${word.slice(at + 1)}`,
  (word, at) => word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2),
];

/**
 * Searches by kind, each with the word that was meant where it has a slip. The words are taken from
 * the facts themselves, so that each search finds something.
 */
export function searches(facts) {
  const next = random(9);
  const words = vocabulary();
  const rank = new Map(words.map((word, at) => [word, at]));
  const taken = () => searched(one(facts, next)).join(" ").toLowerCase().replaceAll(".", "").split(" ");
  const among = (low, high, least = 3) => {
    for (;;) {
      const fit = taken().filter((it) => rank.get(it) >= low && rank.get(it) < high && it.length >= least);
      if (fit.length > 0) return one(fit, next);
    }
  };
  const eight = (make) => Array.from({ length: 8 }, (_, at) => make(at));
  return {
    word: eight(() => ({ text: among(100, 1000) })),
    prefix: eight(() => ({ text: among(100, 3000, 5).slice(0, 3) })),
    "two words": eight(() => {
      const both = taken().filter((it) => rank.get(it) >= 20);
      return { text: `${both[0]} ${both[both.length - 1]}` };
    }),
    rare: eight(() => ({ text: among(3000, 6000) })),
    common: eight((at) => ({ text: words[at] })),
    slip: eight((at) => {
      for (;;) {
        const meant = among(300, 4000, 6);
        const text = slips[at % 4](meant, 2 + Math.floor(next() * (meant.length - 4)));
        if (text !== meant && !words.some((it) => it.startsWith(text))) return { text, meant };
      }
    }),
  };
}

/** The kinds of search, in the order of the tables. */
export const KINDS = ["word", "prefix", "two words", "rare", "common", "slip"];

/** The contenders in the order of a round: another begins each time. */
export const inTurn = (contenders, round) => contenders.map((_, at) => contenders[(at + round) % contenders.length]);
