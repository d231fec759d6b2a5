// Settings of an embed, drawn at random, against what must hold whatever they are: a list of what doesn't.
// `draw` is what bad_days.rs draws with, `n` how many times.
(draw, n) => {
  const { next, pick, text } = draw;
  const PARTS = [
    "title", "standfirst", "findings", "search", "as-of", "filters", "sort", "views", "take",
    "facts", "history", "compare",
  ];
  const KEYS = [
    "theme", "accent", "show", "cards", "only", "finding", "kind", "as-of", "view", "sort", "open", "compare",
    "q", "event", "childId", "__proto__", "constructor", "toString", "", "%", '"]', "x,*{}", "a b", "é",
  ];
  const hex = () => Array.from({ length: pick([3, 6, 6, 6, 4, 8]) }, () => pick([..."0123456789abcdefABCDEF"])).join("");
  const values = {
    // A setting may be called as what every object has.
    __proto__: null,
    theme: () => pick(["light", "dark", "auto", "Dark", "", text()]),
    accent: () => pick(["", "#"]) + pick([hex, hex, hex, text])(),
    show: () => Array.from({ length: next(6) }, () => pick([pick(PARTS), pick(PARTS), text()])).join(","),
    cards: () => pick([`${next(12)}`, `0${next(9)}`, `-${next(9)}`, "all", "1e3", "99999", "4.5", " 3", text()]),
  };
  const ids = ["warned", "cleared", "city", "chicago-il", "california", "table", "name", "2017-11-15", "latest"];
  const some = () =>
    pick([
      text,
      () => pick(ids),
      () => [pick(ids), pick(ids), text()].join(","),
      () => 'x"],*{display:none}',
      () => "</style><b>",
      () => "a".repeat(next(3000)),
    ])();

  // What a rule may do.
  const DOES = new RegExp(
    "^(--accent: ?rgb\\([\\d., ]+\\);?|display: (none|grid);|visibility: hidden;|contain: size; overflow: hidden;|" +
      'content: "Loading…"; position: absolute; visibility: visible;)$',
  );
  const styles = (rules) => [...rules].flatMap((it) => (it instanceof CSSMediaRule ? styles(it.cssRules) : [it]));
  const channel = (it) => (it / 255 <= 0.04045 ? it / 255 / 12.92 : ((it / 255 + 0.055) / 1.055) ** 2.4);
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const contrast = (a, b) => {
    const [low, high] = [light(a), light(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };
  const PAPERS = [[251, 249, 244], [24, 23, 21]];

  const faults = [];
  const warn = console.warn;
  const page = document.body.cloneNode(true);
  for (let at = 0; at < n; at++) {
    const keys = Array.from({ length: 1 + next(5) }, () => pick([...Object.keys(values), ...KEYS]));
    const pairs = keys.map((key) => [key, (values[key] ?? some)().toWellFormed()]);
    const query = pick([
      () => new URLSearchParams(pairs).toString(),
      () => pairs.map((it) => it.map(encodeURIComponent).join("=")).join("&"),
      () => pairs.map((it) => it.join("=")).join("&"),
    ])();
    const read = new URLSearchParams(query);
    const says = (what) => faults.push(`${query.slice(0, 300)}: ${what}`);
    const told = [];
    console.warn = (it) => told.push(String(it));
    const inShadow = at % 2 === 1;
    let host = document.documentElement;
    let root = document;
    const before = { hide: host.getAttribute("data-hide"), theme: host.getAttribute("data-theme"), sheets: [...document.adoptedStyleSheets] };
    if (inShadow) {
      host = document.createElement("div");
      root = host.attachShadow({ mode: "open" });
      root.append(page.cloneNode(true));
      host.setAttribute("data-hide", before.hide);
    }
    const n_sheets = root.adoptedStyleSheets.length;
    try {
      applySettings(query, host, root);
    } catch (error) {
      says(`throws ${error}`);
    }
    console.warn = warn;

    // Each of its own settings is taken or told, never both.
    const isTold = (key) => told.some((it) => it.includes(`the setting “${key}=`));
    const check = (key, isTaken) => {
      if (read.get(key) === null) return;
      if (isTold(key) === isTaken) says(`${key} is ${isTaken ? "taken, and told" : "neither taken nor told"}`);
    };
    const theme = read.get("theme");
    check("theme", ["light", "dark", "auto"].includes(theme));
    const set = host.getAttribute("data-theme");
    if (set !== (["light", "dark"].includes(theme) ? theme : inShadow ? null : before.theme)) says(`the theme is ${set}`);
    const colour = (read.get("accent") ?? "").replace(/^#/, "");
    const isColour = [3, 6].includes(colour.length) && CSS.supports("color", `#${colour}`);
    check("accent", isColour);
    const cards = read.get("cards");
    check("cards", cards === "all" || (String(Number(cards)) === cards && Number.isInteger(+cards) && +cards > 0 && +cards < 1e4));
    const hidden = host.getAttribute("data-hide");
    const wanted = read.get("show")?.split(",");
    if (hidden !== (wanted ? PARTS.filter((it) => !wanted.includes(it)).join(" ") : before.hide)) says(`hidden are ${hidden}`);
    check("show", wanted?.every((it) => it === "" || PARTS.includes(it)));

    // One stylesheet more, and nothing in it but what settings do.
    const sheets = root.adoptedStyleSheets;
    if (sheets.length !== n_sheets + 1) says(`${sheets.length - n_sheets} stylesheets`);
    const rules = sheets.length > n_sheets ? styles(sheets.at(-1).cssRules) : [];
    for (const it of rules) if (!DOES.test(it.style?.cssText ?? "")) says(`a rule is ${it.cssText}`);
    const accents = rules.map((it) => it.style?.getPropertyValue("--accent")).filter(Boolean);
    if (accents.length !== (isColour ? 4 : 0)) says(`${accents.length} accents`);
    accents.forEach((it, at) => {
      const ratio = contrast(it.match(/[\d.]+/g).map(Number), PAPERS[at % 2]);
      if (ratio < 4.5) says(`${it} stands out by ${ratio}`);
    });
    if (!inShadow) {
      document.adoptedStyleSheets = before.sheets;
      host.setAttribute("data-hide", before.hide);
      if (before.theme === null) host.removeAttribute("data-theme");
    }
  }
  // The button for more cards is the last settings'.
  applySettings("", document.documentElement, document);
  return faults.slice(0, 5);
};
