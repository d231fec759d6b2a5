// This project's engine, as the page uses it: bench/engine.

import { FACETS, valueId } from "../lib/facts.js";
import { beginnings, slip } from "./ways.js";

export const name = "this engine";
export const format = "pack";

let engine;
let exports;
let Engine;

export async function start() {
  const module = await import("/engine/engine.js");
  exports = await module.default({ module_or_path: "/engine/engine_bg.wasm" });
  Engine = module.Engine;
}

export function build(pack) {
  engine = Engine.open(pack);
}

export function asked(selection) {
  return FACETS.filter((it) => selection[it.id])
    .map((it) => `${it.id}=${selection[it.id].map(valueId).join(",")}`)
    .join("&");
}

export const ask = (address, most) => engine.ask(address, most);

/** The numbers that it answers with: how many are shown, then for each facet its values' counts. */
export function told(answer) {
  let at = 1;
  const counts = FACETS.map((facet) => {
    const values = facet.values.map((it) => [it, answer[at + engine.place(facet.id, valueId(it))]]);
    at += engine.n_values(facet.id);
    return [facet.id, Object.fromEntries(values)];
  });
  return { n: answer[0], counts: Object.fromEntries(counts) };
}

export const ways = { beginnings: { ...beginnings, ...slip } };
export const find = (way, kind, text, most) => engine.find(text, most);
export const found = (numbers) => [...numbers].map((it) => engine.id(it));
export const memory = () => exports.memory.buffer.byteLength;
