// In the head of embed.html: applies the settings of its address before anything is painted, and
// tells whoever has framed it how high it is. It keeps nothing, and sends nothing but its height and
// how far what was pressed has moved.
(() => {
  "use strict";
  const html = document.documentElement;
  html.setAttribute("data-scripts", "");
  applySettings(location.search.slice(1), html, document);
  const query = new URLSearchParams(location.search);

  // Whether the reader did something yet: a host page should move only then.
  let acted = false;
  // What a reader pressed last in a card, or to have fewer of them; when, and where it was.
  let pressed, since, top;
  const acts = ({ isTrusted, key, target, timeStamp, type }) => {
    if (!isTrusted) return;
    if (type === "click" || key === "Escape") {
      // What Escape is pressed in is closed, and its summary is what is left of it.
      pressed = key
        ? target.closest(".card__details[open]")?.querySelector("summary")
        : target.closest(".card,.embed__all[aria-expanded=true]") && target;
      since = timeStamp;
      top = target.getBoundingClientRect().top;
    }
    if (acted) return;
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

  // How far down what was pressed has moved, by what opened or closed above it. In a frame as high as
  // its content only the host page can scroll there.
  function moved() {
    if (!pressed?.checkVisibility?.() || performance.now() - since > 3000) return 0;
    const before = top;
    top = pressed.getBoundingClientRect().top + scrollY;
    return Math.round(top - before);
  }

  let last = 0;
  function tell() {
    if (parent === window) return;
    const height = measure();
    if (height === 0) return;
    const by = moved();
    if (height === last && by === 0) return;
    last = height;
    const say = (message) => parent.postMessage(message, "*");
    say({ type: "fact-explorer:height", height, acted, by });
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
  // Where a policy of the host's own refused this in the page, it comes as a module, later.
  if (document.readyState !== "loading") begin();
  else document.addEventListener("readystatechange", begin, { once: true });
  addEventListener("load", tell);
  addEventListener("resize", tell);
  // A sheet stands at an edge of the frame, which may be far from the part of it that is on the screen.
  const place = ({ target, newState }) => {
    target.style.cssText = "";
    if (newState !== "open") return;
    const observer = new IntersectionObserver(([{ intersectionRect }]) => {
      observer.disconnect();
      const { top, height } = intersectionRect;
      if (height < 240 || height > innerHeight - 64 || !target.matches(":popover-open")) return;
      const from = Math.round(top + height * 0.15);
      const most = Math.round(height * 0.85);
      // It ends where the frame does, should that be made less high.
      target.style.cssText = `inset:${from}px 0 auto;max-height:min(${most}px,100dvh - ${from}px)`;
    });
    observer.observe(html);
  };
  if (parent !== window) addEventListener("beforetoggle", place, true);
  // A host that runs pym.js asks with its own width; one whose script comes late asks like it.
  addEventListener("message", (event) => {
    // Anything may come: what isn't a text can't always be made one.
    const { data, source } = event;
    if (source === parent && typeof data === "string" && /^pymxPYMx.*xPYMxwidthxPYMx/.test(data)) {
      last = 0;
      tell();
    }
  });
})();
