// The engines side by side: answers first, then times.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { weigh } from "./compress.js";
import * as oracle from "./oracle.js";
import { KINDS, searches, selections, steps } from "./questions.js";

export const ENGINES = ["ours", "scan", "itemsjs", "minisearch", "flexsearch", "orama", "fuse"];

/** How often each is built, and how many rounds of questions there are, by rows. */
const PLAN = {
  1000: { builds: 5, rounds: 7, checked: 200 },
  10000: { builds: 3, rounds: 7, checked: 100 },
  100000: { builds: 1, rounds: 5, checked: 30 },
};

/** The longest that one engine is asked questions of one kind in a round, in milliseconds; each
 * list is begun all the same. */
const LIMIT = 4000;

const N_SELECTIONS = 200;

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

const canonical = (told) => [
  told.n,
  Object.entries(told.counts).map(([facet, counts]) => [facet, Object.entries(counts).sort()]),
];

/** Every n-th of a list, so many of them. */
const sample = (list, n) => list.filter((_, at) => at % Math.ceil(list.length / n) === 0);

/** Compares an engine's answers with the oracle's; what was wrong, in words. */
async function compare(tab, about, facts, found, asked, plan) {
  const wrong = [];
  if (about.counts) {
    const lists = { selections: sample(selections(N_SELECTIONS), plan.checked), steps: sample(steps(N_SELECTIONS), plan.checked) };
    const right = about.among ? oracle.countsAmongShown : oracle.counts;
    for (const [name, list] of Object.entries(lists)) {
      const answers = await tab.run((it) => globalThis.bench.answers(it), list);
      list.forEach((selection, at) => {
        const expected = canonical(right(facts, selection));
        const got = canonical(answers[at]);
        if (!same(expected, got)) {
          wrong.push(`${name}: ${JSON.stringify(selection)}\n  right: ${JSON.stringify(expected)}\n  given: ${JSON.stringify(got)}`);
        }
      });
    }
  }
  const slips = {};
  for (const [way, kinds] of Object.entries(about.ways)) {
    for (const [kind, how] of Object.entries(kinds)) {
      const hits = await tab.run((...it) => globalThis.bench.hits(...it), way, kind, asked[kind].map((it) => it.text));
      asked[kind].forEach(({ text, meant }, at) => {
        const got = new Set(hits[at]);
        if (how === "slip") {
          const expected = found.whole(meant);
          slips[way] = (slips[way] ?? 0) + (expected.every((it) => got.has(it)) ? 1 : 0);
        } else if (how !== "own") {
          const expected = found[how](text);
          if (got.size !== expected.length || !expected.every((it) => got.has(it))) {
            wrong.push(`${way}, ${kind} “${text}”: ${expected.length} facts have it, ${got.size} are given`);
          }
        }
      });
    }
  }
  return { wrong, slips };
}

/**
 * Measures every engine with so many rows. `say` is told what is going on. The result has, for each
 * engine, times by round; nothing is returned where an answer was wrong.
 */
export async function measure(browser, server, rows, { quick, engines, folder, say }) {
  const plan = quick ? { builds: 1, rounds: 3, checked: 40 } : PLAN[rows];
  const facts = JSON.parse(await readFile(join(folder, `${rows}`, "facts.json"), "utf8"));
  const asked = searches(facts);
  const found = oracle.finder(facts);
  const results = Object.fromEntries(
    engines.map((it) => [it, { build: [], load: [], ask: { selections: [], steps: [] }, find: {} }]),
  );
  const tabs = {};
  const open = async (id) => {
    const tab = await browser.open();
    await tab.go(`${server.origin}/engines/index.html?engine=${id}&rows=${rows}`);
    if (!(await tab.ready(30_000))) throw new Error(`${id}: its page did not start`);
    return tab;
  };

  say("building");
  for (let round = 0; round < plan.builds; round += 1) {
    for (const id of engines) {
      const tab = await open(id);
      const empty = await tab.memory();
      const result = results[id];
      result.about = await tab.run(() => globalThis.bench.about());
      result.build.push(await tab.run(() => globalThis.bench.build()));
      if (round === 0) {
        const full = await tab.memory();
        const wasm = await tab.run(() => globalThis.bench.wasm());
        result.memory = { script: full.usedSize - empty.usedSize, buffers: (full.backingStorageSize ?? 0) - (empty.backingStorageSize ?? 0), wasm };
        if (result.about.saves) {
          result.saved = await tab.run(() => globalThis.bench.save());
          const other = await open(id);
          result.load.push(await other.run(() => globalThis.bench.load()));
          await other.close();
          server.saved.delete(`/saved/${rows}/${id}`);
        }
      }
      if (round < plan.builds - 1) await tab.close();
      else tabs[id] = tab;
    }
  }

  say("comparing answers");
  const wrong = [];
  for (const id of engines) {
    const checked = await compare(tabs[id], results[id].about, facts, found, asked, plan);
    results[id].slips = checked.slips;
    wrong.push(...checked.wrong.map((it) => `${results[id].about.name}, ${rows} rows, ${it}`));
  }
  if (wrong.length > 0) throw new Error(`answers that are not right:\n${wrong.slice(0, 10).join("\n")}\n(${wrong.length} in all)`);

  for (let round = 0; round < plan.rounds; round += 1) {
    say(`asking, round ${round + 1} of ${plan.rounds}`);
    // Another begins each time.
    const order = engines.map((_, at) => engines[(at + round) % engines.length]);
    for (const id of order) {
      const tab = tabs[id];
      const result = results[id];
      if (result.about.counts) {
        for (const [name, make] of Object.entries({ selections, steps })) {
          const times = await tab.run((...it) => globalThis.bench.ask(...it), make(N_SELECTIONS, round + 1), LIMIT);
          result.ask[name].push(times);
        }
      }
      for (const [way, kinds] of Object.entries(result.about.ways)) {
        for (const kind of Object.keys(kinds)) {
          result.find[way] ??= {};
          result.find[way][kind] ??= [];
          const texts = asked[kind].map((it) => it.text);
          result.find[way][kind].push(await tab.run((...it) => globalThis.bench.find(...it), way, kind, texts, LIMIT / 4));
        }
      }
    }
  }
  for (const id of engines) await tabs[id].close();

  const data = await weigh(await readFile(join(folder, `${rows}`, "facts.json")));
  for (const [name, file] of [["pack", "facts.pack"], ["saved", "facts.pack.index"]]) {
    if (results.ours) results.ours[name] = await weigh(await readFile(join(folder, `${rows}`, file)));
  }
  return { rows, results, data, kinds: KINDS };
}
