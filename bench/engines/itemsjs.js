// ItemsJS: facets with "or", and lunr for searching.

import itemsjs from "itemsjs";
import { FACETS, SEARCHED } from "../lib/facts.js";
import { beginnings } from "./ways.js";

export const name = "ItemsJS";

const configuration = {
  aggregations: Object.fromEntries(
    FACETS.map((it) => [it.id, { conjunction: false, size: it.values.length, sort: "key" }]),
  ),
  searchableFields: SEARCHED,
  // Without these lunr takes endings off words and leaves out English ones like "the".
  isExactSearch: true,
  removeStopWordFilter: true,
};

let engine;

export function build(json) {
  engine = itemsjs(JSON.parse(json), configuration);
}

export const save = () => JSON.stringify(engine.serializeAll());

export function load(json, index) {
  const { fulltext, facets } = JSON.parse(index);
  engine = itemsjs(JSON.parse(json), { ...configuration, fulltextSnapshot: fulltext, facetsSnapshot: facets });
}

export const asked = (selection) => selection;
export const ask = (filters, most) => engine.search({ filters, per_page: most });

export function told({ pagination, data }) {
  const counts = FACETS.map((facet) => {
    const buckets = data.aggregations[facet.id].buckets.map((it) => [it.key, it.doc_count]);
    const none = facet.values.map((it) => [it, 0]);
    return [facet.id, Object.fromEntries([...none, ...buckets])];
  });
  return { n: pagination.total, counts: Object.fromEntries(counts) };
}

// The lunr inside takes every word from its beginning, and has no other way.
export const ways = { beginnings };
export const find = (way, kind, text, most) => engine.search({ query: text, per_page: most });
export const found = ({ data }) => data.items.map((it) => it.id);
