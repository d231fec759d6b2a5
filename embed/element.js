/*! Fact Explorer, as an element of other pages. MIT License. */
// Defines <fact-explorer>: the compact form (embed.html) in a shadow root, live, without a frame.
//
//   <fact-explorer src="https://example.org/facts/" theme="dark" cards="4">
//     <a href="https://example.org/facts/">The facts</a>
//   </fact-explorer>
//   <script type="module" src="https://example.org/facts/element.js"></script>
//
// Its attributes are embed.html's settings. What stands in it is shown until the page is there, and
// for good where this script isn't run. Where the host page's policy, or the browser, refuses
// WebAssembly or a file, the frame takes its place. It leaves the host page's address, history,
// storage and cookies alone, and its scroll and focus until a reader acts in it.

// Attributes with a meaning of their own. What an element has as a property isn't always one: `children`, say, may
// well be a facet.
const NO_SETTING =
  /^(src|loading|class|tabindex|title|lang|dir|hidden|id|slot|style|part|role|on(?!ly$)[a-z]+|(data|aria)-.*)$/;

// What a host page can style as `::part(…)`, by what it is here.
const PARTS = {
  title: ".embed__head h1",
  standfirst: ".masthead__standfirst",
  findings: ".finding-bar",
  search: ".search",
  "as-of": ".as-of",
  filters: ".filters",
  views: ".views",
  count: ".result-bar__count",
  card: ".card",
  badge: ".badge",
  name: ".card h3",
  place: ".card__place",
  sentence: ".card__sentence",
  facts: ".card__facts",
  history: ".card__details",
  button: ".press",
  foot: ".embed__foot",
};

// Starts what comes near the screen.
const near = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting || target.shadowRoot) continue;
      near.unobserve(target);
      start(target);
    }
  },
  { rootMargin: "50%" },
);

class FactExplorer extends HTMLElement {
  // Moved to another place in the page, it stays as it is.
  connectedCallback() {
    if (this.shadowRoot) return;
    if (this.getAttribute("loading") === "eager") start(this);
    else near.observe(this);
  }
  disconnectedCallback() {
    near.unobserve(this);
  }
}

async function start(host) {
  const root = host.attachShadow({ mode: "open" });
  root.append(document.createElement("slot"));
  const src = host.getAttribute("src");
  const address = src ? new URL(src, document.baseURI) : new URL(import.meta.url);
  // A folder may be named without its slash.
  if (src && !/(\/|\.html)$/.test(address.pathname)) address.pathname += "/";
  const site = new URL(".", address);
  const query = [...host.attributes]
    .filter(({ name }) => !NO_SETTING.test(name))
    .map(({ name, value }) => `${name}=${encodeURIComponent(value)}`)
    .join("&");
  try {
    const files = await load(site);
    await show(host, root, site, query, files);
    // The module says so where it can't have the dataset.
    new MutationObserver(() => frame(host, root, site, query)).observe(host, {
      attributeFilter: ["data-failed"],
    });
    await run(root, files);
  } catch (reason) {
    console.warn(`Fact Explorer: shown in a frame: ${reason}`);
    frame(host, root, site, query);
  }
}

const loaded = new Map();

// The files of a site, which its elements share. The WebAssembly comes last, and isn't waited for.
function load(site) {
  if (!loaded.has(site.href)) {
    const all = files(site);
    loaded.set(site.href, all);
    // What failed once may come later.
    all.then((it) => it.module).catch(() => loaded.delete(site.href));
  }
  return loaded.get(site.href);
}

async function files(site) {
  // An empty module; a policy that refuses WebAssembly says so here.
  new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
  const get = async (path, integrity) => {
    const response = await fetch(new URL(path, site), { integrity });
    if (!response.ok) throw Error(path);
    return response;
  };
  const text = await (await get("embed.html")).text();
  const html = new DOMParser().parseFromString(text, "text/html");
  const { script, style, wasm, wasmIntegrity, styleIntegrity } = html.getElementById("explorer").dataset;
  const module = get(wasm, wasmIntegrity)
    .then((it) => it.arrayBuffer())
    .then((it) => WebAssembly.compile(it));
  module.catch(() => {});
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(await (await get(style, styleIntegrity)).text());
  return { html, sheet, module, script: new URL(script, site) };
}

// Puts the page in place of what stood in the element. All at once, so that nothing is painted
// half done.
async function show(host, root, site, query, { html, sheet }) {
  // Whoever is at a link in it now isn't torn away.
  if (host.contains(document.activeElement)) {
    await new Promise((go) => host.addEventListener("focusout", go, { once: true }));
  }
  // A section, since the host page has a main part of its own.
  const page = document.createElement("section");
  page.className = "page";
  page.append(...document.importNode(html.body, true).childNodes);
  const main = page.querySelector("#explorer");
  page.lang = main.lang;
  page.dir = main.dir || "ltr";
  page.ariaLabel = main.ariaLabel;
  const explorer = document.createElement("div");
  explorer.id = "explorer";
  explorer.tabIndex = -1;
  Object.assign(explorer.dataset, main.dataset);
  explorer.append(...main.childNodes);
  main.replaceWith(explorer);
  explorer.dataset.base = site.href;
  explorer.dataset.query = query;
  for (const it of ["more", "pack", "later"]) {
    const path = explorer.dataset[it];
    if (path) explorer.dataset[it] = new URL(path, site).href;
  }
  host.dataset.hide = main.dataset.hide;
  host.dataset.scripts = "";

  // What a reader chose as medium text is the measure here, not what the host page makes of it.
  const [slot] = root.children;
  slot.style.font = "medium sans-serif";
  const measure = new CSSStyleSheet();
  // Out of the page for a moment, it has no size.
  measure.replaceSync(`:host{--medium:${getComputedStyle(slot).fontSize || "16px"}}`);
  root.adoptedStyleSheets = [sheet, measure];
  slot.replaceWith(page);
  applySettings(query, host, root);
  const adapt = () => {
    // Paths are from the site, and every way out is to a new tab.
    for (const link of root.querySelectorAll("a[href]:not([href^='#'],[target]),a[href^='./']")) {
      const href = link.getAttribute("href");
      if (href.startsWith("./")) link.href = new URL(href, site);
      link.target = "_blank";
    }
    for (const [part, selector] of Object.entries(PARTS)) {
      for (const it of root.querySelectorAll(`${selector}:not([part])`)) it.part = part;
    }
  };
  adapt();
  new MutationObserver(adapt).observe(root, {
    attributeFilter: ["href"],
    childList: true,
    subtree: true,
  });

  // A place within the element is no place of the host page: pressed, such a link never gets there,
  // and in a new tab it is the whole page's.
  for (const kind of ["click", "auxclick"]) {
    root.addEventListener(kind, (event) => {
      const link = event.target.closest("a[href^='#']");
      if (!link) return;
      if (kind === "click" && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
        event.preventDefault();
        return;
      }
      const place = link.getAttribute("href");
      link.href = root.querySelector("[data-full]").href.split("#")[0] + place;
      requestAnimationFrame(() => link.setAttribute("href", place));
    });
  }
  // An open sheet that the focus leaves would cover the host page.
  host.addEventListener("focusout", ({ relatedTarget }) => {
    if (!relatedTarget) return;
    for (const it of root.querySelectorAll(":popover-open")) it.hidePopover();
  });
}

// One after the other: the module looks for its root, by this one name, when it starts.
let turn = Promise.resolve();
let n = 0;

function run(root, { module, script }) {
  const own = turn.then(async () => {
    // Another address is another instance.
    script.hash = ++n;
    const { default: init } = await import(script);
    const wasm = await module;
    // What a page with an explorer of its own began to fetch was for that one, which has read it.
    delete globalThis.factExplorerPack;
    delete globalThis.factExplorerLater;
    globalThis.factExplorerRoot = root;
    try {
      await init({ module_or_path: wasm });
    } finally {
      delete globalThis.factExplorerRoot;
    }
  });
  turn = own.catch(() => {});
  return own;
}

// The compact form in a frame, as high as what it replaces, and anew where its width changes. Once a
// reader acts in it, or where its end is below the screen, it is as high as it says.
function frame(host, root, site, query) {
  const frame = document.createElement("iframe");
  const height = (it) => (frame.style.blockSize = `${it}px`);
  frame.src = new URL(`embed.html?${query}`, site);
  frame.title = host.title || host.ariaLabel || host.textContent.trim() || site.host;
  frame.allow = "clipboard-write; web-share";
  frame.style.cssText = "border:0;display:block;inline-size:100%";
  const reserve = () => height(Math.max(host.getBoundingClientRect().height, 320));
  let width;
  reserve();
  host.dataset.framed = "";
  addEventListener("message", ({ data, origin, source }) => {
    if (source !== frame.contentWindow || origin !== site.origin) return;
    if (data?.type !== "fact-explorer:height" || !(data.height > 0 && data.height < 1e5)) return;
    const { acted, by } = data;
    if (!acted && width !== frame.offsetWidth) {
      width = frame.offsetWidth;
      height(0);
      reserve();
    }
    const { bottom, top } = frame.getBoundingClientRect();
    const unseen = Math.min(bottom, bottom - frame.offsetHeight + data.height) >= innerHeight;
    if (acted || unseen) height(data.height);
    // What the reader pressed stays where it is on the screen.
    if (!acted || !(Math.abs(by) < 1e5)) return;
    // As in embed.js: the nearest box that scrolls does, then what that one stands in.
    for (let it = host; it; it = it.assignedSlot || it.parentNode || it.host) {
      if (it.nodeType !== 1) continue;
      const { overflowY, position } = getComputedStyle(it);
      if (it === document.scrollingElement || /auto|scroll/.test(overflowY)) {
        it.scrollBy({ top: frame.getBoundingClientRect().top - top + by, behavior: "instant" });
      }
      if (position === "fixed") return;
    }
  });
  // Where not even a frame is allowed, what stood in the element comes back.
  document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
    if (effectiveDirective === "frame-src" && blockedURI.startsWith(site.origin)) {
      root.replaceChildren(document.createElement("slot"));
    }
  });
  root.replaceChildren(frame);
  width = frame.offsetWidth;
}

if (!customElements.get("fact-explorer")) customElements.define("fact-explorer", FactExplorer);
