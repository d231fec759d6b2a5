// MiniSearch: no facets.

import MiniSearch from "minisearch";
import { SEARCHED } from "../lib/facts.js";
import { beginnings, slip, whole } from "./ways.js";

export const name = "MiniSearch";

const options = { fields: SEARCHED };

let engine;
let facts;

export function build(json) {
  facts = new Map(JSON.parse(json).map((it) => [it.id, it]));
  engine = new MiniSearch(options);
  engine.addAll([...facts.values()]);
}

export const save = () => JSON.stringify(engine);

export function load(json, index) {
  facts = new Map(JSON.parse(json).map((it) => [it.id, it]));
  engine = MiniSearch.loadJSON(index, options);
}

export const ways = { beginnings: { ...beginnings, ...slip }, whole };
export const find = (way, kind, text, most) => {
  const fuzzy = kind === "slip" ? 0.2 : false;
  const hits = engine.search(text, { prefix: way === "beginnings", fuzzy, combineWith: "AND" });
  return hits.slice(0, most).map((it) => facts.get(it.id));
};
export const found = (hits) => hits.map((it) => it.id);
