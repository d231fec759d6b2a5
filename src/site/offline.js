// Lets the browser keep the site (sw.js), and tells a reader when a newer version of it is here.
// Nothing is kept for a page in a frame, nor where a reader saves data, nor from a folder.
(() => {
  const address = new URL("sw.js", document.currentScript.src).href;
  if (!location.protocol.startsWith("http") || parent !== window) return;
  let workers;
  try {
    workers = navigator.serviceWorker;
  } catch {
    // A sandbox refuses.
  }
  if (!workers || (navigator.connection?.saveData && !workers.controller)) return;

  // The explorer comes first. This may run before the page is whole.
  const html = document.documentElement;
  const isSettled = () =>
    html.matches("[data-ready], [data-failed]") ||
    (document.readyState !== "loading" && !document.getElementById("explorer"));
  const idle = window.requestIdleCallback ?? ((call) => setTimeout(call, 500));
  let isBegun = false;
  const observer = new MutationObserver(start);
  observer.observe(html, { attributes: true });
  document.addEventListener("readystatechange", start);
  start();

  function start() {
    if (isBegun || !isSettled()) return;
    isBegun = true;
    observer.disconnect();
    idle(() => workers.register(trusted(), { updateViaCache: "none" }).then(follow, () => {}));
  }

  // Where the browser asks for it: the worker's address, and no other.
  function trusted() {
    try {
      const rule = { createScriptURL: () => address };
      return trustedTypes.createPolicy("worker", rule).createScriptURL("");
    } catch {
      // There is no such thing, or a host's own policy has another list of names.
      return address;
    }
  }

  function follow(registration) {
    // A first version is no newer one. One that is about to take away what is kept doesn't answer.
    const ask = (worker) => {
      if (workers.controller && worker?.state === "installed") worker.postMessage("newer?");
    };
    const watch = (worker) => worker?.addEventListener("statechange", () => ask(worker));
    workers.onmessage = ({ data }) => data === "newer" && note(registration);
    ask(registration.waiting);
    watch(registration.installing);
    registration.addEventListener("updatefound", () => watch(registration.installing));
    // A page may be left open for days.
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) registration.update().catch(() => {});
    });
  }

  // At the end of the page, over its bottom edge, so that nothing moves.
  function note(registration) {
    if (document.querySelector(".newer")) return;
    const box = document.createElement("div");
    box.className = "newer";
    document.documentElement.dataset.newer = "";
    box.setAttribute("role", "status");
    document.body.append(box);
    // What is said in a place that is there already is heard.
    requestAnimationFrame(() => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "press";
      button.textContent = "%use-it%";
      button.onclick = () => use(registration);
      const words = document.createElement("p");
      words.textContent = "%newer-here%";
      box.append(words, button);
    });
  }

  function use(registration) {
    const { waiting } = registration;
    // Another page may have asked for it before.
    if (!waiting) return location.reload();
    workers.addEventListener("controllerchange", () => location.reload(), { once: true });
    waiting.postMessage("use");
  }
})();
