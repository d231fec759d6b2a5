// This project's engine, as the page uses it: bench/engine.

import { FACETS, valueId } from "../lib/facts.js";
import { beginnings, slip } from "./ways.js";

export const name = "this engine";
export const format = "pack";

let engine;
let exports;
let Engine;
/** What the texts of a fact are called, in their order. */
let keys;
/** How many numbers an answer begins with, before those of the facts. */
let nCounts;

export async function start() {
  const module = await import("/engine/engine.js");
  exports = await module.default({ module_or_path: "/engine/engine_bg.wasm" });
  Engine = module.Engine;
}

export function build(pack) {
  engine = Engine.open(pack);
  keys = ["id", "title", "summary", ...engine.fields()];
  nCounts = FACETS.reduce((sum, it) => sum + engine.n_values(it.id), 1);
}

/** Facts as the others hand them over, with their texts; these are read from the memory of the WASM. */
function facts(numbers) {
  const texts = engine.texts(numbers).split("\0");
  return Array.from(numbers, (_, at) => Object.fromEntries(keys.map((key, place) => [key, texts[at * keys.length + place]])));
}

export function asked(selection) {
  return FACETS.filter((it) => selection[it.id])
    .map((it) => `${it.id}=${selection[it.id].map(valueId).join(",")}`)
    .join("&");
}

export function ask(address, most) {
  const numbers = engine.ask(address, most);
  return { numbers, first: facts(numbers.subarray(nCounts)) };
}

/** The numbers that it answers with: how many are shown, then for each facet its values' counts. */
export function told({ numbers: answer }) {
  let at = 1;
  const counts = FACETS.map((facet) => {
    const values = facet.values.map((it) => [it, answer[at + engine.place(facet.id, valueId(it))]]);
    at += engine.n_values(facet.id);
    return [facet.id, Object.fromEntries(values)];
  });
  return { n: answer[0], counts: Object.fromEntries(counts) };
}

export const ways = { beginnings: { ...beginnings, ...slip } };
export const find = (way, kind, text, most) => facts(engine.find(text, most));
export const found = (hits) => hits.map((it) => it.id);
export const memory = () => exports.memory.buffer.byteLength;
