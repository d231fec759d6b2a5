// The page's own address in its citations, where the build didn't know it; the way back to the
// selection that a reader came from; and buttons that copy.
(() => {
  if (location.protocol.startsWith("http"))
    for (const it of document.querySelectorAll("[data-address]"))
      it.textContent = new URL(it.dataset.address, location.href).href;
  // A reader who came from a selection goes back to it; by the kicker, with this subject open.
  const kept = location.hash;
  if (kept.includes("="))
    for (const it of document.querySelectorAll(".masthead__kicker a, .neighbours a")) {
      const [page, own] = it.getAttribute("href").split("#");
      const open = own?.match(/open=[^&]*/)?.[0];
      // What narrows that selection could hide another subject than the one that was open in it, as an earlier day does.
      const parts = kept.slice(1).split("&");
      const day = `as-of=${it.dataset.since ?? ""}`;
      const rest = parts.filter((it) => it.startsWith("sort=") || (it.startsWith("as-of=") && it >= day));
      it.href = page + (!open || parts.includes(open) ? kept : "#" + [...rest, open].join("&"));
    }
  // A copy that a browser saved has them already, and they do nothing.
  for (const it of document.querySelectorAll("[data-style]~*")) it.remove();
  if (!navigator.clipboard) return;
  for (const text of document.querySelectorAll("[data-style]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "press";
    const style = text.parentElement.previousElementSibling.textContent;
    button.textContent = "%copy%";
    button.ariaLabel = `%copy% ${style}`;
    // A button whose name changes isn't a message to whoever doesn't see it, or is read out twice.
    const said = document.createElement("span");
    said.setAttribute("role", "status");
    let hush;
    button.onclick = () => {
      // In RIS the ends of lines belong to the format.
      const lines = text.textContent.split("\n");
      const copied = text.dataset.style === "ris" ? lines.join("\r\n") + "\r\n" : lines.join("\n");
      clearTimeout(hush);
      said.textContent = "";
      navigator.clipboard.writeText(copied).then(
        () => {
          said.textContent = "%has-copied%";
          hush = setTimeout(() => (said.textContent = ""), 4000);
        },
        () => getSelection().selectAllChildren(text),
      );
    };
    text.after(button, said);
  }
})();
