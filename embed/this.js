// "Embed this": a dialog to choose an embed's settings in, see it at three widths, and copy its code.
// Loaded when a reader asks for it. The heights in the code are measured from the preview itself, in
// the browser that it is made in.

// Its rules come with it (style/embed-this.css).
const sheet = new CSSStyleSheet();
sheet.replaceSync(STYLE);
document.adoptedStyleSheets.push(sheet);

// Widths that are measured, in CSS pixels: from a column on the narrowest phone to the widest one.
const WIDTHS = Array.from({ length: 241 }, (_, it) => 240 + 4 * it);

// How much higher than what it shows a frame may be, so that the code stays short. Two heights that
// differ by more are a step, where something is laid out otherwise.
const SPARE = 40;
const isStep = ([, h0], [, h1]) => Math.abs(h0 - h1) > SPARE;

// The height of a frame as a CSS value that goes by its container's width, from heights measured at
// widths: pairs of width and height, in order of width. It is at least as high as at the next measured
// width on either side, and up to SPARE more; beyond the ends it stays. Between two widths that are
// a pixel apart it goes up or down a step, and is high for as much of that pixel as it can.
export function heightRule(measured) {
  const runs = [[]];
  for (const [at, point] of measured.entries()) {
    const last = measured[at - 1];
    if (last && point[0] - last[0] === 1 && isStep(last, point)) runs.push([]);
    runs.at(-1).push(point);
  }
  const bends = [];
  for (const run of runs) {
    const own = bendsOf(run);
    const [before, [width, height]] = [bends.at(-1), own[0]];
    if (before?.[1] > height) bends.push([Number((width - 0.1).toFixed(1)), before[1]]);
    else if (before) bends.push([Number((before[0] + 0.1).toFixed(1)), height]);
    bends.push(...own);
  }
  let rest = bends[0][1] + 1;
  let rule = "";
  for (let at = 1; at < bends.length; at++) {
    const [[w0, h0], [w1, h1]] = [bends[at - 1], bends[at]];
    const slope = Number(((h1 - h0) / (w1 - w0)).toFixed(3));
    if (slope === 0) continue;
    rest -= slope * w0;
    rule += ` + clamp(${w0}px,100cqi,${w1}px)*${slope}`;
  }
  return `calc(${Math.ceil(rest)}px${rule})`;
}

// The few points between which lines do for all of a run without steps.
function bendsOf(run) {
  const points = run.map(([width], at) => [
    width,
    Math.max(...run.slice(Math.max(at - 1, 0), at + 2).map((it) => it[1])),
  ]);
  const bends = [points[0]];
  for (let from = 0; from < points.length - 1; ) {
    // The farthest point to which a line stays on or above all between, and near them.
    let to = from + 1;
    for (let next = from + 2; next < points.length; next++) {
      const [[w0, h0], [w1, h1]] = [points[from], points[next]];
      const fits = points.slice(from + 1, next).every(([w, h]) => {
        const line = h0 + ((h1 - h0) * (w - w0)) / (w1 - w0);
        return line >= h && line <= h + SPARE;
      });
      if (fits) to = next;
    }
    bends.push(points[to]);
    from = to;
  }
  return bends;
}

const escape = (text) =>
  text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

// The code: a frame, a frame with the script that lets it follow its height, or the element. One line.
export function embedCode({ kind, site, query, page, title, points }) {
  const address = `${site}embed.html${query && "?"}${query}`;
  const most = Math.max(...points.map((it) => it[1]));
  // For editors that take styles away: as high as in a column of text.
  const middle = points.find((it) => it[0] === 640)[1];
  const height = heightRule(points);
  if (kind === "element") {
    const attributes = [...new URLSearchParams(query)].map(([key, it]) => ` ${key}="${escape(it)}"`);
    // It stands in the same boxes as a frame.
    const [boxes] = CODE.split("<iframe");
    return (
      `${boxes}<fact-explorer src="${escape(site)}"${attributes.join("")} ` +
      `style="display:block;min-height:${most}px;min-height:${height}"><a href="${escape(page)}">` +
      `${escape(title)}</a></fact-explorer></div></div>` +
      `<script type="module" src="${escape(site)}element.js"></script>`
    );
  }
  const frame = CODE.trim().replace(/\{(\w+)\}/g, (_, name) =>
    escape(String({ address, title, most, middle, height, page }[name])),
  );
  return kind === "script" ? `${frame}<script async src="${escape(site)}embed.js"></script>` : frame;
}

const PARTS = [
  ["title", "%part-title%"], ["standfirst", "%part-standfirst%"], ["findings", "%findings%"], ["search", "%search%"],
  ["as-of", "%as-of%"], ["filters", "%filters%"], ["sort", "%sort-by%"], ["views", "%view%"],
  ["facts", "%part-facts%"], ["history", "%history%"], ["compare", "%compare%"], ["take", "%take-along%"],
];
const SHOWN = ["title", "findings", "search", "history"];
// Of one subject there is nothing to search or to choose from.
const SHOWN_OF_ONE = ["title", "history"];

// An element with attributes and children.
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

const group = (legend, ...fields) =>
  make("fieldset", {}, make("legend", {}, legend), ...fields.flat());

const choice = (type, name, value, label, checked) =>
  make("label", {}, make("input", { type, name, value, checked, autocomplete: "off" }), label);

// Sets an attribute. One may begin with a digit, as facets may: in markup it always could, and a method takes it in
// newer browsers alone.
function set(element, name, value) {
  if (/^\d/.test(name)) {
    const parsed = make("template");
    parsed.innerHTML = `<i ${name}="${escape(value)}"></i>`;
    const [attribute] = parsed.content.firstChild.attributes;
    element.setAttributeNode(attribute.cloneNode());
  } else element.setAttribute(name, value);
}

// What the page shows now that an embed can have, too.
function pageNow() {
  const chosen = new URLSearchParams(location.hash.slice(1));
  const facets = [...document.querySelectorAll("[data-facet]")].map((it) => it.dataset.facet);
  const narrowed = facets.filter((it) => chosen.has(it));
  const words = narrowed.map((facet) => {
    const set = document.querySelector(`[data-facet="${facet}"]`);
    const values = [...set.querySelectorAll(":checked")].map(
      (it) => it.closest("label").querySelector(".choice__label").textContent,
    );
    return values.join(", ");
  });
  if (chosen.get("q")) words.push("%quoted%".replace("{text}", () => chosen.get("q")));
  const subject = chosen.get("open");
  // A dataset may be without days, and without findings.
  const asOf = document.querySelector("[name=as-of]");
  // On the record's latest day, where that has a name, the embed follows the record.
  const snapshots = document.querySelectorAll(".as-of__snapshots [data-day]");
  const lacks = { "as-of": !asOf, findings: !document.querySelector(".finding-bar") };
  return {
    site: new URL(".", document.baseURI),
    chosen,
    narrowed,
    narrowedTo: words.join("%semicolon%"),
    subject,
    name: subject && document.getElementById(subject)?.textContent,
    asOf,
    latest: [...snapshots].findLast((it) => it.dataset.day === asOf.max)?.value,
    parts: PARTS.filter(([id]) => !lacks[id]),
    usual: SHOWN.filter((id) => !lacks[id]).join(),
  };
}

// The fields for what an embed of the page can be like.
function formOf({ narrowedTo, name, asOf, parts }) {
  const what = [
    choice("radio", "what", "all", "%everything%", !narrowedTo && !name),
    ...(narrowedTo
      ? [choice("radio", "what", "chosen", "%chosen-now%".replace("{what}", () => narrowedTo), !name)]
      : []),
    ...(name ? [choice("radio", "what", "one", "%only%".replace("{name}", () => name), true)] : []),
  ];
  const view = make("select", { name: "view", autocomplete: "off" });
  for (const it of document.querySelectorAll("[type=radio][name=view]")) {
    view.append(make("option", { value: it.value, selected: it.checked }, it.nextSibling.textContent));
  }
  const day = asOf
    ? [make("label", {}, "%as-of% ", make("input", {
        type: "date", name: "as-of", min: asOf.min, max: asOf.max, value: asOf.value,
        required: true, autocomplete: "off",
      }))]
    : [];
  const shown = name ? SHOWN_OF_ONE : SHOWN;
  return make(
    "form",
    { class: "embed-this__form", method: "dialog" },
    group("%what-it-shows%", what),
    group(
      "%how%",
      make("label", {}, "%view% ", view),
      ...day,
      make(
        "label",
        {},
        "%cards-before% ",
        make("input", {
          type: "number", name: "cards", min: 1, max: 999, value: 4, required: true, autocomplete: "off",
        }),
      ),
    ),
    group(
      "%theme%",
      choice("radio", "theme", "auto", "%theme-auto%", true),
      choice("radio", "theme", "light", "%theme-light%"),
      choice("radio", "theme", "dark", "%theme-dark%"),
      choice("checkbox", "own", "on", "%own-accent%"),
      make("input", {
        type: "color", name: "accent", value: "#0d5c66", "aria-label": "%accent%", autocomplete: "off",
      }),
    ),
    group("%parts%", parts.map(([id, label]) => choice("checkbox", "show", id, label, shown.includes(id)))),
    group(
      "%code%",
      choice("radio", "kind", "frame", "%kind-frame%", true),
      choice("radio", "kind", "script", "%kind-script%"),
      choice("radio", "kind", "element", "%kind-element%"),
    ),
  );
}

// The settings as a query; what is as by default isn't said.
function queryOf({ chosen, narrowed, subject, asOf, latest, usual }, form) {
  const has = new FormData(form);
  const named = (day) => (latest && day === asOf.max ? latest : day);
  const settings = new URLSearchParams();
  const take = (...keys) => {
    for (const it of keys) if (chosen.has(it)) settings.set(it, chosen.get(it));
  };
  if (has.get("what") === "one") settings.set("only", subject);
  if (has.get("what") === "chosen") take(...narrowed, "q");
  if (has.get("what") !== "one") take("compare");
  const day = has.get("as-of");
  if (day && day !== asOf.defaultValue) settings.set("as-of", named(day));
  // Of one subject alone the latest would be shown, where it has no finding on the default day.
  else if (asOf && has.get("what") === "one") settings.set("as-of", named(day || asOf.value));
  take("sort", "event");
  if (has.get("view") !== "cards") settings.set("view", has.get("view"));
  if (has.get("theme") !== "auto") settings.set("theme", has.get("theme"));
  if (has.get("own")) settings.set("accent", has.get("accent").slice(1));
  const shown = has.getAll("show");
  if (shown.join() !== usual) settings.set("show", shown.join());
  if (form.elements.cards.validity.valid && has.get("cards") !== "4") settings.set("cards", has.get("cards"));
  // Neither a comma nor a colon need be written otherwise in a query.
  return settings.toString().replace(/%2C/g, ",");
}

// The embed's name: what it shows of the whole, too.
function titleOf({ name, narrowedTo }, form) {
  const whole = document.querySelector("h1").textContent;
  const part = { one: name, chosen: narrowedTo }[new FormData(form).get("what")];
  return part ? `${part} · ${whole}` : whole;
}

let dialog;

// Opens the dialog for what the page shows now. `opener` is the button that was pressed.
export function open(opener) {
  dialog?.remove();
  const page = pageNow();
  const form = formOf(page);
  const code = make("textarea", {
    class: "embed-this__code", readonly: true, rows: 5, spellcheck: "false", "aria-label": "%embed-code%",
  });
  const status = make("p", { role: "status" });
  const copy = make("button", { type: "button", class: "press", disabled: true }, "%copy-code%");
  const close = make("button", { type: "button", class: "press" }, "%done%");
  const stage = make("div", {
    class: "embed-this__stage", role: "region", "aria-label": "%preview%", tabindex: 0,
  });
  const widths = group(
    "%preview-at%",
    [320, 600, 900].map((it) => choice("radio", "width", it, "%pixels%".replace("{n}", it), it === 320)),
  );
  dialog = make(
    "dialog",
    { class: "embed-this", "aria-labelledby": "embed-this" },
    make("div", { class: "embed-this__head" }, make("h2", { id: "embed-this" }, "%embed-this%"), close),
    form,
    make("div", { class: "embed-this__result" }, code, make("div", {}, copy, status), widths, stage),
  );
  document.body.append(dialog);

  // Puts the embed on the stage, and writes its code once it is measured.
  let turn = 0;
  let preview, selection;
  const show = async () => {
    const own = ++turn;
    const asked = queryOf(page, form);
    const called = titleOf(page, form);
    status.textContent = "%measuring%";
    copy.disabled = true;
    // Each element has a program of its own, which a browser keeps for as long as the page is open: one
    // that is to look otherwise is the same one.
    const before = selection;
    selection = new URLSearchParams(asked);
    for (const it of LOOK) selection.delete(it);
    selection = selection.toString();
    if (selection === before && preview.hasAttribute("data-ready")) restyle(preview, asked);
    else {
      preview = make("fact-explorer", { src: page.site.href, loading: "eager" });
      for (const [key, value] of new URLSearchParams(asked)) set(preview, key, value);
      // What a reader did in it would be measured with it.
      for (const it of ["click", "input"]) preview.addEventListener(it, () => (selection = undefined));
      stage.replaceChildren(preview);
    }
    size();
    const points = await measure(preview);
    if (own !== turn) return;
    if (!points) {
      write = () => {};
      code.value = "";
      status.textContent = "%no-preview%";
      return;
    }
    write = () =>
      (code.value = embedCode({
        kind: form.elements.kind.value,
        site: page.site.href,
        query: asked,
        page: page.site.href + fragment(asked),
        title: called,
        points,
      }));
    write();
    copy.disabled = false;
    status.textContent = "%measured%";
    tellOfElement();
  };
  // A host page reads the element's files itself, which their own host may not let it.
  const tellOfElement = async () => {
    if (form.elements.kind.value !== "element") return;
    // Of what a browser keeps for reading offline nothing has a query.
    const answer = await fetch(`${page.site}element.js?headers`).catch(() => {});
    if (!answer || answer.headers.has("access-control-allow-origin")) return;
    if (form.elements.kind.value === "element") status.textContent = "%element-refused%";
  };
  let write = () => {};
  const size = () => {
    const width = widths.querySelector(":checked").value;
    if (preview) preview.style.cssText = `display:block;inline-size:${width}px`;
  };
  // Whether the reader chose parts: until then they are those that fit what is shown.
  let areChosen = false;
  form.addEventListener("change", ({ target }) => {
    // The browser says what is wrong with a number or a day.
    target.reportValidity();
    if (target.name === "show") areChosen = true;
    if (target.name === "what" && !areChosen) {
      const usual = target.value === "one" ? SHOWN_OF_ONE : SHOWN;
      for (const it of form.querySelectorAll("[name=show]")) it.checked = usual.includes(it.value);
    }
    if (target.name !== "kind") return void show();
    write();
    if (code.value) status.textContent = "%measured%";
    tellOfElement();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  widths.addEventListener("change", size);
  // WebKit sets what is selected after it has told of the focus.
  code.addEventListener("focus", () => requestAnimationFrame(() => code.select()));
  copy.addEventListener("click", async () => {
    status.textContent = "";
    const copied = navigator.clipboard?.writeText(code.value);
    status.textContent = await (copied ?? Promise.reject()).then(
      () => "%copied%",
      () => (code.focus(), "%copy-by-hand%"),
    );
  });
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    dialog.remove();
    opener.focus();
  });
  dialog.showModal();
  import("./element.js").then(show, () => (status.textContent = "%no-preview%"));
}

// The settings that are only how it looks.
const LOOK = ["theme", "accent", "show", "cards"];

// Gives an element that is live another look, with the settings' own script (embed/settings.js).
function restyle(element, query) {
  const root = element.shadowRoot;
  // Its rules come after the element's own and those for its measure.
  const sheets = root.adoptedStyleSheets;
  const old = styled.get(element) ?? sheets[2];
  root.adoptedStyleSheets = sheets.filter((it) => it !== old);
  element.removeAttribute("data-theme");
  element.removeAttribute("data-all");
  element.dataset.hide = root.getElementById("explorer").dataset.hide;
  // Without what the last settings do when it is pressed.
  const button = root.querySelector(".embed__all");
  button.replaceWith(button.cloneNode(true));
  applySettings(query, element, root);
  styled.set(element, root.adoptedStyleSheets.at(-1));
}
const styled = new WeakMap();

// What of the settings is the selection's, for the link to the whole page.
function fragment(query) {
  const settings = new URLSearchParams(query);
  const only = settings.get("only");
  for (const it of [...LOOK, "only"]) settings.delete(it);
  if (only) settings.set("open", only);
  return (settings.size ? "#" : "") + settings.toString().replace(/%2C/g, ",");
}

// The heights of an element at WIDTHS, once it shows what it is to show; none where a frame took its
// place, since what is in that can't be measured.
export async function measure(element) {
  await new Promise((resolve) => {
    const look = () => {
      const root = element.shadowRoot;
      const waits = [...(root?.querySelectorAll(".other") ?? [])].some((it) => it.textContent === "%loading%");
      const done = (element.hasAttribute("data-ready") && !waits) || element.hasAttribute("data-framed");
      if (done || !element.isConnected) resolve();
      else requestAnimationFrame(look);
    };
    look();
  });
  if (element.hasAttribute("data-framed")) return;
  const before = element.style.inlineSize;
  const measured = (width) => {
    element.style.inlineSize = `${width}px`;
    return [width, Math.ceil(element.getBoundingClientRect().height)];
  };
  const points = [];
  for (const width of WIDTHS) {
    const next = measured(width);
    let from = points.at(-1);
    if (from && isStep(from, next)) {
      // Where the step is, to a pixel.
      let to = next;
      while (to[0] - from[0] > 1) {
        const between = measured(Math.floor((from[0] + to[0]) / 2));
        if (Math.abs(between[1] - from[1]) < Math.abs(between[1] - to[1])) from = between;
        else to = between;
      }
      if (from !== points.at(-1)) points.push(from);
      if (to !== next) points.push(to);
    }
    points.push(next);
  }
  element.style.inlineSize = before;
  return points;
}
