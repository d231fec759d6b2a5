// The engines side by side: answers first, then times.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { weigh } from "./compress.js";
import * as oracle from "./oracle.js";
import { inTurn, KINDS, searches, selections, steps } from "./questions.js";

export const ENGINES = ["ours", "scan", "itemsjs", "minisearch", "flexsearch", "orama", "fuse"];

/** How often each is built, how many rounds of questions there are, and how many selections of each
 * list and searches of each kind are compared with the oracle's, by rows. */
const PLAN = {
  1000: { builds: 5, rounds: 5, selections: 200, searches: 8 },
  10000: { builds: 3, rounds: 5, selections: 100, searches: 8 },
  100000: { builds: 1, rounds: 3, selections: 25, searches: 4 },
};
const QUICK = { builds: 1, rounds: 2, selections: 40, searches: 4 };

/** The longest that one engine is asked for counts, and for searches of one kind, in a round, in
 * milliseconds. Each list is begun all the same. */
const LIMIT = { ask: 2500, find: 700 };

/** A search that takes longer than this is stopped, and its kind isn't asked of the engine again. */
const TOO_LONG = 10_000;

const N_SELECTIONS = 200;

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

const canonical = (told) => [
  told.n,
  Object.entries(told.counts).map(([facet, counts]) => [facet, Object.entries(counts).sort()]),
];

/** Every n-th of a list, so many of them. */
const sample = (list, n) => list.filter((_, at) => at % Math.ceil(list.length / n) === 0);

/** The same as a function, but worked out once for each argument. */
const once = (action) => {
  const known = new Map();
  return (argument) => {
    const key = JSON.stringify(argument);
    if (!known.has(key)) known.set(key, action(argument));
    return known.get(key);
  };
};

/** The right answers for some facts. */
function rightAnswers(facts) {
  const { beginnings, whole } = oracle.finder(facts);
  return {
    counts: once((it) => canonical(oracle.counts(facts, it))),
    among: once((it) => canonical(oracle.countsAmongShown(facts, it))),
    beginnings: once(beginnings),
    whole: once(whole),
  };
}

/** Compares an engine's answers with the right ones; what was wrong, in words. */
async function compare(tab, result, right, asked, plan) {
  const { about } = result;
  const wrong = [];
  if (about.counts) {
    for (const [name, all] of [["selections", selections(N_SELECTIONS)], ["steps", steps(N_SELECTIONS)]]) {
      const list = sample(all, plan.selections);
      const answers = await tab.run((it) => globalThis.bench.answers(it), list);
      list.forEach((selection, at) => {
        const expected = (about.among ? right.among : right.counts)(selection);
        const got = canonical(answers[at]);
        if (!same(expected, got)) {
          wrong.push(`${name}: ${JSON.stringify(selection)}\n  right: ${JSON.stringify(expected)}\n  given: ${JSON.stringify(got)}`);
        }
      });
    }
  }
  result.slips = {};
  for (const [way, kinds] of Object.entries(about.ways)) {
    result.find[way] = {};
    for (const [kind, how] of Object.entries(kinds)) {
      if (how === "own") continue;
      // All slips are tried, since how many are forgiven is a result.
      const list = how === "slip" ? asked[kind] : asked[kind].slice(0, plan.searches);
      for (const { text, meant } of list) {
        const ids = await tab.runWithin(TOO_LONG, (...it) => globalThis.bench.hits(...it), way, kind, text);
        if (!ids) {
          result.tooLong.push(`${way} ${kind}`);
          break;
        }
        const got = new Set(ids);
        const expected = how === "slip" ? right.whole(meant) : right[how](text);
        const has = expected.every((it) => got.has(it));
        if (how === "slip") result.slips[way] = (result.slips[way] ?? 0) + (has ? 1 : 0);
        else if (!has || got.size !== expected.length) {
          wrong.push(`${way}, ${kind} “${text}”: ${expected.length} facts have it, ${got.size} are given`);
        }
      }
    }
  }
  return wrong;
}

/** Saves an engine's index, the first time, and opens it in another tab. What an engine can't, is said. */
async function saveAndLoad(tab, open, result, first) {
  try {
    result.saved ??= await tab.run(() => globalThis.bench.save());
    const other = await open();
    result.load.push(await other.run((it) => globalThis.bench.load(it), first));
    await other.close();
  } catch (problem) {
    result.notSaved = String(problem.message).split("\n")[0];
  }
}

/**
 * Measures every engine with so many rows. `say` is told what is going on. The result has, for each
 * engine, times by round; nothing is returned where an answer was wrong.
 */
export async function measure(browser, server, rows, { quick, engines, folder, say }) {
  const plan = quick ? QUICK : (PLAN[rows] ?? PLAN[100000]);
  const facts = JSON.parse(await readFile(join(folder, `${rows}`, "facts.json"), "utf8"));
  const asked = searches(facts);
  const right = rightAnswers(facts);
  const results = Object.fromEntries(
    engines.map((it) => [it, { build: [], load: [], ask: { selections: [], steps: [] }, find: {}, tooLong: [] }]),
  );
  const tabs = {};
  const open = async (id) => {
    const tab = await browser.open();
    await tab.go(`${server.origin}/engines/index.html?engine=${id}&rows=${rows}`);
    if (!(await tab.ready(30_000))) throw new Error(`${id}: its page did not start`);
    return tab;
  };

  // Opening ends with the first answers: what is put off until then belongs to it.
  const first = { selection: selections(1)[0], text: asked.word[0].text };

  say("building");
  for (let round = 0; round < plan.builds; round += 1) {
    for (const id of inTurn(engines, round)) {
      const tab = await open(id);
      const empty = await tab.memory();
      const result = results[id];
      result.about = await tab.run(() => globalThis.bench.about());
      result.build.push(await tab.run((it) => globalThis.bench.build(it), first));
      if (round === 0) {
        const full = await tab.memory();
        const wasm = await tab.run(() => globalThis.bench.wasm());
        result.memory = { script: full.usedSize - empty.usedSize, buffers: (full.backingStorageSize ?? 0) - (empty.backingStorageSize ?? 0), wasm };
      }
      if (result.about.saves && !result.notSaved) {
        await saveAndLoad(tab, () => open(id), result, first);
        // Great ones aren't kept longer than they are needed.
        if (round === plan.builds - 1) server.saved.delete(`/saved/${rows}/${id}`);
      }
      if (round < plan.builds - 1) await tab.close();
      else tabs[id] = tab;
    }
  }

  say("comparing answers");
  const wrong = [];
  for (const id of engines) {
    const differ = await compare(tabs[id], results[id], right, asked, plan);
    wrong.push(...differ.map((it) => `${results[id].about.name}, ${rows} rows, ${it}`));
  }
  if (wrong.length > 0) throw new Error(`answers that are not right:\n${wrong.slice(0, 10).join("\n")}\n(${wrong.length} in all)`);

  for (let round = 0; round < plan.rounds; round += 1) {
    say(`asking, round ${round + 1} of ${plan.rounds}`);
    for (const id of inTurn(engines, round)) {
      const tab = tabs[id];
      const result = results[id];
      if (result.about.counts) {
        for (const [name, make] of Object.entries({ selections, steps })) {
          const times = await tab.run((...it) => globalThis.bench.ask(...it), make(N_SELECTIONS, round + 1), LIMIT.ask);
          result.ask[name].push(times);
        }
      }
      for (const [way, kinds] of Object.entries(result.about.ways)) {
        for (const kind of Object.keys(kinds)) {
          if (result.tooLong.includes(`${way} ${kind}`)) continue;
          // One that only gets to the first few has others in the next round.
          const texts = asked[kind].map((_, at) => asked[kind][(at + round) % asked[kind].length].text);
          result.find[way][kind] ??= [];
          result.find[way][kind].push(await tab.run((...it) => globalThis.bench.find(...it), way, kind, texts, LIMIT.find));
        }
      }
    }
  }
  for (const id of engines) await tabs[id].close();

  const weight = async (file) => weigh(await readFile(join(folder, `${rows}`, file)), rows);
  const data = await weight("facts.json");
  for (const [name, file] of [["pack", "facts.pack"], ["saved", "facts.pack.index"]]) {
    if (results.ours) results.ours[name] = await weight(file);
  }
  return { rows, results, data, kinds: KINDS };
}
