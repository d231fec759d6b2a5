// Everything of bench/, one after the other: `make bench` calls it.

import { execFile } from "node:child_process";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { Browser } from "./lib/browser.js";
import { weigh } from "./lib/compress.js";
import { writeFolder, writeJson } from "./lib/dataset.js";
import { ENGINES, measure } from "./lib/engines.js";
import { FACETS, VERSION, valuesOf } from "./lib/facts.js";
import { BAKED, measureDesk, measureHome, measureMany, measurePhone, PAGES } from "./lib/pages.js";
import { machine, report } from "./lib/report.js";
import { card } from "./pages/common.js";
import { Server } from "./lib/server.js";

const run = promisify(execFile);
const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const made = join(root, "target", "bench");

const { values: options } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    only: { type: "string", default: "engines,pages" },
    rows: { type: "string" },
    engines: { type: "string", default: ENGINES.join(",") },
    pages: { type: "string", default: Object.keys(PAGES).join(",") },
    help: { type: "boolean", default: false },
  },
});
if (options.help) {
  console.log(`make bench ARGS="…", where … is any of
  --quick              fewer rounds, at most 10 000 rows: about two minutes; RESULTS.md stays as it is, and
                       so does what is kept for it
  --only engines,pages what to run; million opens a dataset of 1 000 000 rows. What isn't run stays in
                       RESULTS.md as it was last measured here, with its day and its machine
  --rows 1000,10000    with how many rows
  --engines ours,scan  which engines
  --pages ours,preact  which pages`);
  process.exit(0);
}

/** What is named in an option; a name that nothing has is refused. */
function named(option, known) {
  const names = options[option].split(",");
  const unknown = names.filter((it) => !known.includes(it));
  if (unknown.length > 0) {
    console.error(`--${option}: ${unknown.join(", ")} isn't known; known: ${known.join(", ")}`);
    process.exit(2);
  }
  return names;
}

const began = Date.now();
const say = (words) => console.log(`${String(Math.round((Date.now() - began) / 1000)).padStart(4)} s  ${words}`);
const only = named("only", ["engines", "pages", "million"]);
const sizes = (options.rows ?? (options.quick ? "1000,10000" : "1000,10000,100000")).split(",").map(Number);
const engines = named("engines", ENGINES);
const pages = named("pages", Object.keys(PAGES));

/** Runs a tool of this machine; its output is shown if it fails. */
async function tool(command, ...given) {
  try {
    return (await run(command, given, { cwd: root, maxBuffer: 1e8 })).stdout;
  } catch (problem) {
    throw new Error(`${command} ${given.join(" ")}\n${problem.stderr ?? problem.message}`);
  }
}

/** Bundles scripts as their authors would: minified modules. */
function bundle(to, scripts, ...more) {
  const esbuild = join(process.env.BENCH_PACKAGES, ".bin", "esbuild");
  return tool(
    "env", `NODE_PATH=${process.env.BENCH_PACKAGES}`, esbuild, ...scripts, "--bundle", "--minify", "--format=esm",
    "--target=es2022", "--define:process.env.NODE_ENV=\"production\"", `--outdir=${to}`, "--log-level=error", ...more,
  );
}

/** The command for authors, and the one that packs for the engine alone. */
const cargo = ["run", "--quiet", "--locked", "--profile", "command", "--features", "site"];

/** Facts as each contender wants them, made once for each version of them. */
async function data(rows) {
  const folder = join(made, "data", `${rows}`);
  const mark = join(folder, "version");
  if ((await readFile(mark, "utf8").catch(() => "")) !== `${VERSION}`) {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    // Nobody else is asked to open a million.
    if (rows < 1_000_000) await writeJson(join(folder, "facts.json"), rows);
    await writeFolder(join(folder, "dataset"), rows);
    await writeFile(mark, `${VERSION}`);
  }
  return folder;
}

async function runEngines(browser) {
  await bundle(join(made, "engines"), ["bench/engines/main.js"], "--splitting", "--external:/engine/*");
  await cp(join(here, "engines", "index.html"), join(made, "engines", "index.html"));
  const server = await Server.start(
    [["/engines/", join(made, "engines")], ["/engine/", join(made, "engine")], ["/data/", join(made, "data")]],
    (path, body) => weigh(body, Number(path.split("/")[2])),
  );
  const all = [];
  for (const rows of sizes) {
    say(`${rows} rows: making them`);
    const folder = await data(rows);
    // The pack follows the code, which changes more often than the facts.
    if (engines.includes("ours")) await tool("cargo", ...cargo, "--example", "bench-pack", join(folder, "dataset"), join(folder, "facts.pack"));
    all.push(
      await measure(browser, server, rows, {
        quick: options.quick,
        engines,
        folder: join(made, "data"),
        say: (words) => say(`${rows} rows: ${words}`),
      }),
    );
  }
  await server.close();
  return all;
}

/** This project's site of so many facts, by the command for authors. */
async function site(rows) {
  const folder = await data(rows);
  const to = join(made, "sites", `${rows}`);
  const began = Date.now();
  await tool(join(root, "target", "release", "fact-explorer"), "build", join(folder, "dataset"), "-o", to);
  return { rows, seconds: (Date.now() - began) / 1000 };
}

const served = () =>
  Server.start([
    ["/pages/", join(made, "pages")],
    ["/sites/", join(made, "sites")],
    ["/data/", join(made, "data")],
    ["/home/", join(root, "dist")],
  ]);

async function runPages(browser) {
  const others = pages.filter((it) => it !== "ours");
  const scripts = others.map((it) => `bench/pages/${it}/main.${it === "preact" ? "jsx" : "js"}`);
  const more = ["--outbase=bench/pages", "--jsx=transform", "--jsx-factory=h", "--loader:.png=dataurl"];
  if (scripts.length > 0) await bundle(join(made, "pages"), scripts, ...more);
  for (const it of ["style.css", "floor.html"]) await cp(join(here, "pages", it), join(made, "pages", it));
  const many = [Math.max(...sizes)].filter((it) => it > 1000);
  for (const rows of [...BAKED, ...many]) {
    const text = await readFile(join(await data(rows), "facts.json"), "utf8");
    const cards = BAKED.includes(rows) ? JSON.parse(text).map(inPage).join("\n") : "";
    for (const it of others) {
      const html = await readFile(join(here, "pages", it, "index.html"), "utf8");
      // Who has the cards in the page already doesn't read their JSON.
      const wantsJson = cards === "" || !html.includes("<!--cards-->");
      const preload = wantsJson ? `<link rel="preload" href="/data/${rows}/facts.json" as="fetch" crossorigin>` : "";
      const page = html.replace("<!--preload-->", preload).replace("<!--cards-->", cards);
      await writeFile(join(made, "pages", it, `${rows}.html`), page);
    }
  }
  const built = [];
  const build = async (rows) => {
    say(`${rows} rows: building the site`);
    if (pages.includes("ours")) built.push(await site(rows));
    else await data(rows);
  };
  await build(300);
  const server = await served();
  const shared = { pages, folder: join(made, "data"), say };
  const home = await measureHome(browser, server, { ...shared, rounds: options.quick ? 2 : 5 });
  const phone = await measurePhone(browser, server, { ...shared, rounds: options.quick ? 2 : 5 });
  const desk = [];
  for (const rows of many) {
    await build(rows);
    const rounds = options.quick ? 1 : 3;
    desk.push(await measureDesk(browser, server, rows, { ...shared, rounds, limit: 60_000 }));
  }
  await server.close();
  return { home, phone, desk, built };
}

/** A card as it stands in a page that has them all from the beginning. */
const inPage = (fact) => {
  const values = FACETS.map((it) => `data-${it.id}="${valuesOf(fact, it.id).join(";")}"`);
  return card(fact).replace("<article>", `<article ${values.join(" ")}>`);
};

async function runMany(browser) {
  const rows = 1_000_000;
  say(`${rows} rows: building the site`);
  const built = await site(rows);
  const server = await served();
  const many = await measureMany(browser, server, rows, { say });
  await server.close();
  return { ...many, built };
}

const browser = await Browser.start();
const kept = join(made, "results.json");
const now = { machine: await machine(browser, root, process.env.BENCH_PACKAGES), quick: options.quick };
/** What is measured in part, or quickly, isn't the record, and leaves that as it is. */
const isRecord =
  !options.quick && !options.rows && options.engines === ENGINES.join(",") && options.pages === Object.keys(PAGES).join(",");
/** What isn't run is as it was last measured, with what that was measured with. */
const last = isRecord ? JSON.parse(await readFile(kept, "utf8").catch(() => "{}")) : {};
const before = last.quick ? [] : Object.entries(last.parts ?? {});
const results = { ...now, parts: Object.fromEntries(before.map(([id, it]) => [id, { machine: last.machine, ...it }])) };
/** Measures a part, and keeps it, whatever comes after. */
async function part(name, measured) {
  if (!only.includes(name)) return;
  const from = Date.now();
  const result = await measured(browser);
  const date = new Date().toISOString().slice(0, 10);
  results.parts[name] = { result, date, seconds: (Date.now() - from) / 1000, machine: now.machine };
  if (isRecord) await writeFile(kept, JSON.stringify(results));
}
try {
  await part("engines", runEngines);
  await part("pages", runPages);
  await part("million", runMany);
} finally {
  await browser.close();
}
const text = report(results);
console.log(`\n${text}`);
if (isRecord && results.parts.engines && results.parts.pages) await writeFile(join(here, "RESULTS.md"), text);
