// Says so where the explorer doesn't become live: at once, where the script that starts it can't be had or
// can't be read; after a while, where something that it needs is still on its way. It is a part of
// another script of the page, since the one that starts it can't say that itself; where there is no other,
// it is one of its own (src/site.rs).
(() => {
  const PATIENCE = 10000;
  const html = document.documentElement;
  const isSettled = () => html.matches("[data-ready], [data-failed]");
  const isWaiting = () => document.getElementById("explorer") && !isSettled();
  // A copy that a browser saved says what was so then.
  delete html.dataset.newer;
  if (!globalThis.factExplorerBegun) {
    delete html.dataset.ready;
    delete html.dataset.failed;
  }
  addEventListener("load", () => {
    if (!html.matches("[data-newer]")) document.querySelector(".newer")?.remove();
    // Every script of the page has run by now, or never will.
    if (!isWaiting() || globalThis.factExplorerBegun) return;
    html.dataset.failed = "";
    for (const it of document.querySelectorAll(".live")) it.inert = true;
  });
  setTimeout(() => {
    // Whoever reads on doesn't find what is still to be laid out.
    delete html.dataset.late;
    // In a frame it would make the page higher, and with it perhaps its host.
    if (!isWaiting() || parent !== window) return;
    const box = document.createElement("p");
    box.className = "newer";
    html.dataset.newer = "";
    box.setAttribute("role", "status");
    document.body.append(box);
    // What is said in a place that is there already is heard.
    requestAnimationFrame(() => (box.textContent = "%still-coming%"));
    new MutationObserver((_, observer) => {
      if (!isSettled()) return;
      observer.disconnect();
      box.remove();
      delete html.dataset.newer;
    }).observe(html, { attributes: true });
  }, PATIENCE);
})();
