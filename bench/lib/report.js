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

/** What is compared, as pairs of a name and, by engine, its rounds. */
function* compared({ rows, results, kinds }) {
  const of = (pick) =>
    Object.fromEntries(Object.entries(results).map(([id, it]) => [id, pick(it)]).filter((it) => it[1]?.length > 0));
  yield [`${whole(rows)} rows, opening`, of((it) => [...it.load, ...it.build].map((time) => [time]))];
  yield [`${whole(rows)} rows, counts, selections`, of((it) => it.ask.selections)];
  yield [`${whole(rows)} rows, counts, step by step`, of((it) => it.ask.steps)];
  for (const kind of kinds) yield [`${whole(rows)} rows, search, ${kind}`, of((it) => it.find.beginnings?.[kind] ?? it.find.own?.[kind])];
}

/** Where another was faster than ours, in words. */
function lost(runs, nameOf) {
  const lines = [];
  for (const run of runs) {
    for (const [what, by] of compared(run)) {
      if (!by.ours) continue;
      const own = median(by.ours.flat());
      const better = Object.entries(by)
        .filter(([id, it]) => id !== "ours" && median(it.flat()) < own)
        .map(([id, it]) => `${nameOf(run, id)} ${digits(median(it.flat()))} ms`);
      if (better.length > 0) lines.push(`- ${what}: ${better.join(", ")} against ${digits(own)} ms`);
    }
  }
  return lines;
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
  const name = ({ it, way }) => it.about.name + { beginnings: "", whole: ", whole words", own: " ²" }[way];
  const ours = results.ours?.find.beginnings ?? {};
  const note = ({ it, way }, kind) => (it.about.ways[way][kind] === "own" && way !== "own" ? " ²" : "");
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
    const build = it.build.length > 0 ? `${digits(median(it.build))} (${digits(Math.min(...it.build))}–${digits(Math.max(...it.build))})` : "–";
    const load = it.load.length > 0 ? digits(median(it.load)) : it.notSaved ? "fails" : "–";
    const { script, buffers, wasm } = it.memory;
    const share = it.saved ? `${digits((100 * it.saved.brotli) / data.brotli)} %` : "–";
    return [it.about.name, id === "ours" ? "–" : build, id === "ours" ? build : load, ...sizes(it.saved), share, bytes(script + buffers + wasm)];
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

const ofLoads = (loads, field) => loads.map((it) => it[field]);

/** What a load gives, in milliseconds. */
const FELT = [["paint", "first paint"], ["ready", "ready"], ["inp", "INP"]];

/** What is compared of pages on a phone and on a desk, as pairs of a name and, by page, its values. */
function* comparedPages({ home, phone, desk }) {
  const of = (results, pick) =>
    Object.fromEntries(Object.entries(results).map(([id, it]) => [id, pick(it)]).filter((it) => it[1].length > 0));
  for (const [field, words] of FELT) {
    yield [`${HOME} facts on a phone, ${words}`, of(home.results, (it) => ofLoads(it.loads, field))];
  }
  for (const [field, words] of FELT.slice(0, 2)) {
    yield [`300 facts on a phone, ${words}`, of(phone.results, (it) => ofLoads(it.loads, field))];
  }
  for (const { rows, results, where } of [{ ...phone, where: " on a phone" }, ...desk]) {
    const what = `${whole(rows)} facts${where ?? ""}`;
    yield [`${what}, press to paint`, of(results, (it) => it.presses.flat())];
    yield [`${what}, keystroke to paint`, of(results, (it) => it.keys.flat())];
  }
}

/** Where another page was quicker, beyond what is noise. */
function lostPages(pages) {
  const lines = [];
  for (const [what, by] of comparedPages(pages)) {
    if (!by.ours) continue;
    const own = median(by.ours);
    const better = Object.entries(by)
      .filter(([id, it]) => id !== "ours" && median(it) < own)
      .map(([id, it]) => `${PAGES[id].name} ${digits(median(it))} ms`);
    if (better.length > 0) lines.push(`- ${what}: ${better.join(", ")} against ${digits(own)} ms`);
  }
  for (const { rows, results } of [pages.home, pages.phone]) {
    const sizes = Object.entries(results).map(([id, it]) => [id, middle(it.loads, "bytes")]);
    const own = sizes.find((it) => it[0] === "ours")?.[1];
    const lighter = sizes.filter((it) => it[1] < own).map(([id, it]) => `${PAGES[id].name} ${bytes(it)}`);
    if (lighter.length > 0) lines.push(`- ${rows} facts, on the wire: ${lighter.join(", ")} against ${bytes(own)}`);
  }
  return lines;
}

/** The middle, least and most, and how many times as long as ours. */
const times = (values, own) => `${spread(values)}${own?.length > 0 ? `, ${factor(median(values) / median(own))}` : ""}`;

function homeTable({ results }) {
  const ours = results.ours;
  const rows = Object.entries(results).map(([id, it]) => [
    PAGES[id].name,
    bytes(middle(it.loads, "bytes")),
    ...FELT.map(([field]) => times(ofLoads(it.loads, field), ours && ofLoads(ours.loads, field))),
    middle(it.loads, "shift").toFixed(3),
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
    middle(it.loads, "shift").toFixed(3),
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
this project's page. About 33 ms, two frames, is the floor of this method for a press or a keystroke.`,
    `### This project's own page on a phone`,
    `The ${HOME} jurisdictions with all that is known of them, beside pages of ${HOME} of the facts that
everything else here is measured with, which say less: a card has four short texts.`,
    homeTable(home),
    // What was kept of an earlier version may lack it.
    ...(home.floor
      ? [`A page of one word, without style or script, was painted after ${spread(home.floor)} ms in the same rounds.`]
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
    `On the phone's line, this page alone. Writing the site took ${digits(built.seconds)} s. When the page was ready,
the server had sent ${bytes(opened.withWorker)}, with what the worker for offline reading had asked for.`,
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
function head({ machine: it, quick, parts }) {
  const when = Object.entries(parts).map(([id, { date, seconds }]) => `${PARTS[id]} on ${date} in ${Math.ceil(seconds / 60)} minutes`);
  return `# Results

Measured by \`make bench\`${quick ? ` with \`ARGS=--quick\`` : ""}: ${when.join(", ")}. [README.md](README.md) tells how and what
the words mean. Times are milliseconds: the median and, in brackets, what 95 of 100 stay below.
"Of ours" is how many times as long as this project's, round by round: the middle, and in brackets
the least and the most. Differences under 20 % are noise.

- Machine: ${it.cpu}, ${it.cores} cores, ${bytes(it.memory)} of memory
- Browser: ${it.browser}, headless; driven from Node ${it.node}
- Compared with: ${it.versions.join(", ")}
- To repeat it: \`make bench\``;
}

const NOTES = `¹ Orama counts among the facts shown: the other values of a facet with a choice get too few, so that
its counts are checked against that rule and not against the one for "or". ² Its own rule, which
can't be compared; the facts found are not checked. The facts found by all others are exactly those
of the oracle.`;

/** Everything, as Markdown. */
export function report(results) {
  const { engines, pages, million } = results.parts;
  const measured = engines?.result ?? [];
  const nameOf = (run, id) => run.results[id].about.name;
  const losses = [...lost(measured, nameOf), ...(pages ? lostPages(pages.result) : [])];
  const parts = [
    head(results),
    "## Where another is faster or lighter",
    losses.length > 0 ? losses.join("\n") : "Nowhere, in what was measured here.",
    ...(measured.length > 0 ? ["## Engines", ...measured.map(engineSection), NOTES] : []),
    ...(pages ? pagesSection(pages.result) : []),
    ...(million ? manySection(million.result) : []),
  ];
  return `${parts.join("\n\n")}\n`;
}
