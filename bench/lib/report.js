// The results in words and tables, as in RESULTS.md.

import { readFile } from "node:fs/promises";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { levels } from "./compress.js";
import { bytes, digits, median, quantile, table } from "./figures.js";
import { HOME, middle, PAGES } from "./pages.js";

/** What it was measured with. */
export async function machine(browser, root, packages) {
  const { dependencies } = JSON.parse(await readFile(join(root, "bench", "package.json"), "utf8"));
  const versions = Object.keys(dependencies).filter((it) => it !== "esbuild");
  const version = async (it) => JSON.parse(await readFile(join(packages, it, "package.json"), "utf8")).version;
  return {
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: cpus().length,
    memory: totalmem(),
    node: process.version,
    browser: browser.version,
    versions: await Promise.all(versions.map(async (it) => `${it} ${await version(it)}`)),
  };
}

const whole = (rows) => String(rows).replace(/\B(?=(\d{3})+$)/g, " ");

/** A median, and in brackets what 95 of 100 stay below. */
const time = (rounds) => {
  const all = rounds.flat();
  return `${digits(median(all))} (${digits(quantile(all, 0.95))})`;
};

const factor = (number) => `${digits(number)}×`;

/** How many times as long as ours, round by round: the middle, and in brackets least and most. */
function ratio(rounds, ours) {
  const each = rounds.flatMap((it, at) => (ours[at] ? [median(it) / median(ours[at])] : []));
  if (each.length === 0) return "";
  return `${factor(median(each))} (${digits(Math.min(...each))}–${digits(Math.max(...each))})`;
}

const milliseconds = (number) => `${digits(number)} ms`;

/** Differences below this factor are noise, where something was timed or a heap was measured. */
const NOISE = 1.2;

/**
 * Where another does better than this project, in words: `values` has each contender's name and value,
 * the less the better, and `own` is this project's. Nothing is said of what is written as the same, and
 * what may be noise is marked so.
 */
function lossOf(what, values, own, show, noise = NOISE) {
  if (own === undefined) return [];
  const better = values
    .filter(([, it]) => it < own && show(it) !== show(own))
    .map(([name, it]) => `${name} ${show(it)}${own < it * noise ? " (within noise)" : ""}`);
  return better.length > 0 ? [`- ${what}: ${better.join(", ")} against ${show(own)}`] : [];
}

/** The name of an engine with one of its ways of searching. */
const nameOfWay = (it, way) => it.about.name + { beginnings: "", whole: ", whole words", own: " ²" }[way];

/** A mark where a way of searching has a rule of its own for one kind only. */
const noteOf = (it, way, kind) => (it.about.ways[way]?.[kind] === "own" && way !== "own" ? " ²" : "");

const held = ({ memory: { script, buffers, wasm } }) => script + buffers + wasm;

/** Where another engine was faster or lighter than ours, in words. */
function lost({ rows, results, kinds }) {
  const { ours } = results;
  if (!ours) return [];
  const others = Object.values(results).filter((it) => it !== ours);
  const middleOf = (rounds) => (rounds?.length > 0 ? median(rounds.flat()) : undefined);
  const known = (pairs) => pairs.filter((it) => it[1] !== undefined);
  const by = (pick) => known(others.map((it) => [it.about.name, pick(it)]));
  const line = (what, values, own, show, noise) => lossOf(`${whole(rows)} rows, ${what}`, values, own, show, noise);
  const searched = (kind) =>
    known(
      others.flatMap((it) =>
        Object.entries(it.find).map(([way, find]) => [nameOfWay(it, way) + noteOf(it, way, kind), middleOf(find[kind])]),
      ),
    );
  return [
    // A pack is an index made before; one that saves none begins with the facts.
    ...line("opening", by((it) => middleOf(it.load) ?? (it.about.saves ? undefined : middleOf(it.build))), middleOf(ours.build), milliseconds),
    ...line("counts, selections", by((it) => middleOf(it.ask.selections)), middleOf(ours.ask.selections), milliseconds),
    ...line("counts, step by step", by((it) => middleOf(it.ask.steps)), middleOf(ours.ask.steps), milliseconds),
    ...kinds.flatMap((kind) => line(`search, ${kind}`, searched(kind), middleOf(ours.find.beginnings?.[kind]), milliseconds)),
    ...["raw", "gzip", "brotli"].flatMap((how) =>
      line(`index${how === "raw" ? "" : `, ${how}`}`, by((it) => it.saved?.[how]), ours.saved?.[how], bytes, 1),
    ),
    ...line("memory", by((it) => it.memory && held(it)), ours.memory && held(ours), bytes),
  ];
}

function countsTable({ results }) {
  const rows = Object.values(results)
    .filter((it) => it.about.counts)
    .map((it) => {
      const cells = ["selections", "steps"].flatMap((list) => [time(it.ask[list]), ratio(it.ask[list], results.ours?.ask[list] ?? [])]);
      return [`${it.about.name}${it.about.among ? " ¹" : ""}`, ...cells];
    });
  return table(["", "selections, ms", "of ours", "step by step, ms", "of ours"], rows);
}

function searchTables({ results, kinds }) {
  const ways = Object.values(results).flatMap((it) => Object.entries(it.find).map(([way, find]) => ({ it, way, find })));
  const name = ({ it, way }) => nameOfWay(it, way);
  const ours = results.ours?.find.beginnings ?? {};
  const note = ({ it, way }, kind) => noteOf(it, way, kind);
  const none = ({ it, way }, kind) => (it.tooLong.includes(`${way} ${kind}`) ? "over 10 000" : "–");
  const found = ({ it, way }) => (it.slips[way] === undefined ? "none" : `${it.slips[way]} of 8`);
  const times = ways.map((way) => [
    name(way),
    ...kinds.map((kind) => (way.find[kind] ? time(way.find[kind]) + note(way, kind) : none(way, kind))),
    found(way),
  ]);
  const ratios = ways.map((way) => [
    name(way),
    ...kinds.map((kind) => (way.find[kind] ? ratio(way.find[kind], ours[kind] ?? []) : "–")),
  ]);
  return [table(["ms", ...kinds, "slips forgiven"], times), table(["of ours", ...kinds], ratios)].join("\n\n");
}

function openTable({ results, data }) {
  const sizes = (it) => (it ? ["raw", "gzip", "brotli"].map((how) => bytes(it[how])) : ["–", "–", "–"]);
  const rows = Object.entries(results).map(([id, it]) => {
    const build = it.build.length > 0 ? spread(it.build) : "–";
    const load = it.load.length > 0 ? spread(it.load) : it.notSaved ? "fails" : "–";
    const share = it.saved ? `${digits((100 * it.saved.brotli) / data.brotli)} %` : "–";
    return [it.about.name, id === "ours" ? "–" : build, id === "ours" ? build : load, ...sizes(it.saved), share, bytes(held(it))];
  });
  const head = ["", "facts to answers, ms", "with its index made before, ms", "index", "gzip", "brotli", "of the data's brotli", "memory"];
  return table(head, rows);
}

function engineSection(run) {
  const { rows, data, results } = run;
  const pack = results.ours?.pack;
  const level = levels(rows);
  const weight = `Sizes with gzip ${level.gzip} and brotli ${level.brotli}. The facts as JSON: ${bytes(data.raw)}, gzip ${bytes(data.gzip)}, brotli ${bytes(data.brotli)}.${
    pack ? ` The pack, with facts and index: ${bytes(pack.raw)}, gzip ${bytes(pack.gzip)}, brotli ${bytes(pack.brotli)}.` : ""
  }`;
  return [`### ${whole(rows)} rows`, weight, countsTable(run), searchTables(run), openTable(run)].join("\n\n");
}

const spread = (list) => `${digits(median(list))} (${digits(Math.min(...list))}–${digits(Math.max(...list))})`;

const moved = (shift) => shift.toFixed(3);

const ofLoads = (loads, field) => loads.map((it) => it[field]);

/** What a load gives, in milliseconds. */
const FELT = [["paint", "first paint"], ["ready", "ready"], ["inp", "INP"]];

/** Where another page was quicker or lighter, or moved less, in words. */
function lostPages({ home, phone, desk }) {
  const line = (what, results, pick, show, noise) => {
    const values = Object.entries(results).map(([id, it]) => [id, pick(it)]).filter((it) => it[1].length > 0);
    const others = values.filter((it) => it[0] !== "ours").map(([id, it]) => [PAGES[id].name, median(it)]);
    const own = values.find((it) => it[0] === "ours");
    return lossOf(what, others, own && median(own[1]), show, noise);
  };
  const loads = (what, results, fields) => [
    ...fields.flatMap(([field, words]) => line(`${what}, ${words}`, results, (it) => ofLoads(it.loads, field), milliseconds)),
    ...line(`${what}, CLS`, results, (it) => ofLoads(it.loads, "shift"), moved, 1),
    ...line(`${what}, on the wire`, results, (it) => ofLoads(it.loads, "bytes"), bytes, 1),
  ];
  const uses = (what, results) => [
    ...line(`${what}, press to paint`, results, (it) => it.presses.flat(), milliseconds),
    ...line(`${what}, keystroke to paint`, results, (it) => it.keys.flat(), milliseconds),
  ];
  return [
    ...loads(`${HOME} facts on a phone`, home.results, FELT),
    ...loads("300 facts on a phone", phone.results, FELT.slice(0, 2)),
    ...uses("300 facts on a phone", phone.results),
    ...desk.flatMap(({ rows, results }) => {
      const what = `${whole(rows)} facts on a desk`;
      return [...line(`${what}, ready`, results, (it) => ofLoads(it.loads, "ready"), milliseconds), ...uses(what, results)];
    }),
  ];
}

/** The middle, least and most, and how many times as long as ours. */
const times = (values, own) => `${spread(values)}${own?.length > 0 ? `, ${factor(median(values) / median(own))}` : ""}`;

function homeTable({ results }) {
  const ours = results.ours;
  const rows = Object.entries(results).map(([id, it]) => [
    PAGES[id].name,
    bytes(middle(it.loads, "bytes")),
    ...FELT.map(([field]) => times(ofLoads(it.loads, field), ours && ofLoads(ours.loads, field))),
    moved(middle(it.loads, "shift")),
  ]);
  return table(["", "on the wire", ...FELT.map((it) => `${it[1]}, ms`), "CLS"], rows);
}

function phoneTable({ results }) {
  const ours = results.ours;
  const rows = Object.entries(results).map(([id, it]) => [
    PAGES[id].name,
    bytes(middle(it.loads, "bytes")),
    times(ofLoads(it.loads, "paint"), ours && ofLoads(ours.loads, "paint")),
    times(ofLoads(it.loads, "ready"), ours && ofLoads(ours.loads, "ready")),
    moved(middle(it.loads, "shift")),
    times(it.presses.flat(), ours?.presses.flat()),
    times(it.keys.flat(), ours?.keys.flat()),
  ]);
  return table(["", "on the wire", "first paint, ms", "ready, ms", "CLS", "press to paint, ms", "keystroke to paint, ms"], rows);
}

function deskTable({ results }) {
  const ours = results.ours;
  const rows = Object.entries(results).map(([id, it]) =>
    it.loads.length === 0
      ? [PAGES[id].name, `not in ${it.limit / 1000} s`, "–", "–"]
      : [
          PAGES[id].name,
          digits(middle(it.loads, "ready")),
          times(it.presses.flat(), ours?.presses.flat()),
          times(it.keys.flat(), ours?.keys.flat()),
        ],
  );
  return table(["", "ready, ms", "press to paint, ms", "keystroke to paint, ms"], rows);
}

function pagesSection({ home, phone, desk, built }) {
  return [
    "## Pages",
    `Here the brackets have the least and the most, and the number after them is how many times as long as
this project's page. A press or a keystroke ends with the second frame after it: 17 to 33 ms where each frame
takes its 17 and nothing is slow, by when in a frame it comes, and less where frames follow each other sooner.
So differences of a few milliseconds among the fastest tell of the method, not of the pages.`,
    `### This project's own page on a phone`,
    `The ${HOME} jurisdictions with all that is known of them, beside pages of ${HOME} of the facts that
everything else here is measured with, which say less: a card has four short texts.`,
    homeTable(home),
    // What was kept of an earlier version may lack it.
    ...(home.floor?.[0]?.inp
      ? [`A page of one word and four fields, without style or script, was painted after ${spread(home.floor.map((it) => it.paint))} ms in the
same rounds, and had an INP of ${spread(home.floor.map((it) => it.inp))} ms.`]
      : []),
    "### 300 facts on a phone",
    phoneTable(phone),
    ...desk.flatMap((it) => [`### ${whole(it.rows)} facts on a desk`, deskTable(it)]),
    ...(built.length > 0
      ? [`Writing the site took ${built.map((it) => `${digits(it.seconds)} s for ${whole(it.rows)} facts`).join(", ")}.`]
      : []),
  ];
}

function manySection({ rows, seen, opened, filter, search, built }) {
  const read = ({ requests, bytes: n }) => `${bytes(n)} in ${requests} requests`;
  return [
    `## ${whole(rows)} facts`,
    `On the phone's line, this page alone, once. Writing the site took ${digits(built.seconds)} s. A second after the page
was ready, the server had sent ${bytes(opened.withWorker)}, with what the worker for offline reading had asked for.`,
    table(
      ["", "read by the page", "ms"],
      [
        ["until it is ready, and a second more", read(opened), digits(seen.ready)],
        ["first press of a facet", read(filter), digits(filter.time)],
        ["first search", read(search), digits(search.time)],
      ],
    ),
  ];
}

/** What the parts are called. */
const PARTS = { engines: "engines", pages: "pages", million: "1 000 000 facts" };

/** When, with what, and how to do it again. */
function head({ machine: now, quick, parts }) {
  const how = (id) => (id === "million" ? ", by `make bench ARGS=\"--only million\"`," : "");
  const when = Object.entries(parts).map(
    ([id, { date, seconds }]) => `${PARTS[id]}${how(id)} on ${date} in ${Math.ceil(seconds / 60)} minutes`,
  );
  // What another machine, browser or version gave says so.
  const same = (it) => JSON.stringify(it) === JSON.stringify(now);
  const elsewhere = Object.entries(parts).filter(([, it]) => it.machine && !same(it.machine));
  return `# Results

Measured by \`make bench\`${quick ? ` with \`ARGS=--quick\`` : ""}: ${when.join("; ")}. [README.md](README.md) tells how and what
the words mean. Times are milliseconds: the median and, in brackets, what 95 of 100 stay below; of opening
the least and the most.
"Of ours" is how many times as long as this project's, round by round: the middle, and in brackets
the least and the most. Differences under 20 % are noise.

${[withWhat(now), ...elsewhere.map(([id, it]) => `With another, ${PARTS[id]}:\n\n${withWhat(it.machine)}`)].join("\n\n")}`;
}

const withWhat = (it) => `- Machine: ${it.cpu}, ${it.cores} cores, ${bytes(it.memory)} of memory
- Browser: ${it.browser}, headless; driven from Node ${it.node}
- Compared with: ${it.versions.join(", ")}`;

const NOTES = `¹ Orama counts among the facts shown: the other values of a facet with a choice get too few, so that
its counts are checked against that rule and not against the one for "or". ² Its own rule, which
can't be compared; the facts found are not checked. The facts found by all others are exactly those
of the oracle.`;

/** Everything, as Markdown. */
export function report(results) {
  const { engines, pages, million } = results.parts;
  const measured = engines?.result ?? [];
  const losses = [...measured.flatMap(lost), ...(pages ? lostPages(pages.result) : [])];
  // Without this project there is nothing that another could be better than.
  const hasOurs = [...measured, ...(pages ? [pages.result.home] : [])].some((it) => it.results.ours);
  const none = hasOurs ? "Nowhere, in what was measured here." : "This project wasn't measured beside others here.";
  const parts = [
    head(results),
    "## Where another is faster or lighter",
    losses.length > 0 ? losses.join("\n") : none,
    ...(measured.length > 0 ? ["## Engines", ...measured.map(engineSection), NOTES] : []),
    ...(pages ? pagesSection(pages.result) : []),
    ...(million ? manySection(million.result) : []),
  ];
  return `${parts.join("\n\n")}\n`;
}
