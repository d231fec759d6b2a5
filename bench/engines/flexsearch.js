// FlexSearch as one types: words from their beginning.

import { Index } from "flexsearch";
import { searched } from "../lib/facts.js";
import { beginnings } from "./ways.js";

export const name = "FlexSearch";

const made = () => new Index({ tokenize: "forward" });

let index;
let facts;

export function build(json) {
  facts = JSON.parse(json);
  index = made();
  facts.forEach((it, at) => index.add(at, searched(it).join(" ")));
}

export async function save() {
  const parts = {};
  await index.export((key, value) => {
    parts[key] = value;
  });
  return JSON.stringify(parts);
}

export function load(json, saved) {
  facts = JSON.parse(json);
  index = made();
  for (const [key, value] of Object.entries(JSON.parse(saved))) index.import(key, value);
}

export const ways = { beginnings };
export const find = (way, kind, text, most) => index.search(text, { limit: most }).map((it) => facts[it]);
export const found = (hits) => hits.map((it) => it.id);
