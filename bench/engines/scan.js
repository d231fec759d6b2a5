// No library: columns for the facets; texts in small letters, gone through for each search.

import { Columns } from "../lib/columns.js";
import { FACETS, searched } from "../lib/facts.js";
import { beginnings } from "./ways.js";

export const name = "plain scan";

let facts;
let columns;
let texts;

export function build(json) {
  facts = JSON.parse(json);
  columns = new Columns(facts);
  texts = facts.map((it) => ` ${searched(it).join(" ").toLowerCase()}`);
}

export const asked = (selection) => columns.asked(selection);

export function ask(chosen, most) {
  const { n, counts, first } = columns.ask(chosen, most);
  return { n, counts, first: first.map((it) => facts[it]) };
}

export function told({ n, counts }) {
  const named = FACETS.map((facet, at) => [
    facet.id,
    Object.fromEntries(facet.values.map((value, place) => [value, counts[at][place]])),
  ]);
  return { n, counts: Object.fromEntries(named) };
}

export const ways = { beginnings };

// It looks at every fact, as the others do to know how many there are.
export function find(way, kind, text, most) {
  const words = text.toLowerCase().split(" ").map((it) => ` ${it}`);
  const first = [];
  let n = 0;
  for (let row = 0; row < texts.length; row += 1) {
    if (words.every((it) => texts[row].includes(it))) {
      n += 1;
      if (first.length < most) first.push(facts[row]);
    }
  }
  return { n, first };
}

export const found = ({ first }) => first.map((it) => it.id);
