// Whole pages side by side: what a reader waits for.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { median } from "./figures.js";
import { FACETS, valueId } from "./facts.js";
import { counts, finder } from "./oracle.js";
import { random } from "./random.js";
import { inTurn, searches } from "./questions.js";

/** How many facts the page that this project publishes has: its jurisdictions. */
export const HOME = 40;

/** The numbers of facts that a page has from the beginning, where it wants that; with more, they come
 * as JSON. Each page of each number asks for that number's JSON beforehand, if it reads it. */
export const BAKED = [HOME, 300];

const other = (id) => (rows) => `/pages/${id}/${rows}.html?rows=${rows}`;

/** The pages: their addresses, and whether their search is for words from their beginning, as the
 * oracle's is. */
export const PAGES = {
  ours: { name: "this page", at: (rows) => (rows === HOME ? "/home/index.html" : `/sites/${rows}/index.html`), words: true },
  listjs: { name: "list.js", at: other("listjs") },
  datatables: { name: "DataTables", at: other("datatables") },
  preact: { name: "Preact + MiniSearch", at: other("preact"), words: true },
  instantsearch: { name: "InstantSearch.js, local client", at: other("instantsearch"), words: true },
};

/** A page of one word and four fields, without style or script, which calls itself ready: nothing is painted
 * sooner, or answers a hand sooner. */
const FLOOR = { at: () => "/pages/floor.html" };

/** A phone on a slow line: 390 by 800 at 2, 150 ms, 1.6 Mbit/s, a processor of a quarter. */
async function phone(tab) {
  await tab.send("Emulation.setDeviceMetricsOverride", { width: 390, height: 800, deviceScaleFactor: 2, mobile: true });
  await tab.send("Network.setCacheDisabled", { cacheDisabled: true });
  // What it would fetch isn't slowed, nor counted.
  await tab.send("Network.setBypassServiceWorker", { bypass: true });
  await tab.send("Network.emulateNetworkConditions", {
    offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 0.75e6 / 8,
  });
  await tab.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await tab.send("Emulation.setTouchEmulationEnabled", { enabled: true });
}

const desk = (tab) =>
  tab.send("Emulation.setDeviceMetricsOverride", { width: 1200, height: 900, deviceScaleFactor: 1, mobile: false });

/** Runs in the page before its own scripts: notes what is painted, what moves, and when it is ready. */
function watch() {
  const seen = { shift: 0, interactions: {} };
  globalThis.seen = seen;
  const note = (type, take) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  note("paint", (it) => {
    if (it.name === "first-contentful-paint") seen.paint = it.startTime;
  });
  note("layout-shift", (it) => {
    if (!it.hadRecentInput) seen.shift += it.value;
  });
  // Several events make one interaction, which takes as long as the longest of them. The browser tells
  // of those from 16 ms on, in steps of 8.
  new PerformanceObserver((list) => {
    for (const it of list.getEntries()) {
      if (it.interactionId) seen.interactions[it.interactionId] = Math.max(it.duration, seen.interactions[it.interactionId] ?? 0);
    }
  }).observe({ type: "event", durationThreshold: 16, buffered: true });
  const observer = new MutationObserver(() => {
    if (seen.ready === undefined && document.documentElement?.hasAttribute("data-ready")) {
      seen.ready = performance.now();
      observer.disconnect();
    }
  });
  observer.observe(document, { attributes: true, childList: true, subtree: true, attributeFilter: ["data-ready"] });
}

/**
 * Runs in the page: does one thing, and gives the time until it is painted, which is when the second
 * frame has begun, or the one after the last change of what the page says it shows, whichever is later.
 * It waits a quarter of a second for more, and for as long as the page says that it loads something.
 */
function act(action, facet, values, text) {
  const status = document.querySelector("[role=status]");
  const began = performance.now();
  if (action === "press") {
    const set = document.querySelector(`fieldset[data-facet="${facet}"]`);
    values.map((it) => set.querySelector(`input[type=checkbox][value="${it}"]`)).find(Boolean).click();
  } else {
    const field = document.querySelector("input[type=search]");
    const key = { key: text.slice(-1), bubbles: true };
    field.focus();
    field.dispatchEvent(new KeyboardEvent("keydown", key));
    field.value = text;
    field.dispatchEvent(new InputEvent("input", { data: key.key, inputType: "insertText", bubbles: true }));
    field.dispatchEvent(new KeyboardEvent("keyup", key));
  }
  return new Promise((resolve) => {
    let said = status.textContent;
    let frames = 0;
    let changed = 0;
    let painted;
    const frame = () => {
      frames += 1;
      const now = performance.now();
      if (status.textContent !== said) {
        said = status.textContent;
        changed = frames;
        painted = undefined;
      }
      if (painted === undefined && frames >= Math.max(2, changed + 1)) painted = now;
      if (painted !== undefined && now - painted > 250 && !said.endsWith("…")) {
        resolve({ time: painted - began, n: Number.parseInt(said.replaceAll(/[^0-9]*([0-9][0-9,\u202f\u00a0]*)?.*/gs, "$1").replaceAll(/[^0-9]/g, ""), 10) });
      } else requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}

/** Presses check boxes one after the other, and types a word; compares what is shown at the end. */
async function use(tab, { words }, facts, found, round) {
  const next = random(round);
  const presses = [];
  const selection = {};
  const wrong = [];
  for (const facet of ["region", "topic", "topic"]) {
    const { values } = FACETS.find((it) => it.id === facet);
    const open = values.slice(0, 4).filter((it) => !selection[facet]?.includes(it));
    const value = open[Math.floor(next() * open.length)];
    selection[facet] = [...(selection[facet] ?? []), value];
    const { time, n } = await tab.run(act, "press", facet, [valueId(value), value]);
    presses.push(time);
    const right = counts(facts, selection).n;
    if (n !== right) wrong.push(`${JSON.stringify(selection)}: ${right} facts, ${n} are shown`);
  }
  for (const [facet, values] of Object.entries(selection)) {
    for (const value of values) presses.push((await tab.run(act, "press", facet, [valueId(value), value])).time);
  }
  const keys = [];
  const text = searches(facts).word[round % 8].text.slice(0, 6);
  for (let end = 1; end <= text.length; end += 1) {
    const { time, n } = await tab.run(act, "type", "", [], text.slice(0, end));
    keys.push(time);
    const right = words ? found.beginnings(text.slice(0, end)).length : n;
    if (n !== right) wrong.push(`“${text.slice(0, end)}”: ${right} facts have it, ${n} are shown`);
  }
  return { presses, keys, wrong };
}

/** Whether a path is of a dataset with another number of facts. */
const isOfOthers = (path, rows) => {
  const of = /^\/(?:data|sites)\/(\d+)\//.exec(path);
  return of !== null && Number(of[1]) !== rows;
};

async function visit(browser, server, page, rows, profile, limit) {
  const tab = await browser.open();
  await profile(tab);
  await tab.send("Page.addScriptToEvaluateOnNewDocument", { source: `(${watch})()` });
  const wire = { requests: 0, bytes: 0 };
  tab.on(({ method, params }) => {
    if (method === "Network.loadingFinished") {
      wire.requests += 1;
      wire.bytes += params.encodedDataLength;
    }
  });
  const before = server.log.length;
  await tab.go(server.origin + page.at(rows));
  const isReady = await tab.ready(limit);
  // What moves right after, moves for the reader too.
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const foreign = server.log.slice(before).map((it) => it.path).filter((it) => isOfOthers(it, rows));
  if (foreign.length > 0) throw new Error(`${page.at(rows)} fetched what isn't of ${rows} facts: ${foreign.join(", ")}`);
  const seen = isReady ? await tab.run(() => globalThis.seen) : undefined;
  return { tab, wire, seen: seen && { ...seen, ...wire } };
}

/** Loads each page in turn with 300 facts on a phone, and uses it. */
export async function measurePhone(browser, server, { rounds, pages, folder, say }) {
  const facts = JSON.parse(await readFile(join(folder, "300", "facts.json"), "utf8"));
  const found = finder(facts);
  const results = Object.fromEntries(pages.map((it) => [it, { loads: [], presses: [], keys: [] }]));
  for (let round = 0; round < rounds; round += 1) {
    say(`pages on a phone, round ${round + 1} of ${rounds}`);
    for (const id of inTurn(pages, round)) {
      const { tab, seen } = await visit(browser, server, PAGES[id], 300, phone, 60_000);
      if (!seen) throw new Error(`${id}: not ready in a minute`);
      results[id].loads.push(seen);
      const { presses, keys, wrong } = await use(tab, PAGES[id], facts, found, round);
      if (wrong.length > 0) throw new Error(`${PAGES[id].name}, 300 rows:\n${wrong.join("\n")}`);
      results[id].presses.push(presses);
      results[id].keys.push(keys);
      await tab.close();
    }
  }
  return { rows: 300, results };
}

/** Runs in the page: the middle of what fits a selector, on the screen. */
function middleOf(selector) {
  const element = document.querySelector(selector);
  (element.closest("label") ?? element).scrollIntoView({ block: "center", behavior: "instant" });
  const { x, y, width, height } = element.getBoundingClientRect();
  return { x: x + width / 2, y: y + height / 2 };
}

/** Runs in the page: ends once two frames have been painted, and what they brought. */
const settled = () =>
  new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 100)));
  });

/** What the status says, once something was done. */
const status = () => document.querySelector("[role=status]").textContent;

/**
 * Uses a page as a hand does, by taps and keys that the browser takes for a reader's: boxes of the
 * first facet, then a word, after each of which a page that `answers` has to say something else. Gives INP: the
 * longest time from an interaction to the next paint, as that is with fewer than fifty of them. The browser tells of
 * none below 16 ms.
 */
async function touch(tab, word, answers = true) {
  const tap = async (selector) => {
    const at = await tab.run(middleOf, selector);
    // No finger comes in the frame in which a page is scrolled.
    await tab.run(settled);
    await tab.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [at] });
    await tab.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    await tab.run(settled);
  };
  const isSheet = await tab.run(() => document.querySelector("[popover] fieldset[data-facet]") !== null);
  if (isSheet) await tap("button[popovertarget=filters]");
  const box = await tab.run(() => {
    const set = document.querySelector("fieldset[data-facet] input[type=checkbox]").closest("fieldset");
    return [...set.querySelectorAll("input[type=checkbox]")].slice(0, 3).map((it) => `fieldset[data-facet="${set.dataset.facet}"] input[value="${it.value}"]`);
  });
  const before = await tab.run(status);
  for (const it of box) await tap(it);
  const isSame = async () => answers && (await tab.run(status)) === before;
  if (await isSame()) throw new Error("three boxes were tapped, and nothing changed");
  for (const it of box) await tap(it);
  if (isSheet) await tap("button[popovertargetaction=hide]");
  await tap("input[type=search]");
  for (const key of word) {
    await tab.send("Input.dispatchKeyEvent", { type: "keyDown", key, text: key });
    await tab.send("Input.dispatchKeyEvent", { type: "keyUp", key });
    await tab.run(settled);
  }
  if (await isSame()) throw new Error("a word was typed, and nothing changed");
  return Math.max(16, ...Object.values(await tab.run(() => globalThis.seen.interactions)));
}

/** What a reader feels of the page that this project publishes, beside others with as many facts, on a
 * phone: loads each in turn, then uses it by hand. `floor` has what [`FLOOR`] took. */
export async function measureHome(browser, server, { rounds, pages, folder, say }) {
  const facts = JSON.parse(await readFile(join(folder, `${HOME}`, "facts.json"), "utf8"));
  const results = Object.fromEntries(pages.map((it) => [it, { loads: [] }]));
  const floor = [];
  const loadFloor = async () => {
    const { tab, seen } = await visit(browser, server, FLOOR, HOME, phone, 60_000);
    const inp = await touch(tab, "police", false);
    await tab.close();
    return { ...seen, inp };
  };
  // A browser's first tab is its slowest, and is nobody's.
  await loadFloor();
  for (let round = 0; round < rounds; round += 1) {
    say(`the page itself on a phone, round ${round + 1} of ${rounds}`);
    for (const id of inTurn(["floor", ...pages], round)) {
      if (id === "floor") {
        floor.push(await loadFloor());
        continue;
      }
      const { tab, seen } = await visit(browser, server, PAGES[id], HOME, phone, 60_000);
      if (!seen) throw new Error(`${id}: not ready in a minute`);
      const word = id === "ours" ? "police" : facts[round % facts.length].title.split(" ")[0];
      const inp = await touch(tab, word);
      results[id].loads.push({ ...seen, inp });
      await tab.close();
    }
  }
  return { rows: HOME, results, floor };
}

/** Opens each page with many facts on a desk, and uses it. A page that isn't ready in time is left. */
export async function measureDesk(browser, server, rows, { rounds, pages, folder, limit, say }) {
  const facts = JSON.parse(await readFile(join(folder, `${rows}`, "facts.json"), "utf8"));
  const found = finder(facts);
  const results = {};
  for (const id of pages) {
    say(`${rows} rows: ${PAGES[id].name}`);
    const { tab, seen } = await visit(browser, server, PAGES[id], rows, desk, limit);
    results[id] = { loads: seen ? [seen] : [], presses: [], keys: [], limit };
    for (let round = 0; seen && round < rounds; round += 1) {
      const { presses, keys, wrong } = await use(tab, PAGES[id], facts, found, round);
      if (wrong.length > 0) throw new Error(`${PAGES[id].name}, ${rows} rows:\n${wrong.join("\n")}`);
      results[id].presses.push(presses);
      results[id].keys.push(keys);
      await tab.run(act, "type", "", [], "");
    }
    await tab.close();
  }
  return { rows, results };
}

/**
 * Opens a dataset of many rows on a phone's line and tells what the page had read by when; and what
 * its worker had, which fetches the site's own files for reading offline.
 */
export async function measureMany(browser, server, rows, { say }) {
  say(`${rows} rows: opening`);
  const { tab, wire, seen } = await visit(browser, server, PAGES.ours, rows, phone, 120_000);
  if (!seen) throw new Error(`${rows} rows: not ready in two minutes`);
  const sent = () => server.log.reduce((sum, it) => sum + it.bytes, 0);
  /** What was read has a weight; if not, it came from where the browser doesn't count it. */
  const weighed = (read) => {
    if (read.requests > 0 && read.bytes === 0) throw new Error(`${rows} rows: ${read.requests} requests that weigh nothing`);
    return read;
  };
  const opened = { ...weighed({ ...wire }), withWorker: sent() };
  /** Does something, and gives its time and what it read within two seconds. */
  const doing = async (...given) => {
    const before = { ...wire };
    const { time } = await tab.run(act, ...given);
    await new Promise((resolve) => setTimeout(resolve, 2000));
    return weighed({ time, requests: wire.requests - before.requests, bytes: wire.bytes - before.bytes });
  };
  const filter = await doing("press", "region", ["qregion-2"]);
  const search = await doing("type", "", [], "lair");
  await tab.close();
  return { rows, seen, opened, filter, search };
}

/** The middle of what loads gave. */
export const middle = (loads, field) => median(loads.map((it) => it[field]));
