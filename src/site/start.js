// Starts the program in the explorer's page. A classic script, since a browser loads those from a file's own folder
// too; there the module can't be loaded, and the page says so and stays as it is.
//
// engine.rs puts it in a block, since it shares the page's names with every other classic script, after
// `trusted.js` and the names of the files that belong together: GLUE and WASM, WASM_INTEGRITY, DIALOG.
//
// It says that it has begun (watch.js), and runs as soon as it is there; what it starts waits for the whole page: on a
// slow line the WASM is on its way while the rest of the page still arrives and is read. It doesn't wait for
// other scripts, as `DOMContentLoaded` does, which may never arrive.
globalThis.factExplorerBegun = true;
const { pack: own, later, integrity, long, style, frame } = document.currentScript.dataset;
const html = document.documentElement;
const element = (name, has) => Object.assign(document.createElement(name), has);
// What the head has asked for, WebKit gives only to who asks for it in just the same way, and only without CORS
// (WebKitGTK 2.50; others give it to who asks in one of several ways). A sandboxed frame has no origin of its own,
// and can't do without.
const how = origin === "null" ? {} : { mode: "no-cors", credentials: "include" };

// A copy of the page that a browser saved says still what was so then.
delete html.dataset.ready;
delete html.dataset.failed;

// A policy of the host's own refused the stylesheet in the page; and in a frame the script that applies its settings,
// which the program waits for.
if (style && !document.querySelector("style")?.sheet) {
  document.head.append(element("link", { rel: "stylesheet", href: style }));
}

// The rules for the later part of the program, which stand in it (later.rs), are taken out once: previews of embeds in
// the page have programs of their own.
globalThis.factExplorerStyle = (module) => {
  delete globalThis.factExplorerStyle;
  const sheet = new CSSStyleSheet();
  const [text] = WebAssembly.Module.customSections(module, "style");
  sheet.replaceSync(new TextDecoder().decode(text));
  document.adoptedStyleSheets.push(sheet);
};

// Where the page is loaded anew, or a reader came back to it, nothing is laid out late: the browser is about to bring
// them to where they were, which it finds only where everything is as high as it is.
if (performance.getEntriesByType("navigation")[0]?.type !== "navigate") delete html.dataset.late;

// The page's own pack, where there is one, and the later part, where the list is long or the address asks for something
// beside cards: both are left to the WASM.
if (own) (globalThis.factExplorerPack = fetch(own, how)).catch(() => {});
if (later && (long || /[#?&](view|compare)=/.test(location))) {
  (globalThis.factExplorerLater = fetch(later, { integrity })).catch(() => {});
}

// The WASM is compiled while it arrives. A fetch that is told the file's digest would put that off until all of it is
// there: so this compares the digest itself, where the page is in a place in which a script may.
const load = async () => {
  const address = `./${WASM}`;
  if (!crypto.subtle) return fetch(address, { ...how, integrity: WASM_INTEGRITY });
  const response = await fetch(address, how);
  const copy = response.clone().arrayBuffer();
  const compiled = WebAssembly.compileStreaming(response).catch(() => copy.then((it) => WebAssembly.compile(it)));
  compiled.catch(() => {});
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", await copy));
  if (`sha256-${btoa(String.fromCharCode(...sum))}` !== WASM_INTEGRITY) throw Error(WASM);
  return compiled;
};
const wasm = load();
wasm.catch(() => {});

// The dialog that writes embed codes. In a sandboxed frame a script has no address that an import could start from, so
// a module's is a whole one.
const module = (name) => import(new URL(`./${name}`, document.baseURI));
const tell = (words) => {
  document.querySelector(".take__head p").textContent = words;
};
addEventListener("click", (event) => {
  const { target } = event;
  if (!("ready" in html.dataset)) {
    // A day that is pressed is taken over from its field once the page is live; and a link's selection isn't given up
    // for the place that one skips to.
    const day = target.dataset?.day;
    // It counts though it is the day that the page is written with.
    if (day) Object.assign(document.querySelector("[name=as-of]"), { defaultValue: "", value: day });
    if (target.className === "skip") {
      event.preventDefault();
      document.getElementById("explorer").focus();
    }
  }
  if (!target.closest?.("[data-do=embed]")) return;
  tell("%loading%");
  module(DIALOG).then(
    (it) => {
      tell("");
      it.open(document.querySelector("[popovertarget=take]"));
    },
    () => tell("%part-refused%"),
  );
});

const whole = new Promise((call) => {
  if (document.readyState !== "loading") call();
  else document.addEventListener("readystatechange", call, { once: true });
});
const framed = () => frame && !("scripts" in html.dataset) && module(frame);
module(GLUE)
  .then((it) => whole.then(framed).then(() => it.default({ module_or_path: wasm })))
  .catch(async () => {
    await whole;
    html.dataset.failed = "";
    for (const it of document.querySelectorAll(".live")) it.inert = true;
    if (location.protocol !== "file:") return;
    const file = element("a", { href: "standalone.html", textContent: "standalone.html" });
    document.querySelector(".quiet--failed").replaceChildren("%from-folder%", file, "%from-folder-end%");
  });
