// What the right answers are, worked out as plainly as possible from the facts themselves.

import { FACETS, searched, valuesOf } from "./facts.js";

const fits = (fact, selection, facet) =>
  !selection[facet] || valuesOf(fact, facet).some((it) => selection[facet].includes(it));

const fitsAll = (fact, selection, but) =>
  FACETS.every((it) => it.id === but || fits(fact, selection, it.id));

/**
 * How many facts a selection shows, and for each value of each facet how many it would show if that
 * value were chosen and its own facet's other choices left out ("or" within a facet).
 */
export function counts(facts, selection) {
  const all = FACETS.map((facet) => {
    const counts = Object.fromEntries(facet.values.map((it) => [it, 0]));
    for (const fact of facts) {
      if (fitsAll(fact, selection, facet.id)) {
        for (const value of valuesOf(fact, facet.id)) counts[value] += 1;
      }
    }
    return [facet.id, counts];
  });
  return { n: facts.filter((it) => fitsAll(it, selection)).length, counts: Object.fromEntries(all) };
}

/** The same with each count taken among the facts shown: what engines without "or" counts give. */
export function countsAmongShown(facts, selection) {
  const shown = facts.filter((it) => fitsAll(it, selection));
  const all = FACETS.map((facet) => {
    const counts = Object.fromEntries(facet.values.map((it) => [it, 0]));
    for (const fact of shown) for (const value of valuesOf(fact, facet.id)) counts[value] += 1;
    return [facet.id, counts];
  });
  return { n: shown.length, counts: Object.fromEntries(all) };
}

/** The text of a fact that a search looks at: its words in small letters, a space before each. */
const spaced = (fact) => ` ${searched(fact).join(" ").toLowerCase().replaceAll(".", "")} `;

/** Finds in facts: with every word of a text, whole or from its beginning. */
export function finder(facts) {
  const texts = facts.map(spaced);
  const has = (text, end) => {
    const parts = text.toLowerCase().split(" ").map((it) => ` ${it}${end}`);
    const found = [];
    texts.forEach((it, at) => {
      if (parts.every((part) => it.includes(part))) found.push(facts[at].id);
    });
    return found;
  };
  return { beginnings: (text) => has(text, ""), whole: (text) => has(text, " ") };
}
