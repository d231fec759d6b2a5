// In the head of embed.html: applies the settings of its address before anything is painted, and
// tells whoever has framed it how high it is. It keeps nothing, and sends nothing but its height.
(() => {
  "use strict";
  const html = document.documentElement;
  html.setAttribute("data-scripts", "");
  applySettings(location.search.slice(1), html, document);
  const query = new URLSearchParams(location.search);

  // Whether the reader did something yet: a host page should move only then.
  let acted = false;
  const acts = (event) => {
    if (acted || !event.isTrusted) return;
    acted = true;
    // A host that had no leave to move gets the height once more, even where it stays the same. By
    // then what was done is seen.
    requestAnimationFrame(() => {
      last = 0;
      tell();
    });
  };
  for (const event of ["keydown", "input", "change", "click"]) {
    addEventListener(event, acts, { capture: true, passive: true });
  }

  // How high the page is without a scrollbar. One that came while the page was higher takes room from
  // it, which can make it too high for the frame that would fit it: it stays only where it is needed.
  function measure() {
    html.style.overflow = "hidden";
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    if (height > innerHeight) html.style.overflow = "";
    return height;
  }

  let last = 0;
  function tell() {
    if (parent === window) return;
    const height = measure();
    if (height === 0 || height === last) return;
    last = height;
    const say = (message) => parent.postMessage(message, "*");
    say({ type: "fact-explorer:height", height, acted });
    say({ sentinel: "amp", type: "embed-size", height });
    // Named by its frame, as that host has no other name for it.
    say({ "datawrapper-height": { "fact-explorer": height } });
    const child = query.get("childId");
    if (child !== null) say(`pymxPYMx${child}xPYMxheightxPYMx${height}`);
  }
  // Once the whole page is there, and before anything that waits for that.
  const begin = () => {
    document.getElementById("explorer").setAttribute("data-query", location.search.slice(1));
    new ResizeObserver(tell).observe(document.body);
  };
  document.addEventListener("readystatechange", begin, { once: true });
  addEventListener("load", tell);
  addEventListener("resize", tell);
  // A host that runs pym.js asks with its own width.
  addEventListener("message", (event) => {
    // Anything may come: what isn't a text can't always be made one.
    const { data, source } = event;
    if (source === parent && typeof data === "string" && /^pymxPYMx.*xPYMxwidthxPYMx/.test(data)) {
      last = 0;
      tell();
    }
  });
})();
