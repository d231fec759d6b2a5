// Orama: facets without "or" counts.

import { create, insertMultiple, load as restore, save as stored, search } from "@orama/orama";
import { FACETS, searched } from "../lib/facts.js";
import { beginnings, slip } from "./ways.js";

export const name = "Orama";

// All texts are one, since Orama's "every word" means every word in one and the same text. It has no
// way to ask for whole words whatever their capitals.
const schema = Object.fromEntries([
  ["text", "string"],
  ...FACETS.map((it) => [it.id, it.several ? "enum[]" : "enum"]),
]);
const facets = Object.fromEntries(FACETS.map((it) => [it.id, { limit: it.values.length }]));

let engine;

export async function build(json) {
  engine = create({ schema });
  const facts = JSON.parse(json).map((it) => ({ ...it, text: searched(it).join(" ") }));
  await insertMultiple(engine, facts, 1000);
}

export const save = () => JSON.stringify(stored(engine));

// What it saves has the facts, too.
export function load(json, saved) {
  engine = create({ schema });
  restore(engine, JSON.parse(saved));
}

export const asked = (selection) =>
  Object.fromEntries(
    FACETS.filter((it) => selection[it.id]).map((it) => [
      it.id,
      it.several ? { containsAny: selection[it.id] } : { in: selection[it.id] },
    ]),
  );
export const ask = (where, most) => search(engine, { term: "", where, facets, limit: most });

/** Its counts are taken among the facts shown: oracle.countsAmongShown. */
export const among = true;
export function told(answer) {
  const counts = FACETS.map((facet) => {
    const none = facet.values.map((it) => [it, 0]);
    return [facet.id, { ...Object.fromEntries(none), ...answer.facets?.[facet.id]?.values }];
  });
  return { n: answer.count, counts: Object.fromEntries(counts) };
}

// It counts a fact as having two words where it has two that begin like one of them.
export const ways = { beginnings: { ...beginnings, "two words": "own", ...slip } };
// A threshold of 0 asks for every word.
export const find = (way, kind, term, most) =>
  search(engine, {
    term,
    properties: ["text"],
    threshold: 0,
    tolerance: kind === "slip" ? 1 : 0,
    limit: most,
  });
export const found = ({ hits }) => hits.map((it) => it.document.id);
