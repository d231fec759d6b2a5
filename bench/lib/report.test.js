// Whether the report tells of everything that another does better: `node --test bench/lib/report.test.js`.

import assert from "node:assert/strict";
import { test } from "node:test";
import { HOME } from "./pages.js";
import { KINDS } from "./questions.js";
import { report } from "./report.js";

const MACHINE = { cpu: "A", cores: 2, memory: 2 ** 30, node: "v20", browser: "Chrome/1", versions: ["peer 1"] };
const SECTION = "## Where another is faster or lighter";

/** An engine that needs so long for everything, and so much of everything. */
const engine = (name, much, saves) => ({
  about: { name, counts: true, ways: { beginnings: {}, whole: {} }, saves },
  // A pack is opened like a saved index.
  build: [much * (saves ? 100 : 10)],
  load: saves ? [much * 10] : [],
  ask: { selections: [[much]], steps: [[much]] },
  find: {
    beginnings: Object.fromEntries(KINDS.map((it) => [it, [[much]]])),
    whole: Object.fromEntries(KINDS.map((it) => [it, [[much * 0.5]]])),
  },
  tooLong: [],
  slips: {},
  memory: { script: much * 1e6, buffers: 0, wasm: 0 },
  saved: { raw: much * 3e5, gzip: much * 2e5, brotli: much * 1e5 },
});

const engines = (ours, peer) => ({
  rows: 1000,
  kinds: KINDS,
  data: { raw: 1e6, gzip: 1e6, brotli: 1e6 },
  results: { ...(ours && { ours: engine("this engine", ours, false) }), flexsearch: engine("FlexSearch", peer, true) },
});

/** A page that needs so long, and so much. */
const page = (much) => ({
  loads: [{ paint: much * 100, ready: much * 200, inp: much * 50, shift: much * 0.01, bytes: much * 1e5 }],
  presses: [[much * 40]],
  keys: [[much * 30]],
  limit: 60_000,
});

const pages = (ours, peer) => {
  const results = () => ({ ...(ours && { ours: page(ours) }), preact: page(peer) });
  return {
    home: { rows: HOME, results: results(), floor: [{ paint: 1, inp: 16 }] },
    phone: { rows: 300, results: results() },
    desk: [{ rows: 100_000, results: results() }],
    built: [],
  };
};

const part = (result, machine = MACHINE) => ({ result, date: "2026-01-01", seconds: 60, machine });

const written = (ours, peer, machine) =>
  report({ machine: MACHINE, quick: false, parts: { engines: part([engines(ours, peer)], machine), pages: part(pages(ours, peer)) } });

const losses = (text) => text.split(SECTION)[1].split("\n## ")[0].trim().split("\n");

test("whatever another does better is told, column by column", () => {
  const told = losses(written(4, 1));
  const expected = [
    ...["opening", "counts, selections", "counts, step by step"].map((it) => [`1 000 rows, ${it}`, "FlexSearch"]),
    ...KINDS.map((it) => [`1 000 rows, search, ${it}`, "FlexSearch"]),
    ...["index", "index, gzip", "index, brotli", "memory"].map((it) => [`1 000 rows, ${it}`, "FlexSearch"]),
    ...["first paint", "ready", "INP", "CLS", "on the wire"].map((it) => [`${HOME} facts on a phone, ${it}`, "Preact"]),
    ...["first paint", "ready", "CLS", "on the wire", "press to paint", "keystroke to paint"].map((it) => [`300 facts on a phone, ${it}`, "Preact"]),
    ...["ready", "press to paint", "keystroke to paint"].map((it) => [`100 000 facts on a desk, ${it}`, "Preact"]),
  ];
  assert.equal(told.length, expected.length, told.join("\n"));
  for (const [what, who] of expected) assert.ok(told.some((it) => it.startsWith(`- ${what}: ${who}`)), what);
  for (const it of told) assert.ok(!it.includes("within noise"), it);
  for (const kind of KINDS) {
    const line = told.find((it) => it.startsWith(`- 1 000 rows, search, ${kind}:`));
    assert.ok(line.includes("FlexSearch, whole words"), line);
  }
});

test("what is loaded is compared with what is loaded, not with what is built", () => {
  const run = engines(1, 1);
  run.results.ours.build = [50];
  run.results.flexsearch.load = [80];
  run.results.flexsearch.build = [10];
  const text = report({ machine: MACHINE, quick: false, parts: { engines: part([run]) } });
  assert.ok(!text.includes("rows, opening:"), text);
});

test("what may be noise is marked, and what is written as the same is left out", () => {
  const told = losses(written(1.1, 1));
  assert.ok(told.some((it) => it.includes("counts, selections: FlexSearch 1.00 ms (within noise)")), told.join("\n"));
  // Bytes are counted, not measured.
  assert.ok(told.some((it) => it.includes("index: FlexSearch 293 KiB against 322 KiB")), told.join("\n"));
  const same = losses(written(1.0001, 1)).filter((it) => !it.includes("whole words"));
  assert.deepEqual(same, []);
});

test("nothing is claimed where this project wasn't measured", () => {
  assert.deepEqual(losses(written(undefined, 1)), ["This project wasn't measured beside others here."]);
  assert.deepEqual(
    losses(report({ machine: MACHINE, quick: false, parts: { pages: part(pages(1, 2)) } })),
    ["Nowhere, in what was measured here."],
  );
});

test("a part that another machine measured says so", () => {
  assert.ok(!written(1, 2).includes("With another"));
  const text = written(1, 2, { ...MACHINE, cpu: "B" });
  assert.match(text, /With another, engines:\n\n- Machine: B,/);
});
