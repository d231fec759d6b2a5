// The page that one engine is asked in: lib/engines.js drives it from outside.
//
// An engine is a module with:
//   name      as in the tables
//   start()   what a page does while it loads, before there are any facts; not timed
//   build(text)         from the facts' JSON to answering
//   save()              its index, to be shipped: text or bytes; of engines that have one
//   load(text, index)   from the facts' JSON and the shipped index to answering
//   asked(selection)    a selection in the engine's own form; not timed
//   ask(asked, most)    the counts and the first so many facts with their texts, in the engine's own form
//   told(answer)        the same as {n, counts} for comparing; not timed
//   ways      its ways of searching, each with the kinds of search it can do and how it matches
//             there: {way: {kind: how}}, where how is "beginnings" (of words), "whole" (words), "slip"
//             (one is forgiven) or "own"
//   find(way, kind, text, most)   at most so many facts with their texts, in the engine's own form
//   found(hits)         their ids; not timed

const engines = {
  ours: () => import("./ours.js"),
  scan: () => import("./scan.js"),
  itemsjs: () => import("./itemsjs.js"),
  minisearch: () => import("./minisearch.js"),
  flexsearch: () => import("./flexsearch.js"),
  orama: () => import("./orama.js"),
  fuse: () => import("./fuse.js"),
};

const id = new URLSearchParams(location.search).get("engine");
const rows = new URLSearchParams(location.search).get("rows");
const engine = await engines[id]();
await engine.start?.();

const fetched = async (path, as) => {
  const response = await fetch(`/data/${rows}/${path}`);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response[as]();
};

const timed = async (action) => {
  const began = performance.now();
  await action();
  return performance.now() - began;
};

/**
 * Does an action for each of a list, again and again until a time is over and at least once; the
 * milliseconds of each. An action that returns a promise is waited for, within its time.
 */
const each = async (list, limit, action) => {
  const times = [];
  const began = performance.now();
  for (const it of list) {
    const start = performance.now();
    const result = action(it);
    if (result instanceof Promise) await result;
    times.push(performance.now() - start);
    if (performance.now() - began > limit) break;
  }
  return times;
};

const FIRST = 20;

/** The first answers, of all that an engine does: the facts of a search, then the counts of a selection. */
const answer = async ({ selection, text }) => {
  const [way] = Object.keys(engine.ways);
  await engine.find(way, "word", text, FIRST);
  if (engine.ask) await engine.ask(engine.asked(selection), FIRST);
};

globalThis.bench = {
  about: () => ({ name: engine.name, counts: Boolean(engine.ask), among: Boolean(engine.among), ways: engine.ways ?? {}, saves: Boolean(engine.save) }),
  build: async (first) => {
    const data = engine.format === "pack" ? await fetched("facts.pack", "bytes") : await fetched("facts.json", "text");
    return timed(async () => {
      await engine.build(data);
      await answer(first);
    });
  },
  /** Sends the index to the server, which weighs it and hands it out again. */
  save: async () => {
    const body = await engine.save();
    const response = await fetch(`/saved/${rows}/${id}`, { method: "POST", body });
    return response.json();
  },
  load: async (first) => {
    const text = await fetched("facts.json", "text");
    const saved = await (await fetch(`/saved/${rows}/${id}`)).text();
    return timed(async () => {
      await engine.load(text, saved);
      await answer(first);
    });
  },
  answers: async (selections) => {
    const all = [];
    for (const it of selections) all.push(engine.told(await engine.ask(engine.asked(it), FIRST)));
    return all;
  },
  hits: async (way, kind, text) => engine.found(await engine.find(way, kind, text, Number(rows))),
  ask: (selections, limit) =>
    each(selections.map(engine.asked), limit, (it) => engine.ask(it, FIRST)),
  find: (way, kind, texts, limit) => each(texts, limit, (it) => engine.find(way, kind, it, FIRST)),
  wasm: () => engine.memory?.() ?? 0,
};
document.documentElement.dataset.ready = "";
