// Fuse.js goes through all texts for each search; with its options for words, every word must be in
// a fact, about as written.

import Fuse from "fuse.js";
import { SEARCHED } from "../lib/facts.js";

export const name = "Fuse.js";

const options = { keys: SEARCHED, useTokenSearch: true, tokenMatch: "all", ignoreLocation: true, threshold: 0.2 };

let engine;

export function build(json) {
  engine = new Fuse(JSON.parse(json), options);
}

export const save = () => JSON.stringify(engine.getIndex().toJSON());

export function load(json, index) {
  engine = new Fuse(JSON.parse(json), options, Fuse.parseIndex(JSON.parse(index)));
}

export const ways = { own: { word: "own", prefix: "own", "two words": "own", rare: "own", common: "own", slip: "slip" } };
export const find = (way, kind, text, most) => engine.search(text, { limit: most });
export const found = (hits) => hits.map((it) => it.item.id);
