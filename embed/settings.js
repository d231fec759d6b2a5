// What an embed's settings change in how it looks: theme, accent, parts, and how many cards stand
// before "Show all". What they change in what it shows is the WebAssembly's (src/query/lock.rs).
//
// `query` is the address's query without its `?`; `host` is the element that carries the attributes
// which style/embed.css goes by: <html> in a frame, or the <fact-explorer> itself; `root` is the
// document or the element's shadow root. A setting that can't be understood is left out, and the
// console says so.
function applySettings(query, host, root) {
  "use strict";
  const settings = new URLSearchParams(query);
  const rules = [];
  // Paper has all cards, in its own colours.
  const onScreen = [];
  const inShadow = host.shadowRoot === root;
  // But a frame is printed as high as it is on the screen, and what is beyond its end isn't.
  const printed = inShadow || parent === window ? onScreen : rules;
  // A selector for the host with this condition.
  const at = (condition) =>
    inShadow ? (condition ? `:host(${condition})` : ":host") : `:root${condition}`;
  const PARTS = [
    "title", "standfirst", "findings", "search", "as-of", "filters", "sort", "views", "take",
    "facts", "history", "compare",
  ];
  // How it looks; and what hosts add to a frame's address for themselves.
  const LOOK = [
    "theme", "accent", "show", "cards", "initialWidth", "childId", "parentTitle", "parentUrl",
  ];
  // What changes none of the cards, or what a style can do.
  const SHOWN = ["finding", "only", "event", "open", "compare", ...LOOK];
  const ignored = (key, why) =>
    console.warn(`Fact Explorer: the setting “${key}=${settings.get(key)}” is left out: ${why}`);

  const theme = settings.get("theme");
  if (theme === "light" || theme === "dark") host.setAttribute("data-theme", theme);
  else if (theme !== null && theme !== "auto") ignored("theme", "it is light, dark or auto.");

  // An accent is made darker or lighter until text in it can be read: 4.5:1 on the paper.
  const accent = settings.get("accent");
  const digits = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(accent || "");
  if (digits) {
    const hex = digits[1].length === 3 ? digits[1].replace(/./g, "$&$&") : digits[1];
    const colour = [0, 2, 4].map((it) => parseInt(hex.slice(it, it + 2), 16));
    const light = `--accent:${legible(colour, [251, 249, 244], 0)}`;
    const dark = `--accent:${legible(colour, [24, 23, 21], 255)}`;
    onScreen.push(
      `${at("")}{${light}}`,
      `@media (prefers-color-scheme:dark){${at("")}{${dark}}}`,
      `${at("[data-theme=light]")}{${light}}`,
      `${at("[data-theme=dark]")}{${dark}}`,
    );
  } else if (accent !== null) ignored("accent", "it is a colour of three or six hexadecimal digits.");

  const show = settings.get("show");
  if (show !== null) {
    const parts = show.split(",").filter(Boolean);
    const unknown = parts.filter((it) => !PARTS.includes(it));
    if (unknown.length) ignored("show", `the parts are ${PARTS.join(", ")}; not ${unknown.join(", ")}.`);
    host.setAttribute("data-hide", PARTS.filter((it) => !parts.includes(it)).join(" "));
  }

  // Until the page is live: cards that are locked out by what a style can tell.
  const before = at(":not([data-ready])");
  const pending = at(":not([data-ready],[data-failed])");
  const list = (key) => (settings.get(key) || "").split(",").filter((it) => /^[a-z0-9-]+$/.test(it));
  // What is locked in, as a selector.
  let locked = "";
  for (const [key, attribute] of [["finding", "data-finding"], ["only", "data-subject"]]) {
    const named = list(key).map((it) => `[${attribute}="${it}"]`);
    if (!named.length) continue;
    locked += `:is(${named})`;
    rules.push(
      // Where there is none of that name, the setting is left out.
      `${before} .cards:has(${named})>.card:not(${named}){display:none}`,
      `${before} .result-bar__count{visibility:hidden}`,
      // Or they are further down a long list.
      `${pending} .cards:not(:has(${named})){visibility:hidden}`,
    );
    if (key === "only") rules.push(`${before} .card:is(${named}){display:grid}`);
  }
  // What a style can't tell, nobody sees until the page is live, or can't be. An element is as high
  // meanwhile as its host page has reserved.
  if ([...settings.keys()].some((it) => !SHOWN.includes(it))) {
    rules.push(
      `${pending} :is(.finding-bar,.results,.embed__all){visibility:hidden}`,
      `${pending} .results::before{content:"%loading%";position:absolute;visibility:visible}`,
    );
    if (inShadow && parseFloat(getComputedStyle(host).minBlockSize) > 0) {
      rules.push(`${at(":not([data-ready],[data-framed])")}{contain:size;overflow:hidden}`);
    }
  }
  let most = 4;
  const cards = settings.get("cards");
  if (cards === "all") most = Infinity;
  else if (/^[1-9]\d{0,3}$/.test(cards || "")) most = Number(cards);
  else if (cards !== null) ignored("cards", "it is a number from 1 on, or all.");
  const seen = ":not([hidden])";
  if (most < Infinity) {
    const limited = (state, counted) => {
      // A long list has its cards in blocks. One that a reader was led to is seen wherever it is.
      const beyond = `:is(.cards>.card:nth-child(n+${most + 1} of ${counted}),.long>.cards~*)`;
      printed.push(`${at(`:not([data-all])${state}`)} ${beyond}:not(:has([open])){display:none}`);
    };
    limited("[data-ready]", seen);
    // Findings chosen before a page is live hide cards by style alone, and those can't be counted.
    const unchosen = inShadow ? "" : ":not(:has([data-facet=finding] :checked))";
    limited(`:not([data-ready])${unchosen}`, locked || seen);
  }

  for (const key of settings.keys()) {
    const named = list(key).map((it) => `[value="${it}"]`);
    if (!named.length || !/^[a-z0-9-]+$/.test(key)) continue;
    rules.push(`[data-facet="${key}"]:has(${named}){display:none}`);
  }
  const sheet = new CSSStyleSheet();
  sheet.replaceSync([...rules, `@media screen{${onScreen.join("\n")}}`].join("\n"));
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];

  const start = () => {
    check();
    limit();
  };
  if (root === document && document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", start);
  } else start();

  // Tells what of the selection's settings this dataset doesn't have.
  function check() {
    const has = (selector) => root.querySelector(selector) !== null;
    // Of a long list the page has only the beginning, and of a large facet only what was looked for.
    const subject = (it) => has(`.long,[data-subject="${CSS.escape(it)}"]`);
    const known = {
      // A setting may be called as what every object has.
      __proto__: null,
      only: subject,
      open: subject,
      compare: subject,
      "as-of": (it) => has(`.as-of [value="${CSS.escape(it)}"]`) || /^\d{4}-\d\d-\d\d$/.test(it),
      view: (it) => has(`[name=view][value="${CSS.escape(it)}"]`),
      sort: (it) => has(`[name=sort] [value="${CSS.escape(it.replace(/^-/, ""))}"]`),
    };
    for (const [key, value] of settings) {
      if (LOOK.includes(key)) continue;
      const facet = `[data-facet="${CSS.escape(key)}"]`;
      const offered = (it) => has(`${facet} :is([value="${CSS.escape(it)}"],.facet__find)`);
      const fits = known[key] || (has(facet) && offered);
      if (fits) {
        const unknown = value.split(",").filter((it) => !fits(it));
        if (unknown.length) ignored(key, `there is no ${unknown.join(", ")}.`);
      } else if (key !== "q" && key !== "event") ignored(key, "there is no such setting.");
    }
  }

  // The button that shows the cards beyond the first few, and hides them again.
  function limit() {
    const button = root.querySelector(".embed__all");
    const cards = root.querySelector(".long") || root.querySelector(".cards");
    if (!button || !cards || most === Infinity) return;
    const say = () => {
      const count = (those) => cards.querySelectorAll(`.card${those}`).length;
      const n = (!host.hasAttribute("data-ready") && locked && count(locked)) || count(seen);
      const all = host.hasAttribute("data-all");
      button.hidden = n <= most || cards.hidden;
      // A frame has no more of a longer list.
      const words = all || n === 300 ? "%show-first-n%" : "%show-all-n%";
      button.textContent = words.replace("{n}", all ? most : n);
      button.setAttribute("aria-expanded", String(all));
    };
    button.addEventListener("click", () => {
      host.toggleAttribute("data-all");
      say();
    });
    new MutationObserver(say).observe(cards, {
      attributes: true, attributeFilter: ["hidden"], childList: true, subtree: true,
    });
    say();
  }

  // The colour, mixed with black (0) or white (255) until it stands out 4.5:1 from a paper.
  function legible(colour, paper, towards) {
    const light = (rgb) =>
      rgb
        .map((it) => it / 255)
        .map((it) => (it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4))
        .reduce((sum, it, at) => sum + it * [0.2126, 0.7152, 0.0722][at], 0);
    const ratio = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    let mixed = colour;
    for (let share = 0; share <= 1; share += 0.02) {
      mixed = colour.map((it) => Math.round(it + (towards - it) * share));
      if (ratio(light(mixed), light(paper)) >= 4.5) break;
    }
    return `rgb(${mixed})`;
  }
}
