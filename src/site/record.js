// The page's own address in its citations, where the build didn't know it, and buttons that copy.
(() => {
  if (location.protocol.startsWith("http"))
    for (const it of document.querySelectorAll("[data-address]"))
      it.textContent = new URL(it.dataset.address, location.href).href;
  if (!navigator.clipboard) return;
  for (const text of document.querySelectorAll("[data-style]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "press";
    const style = text.parentElement.previousElementSibling.textContent;
    const say = (word) => {
      button.textContent = word;
      button.ariaLabel = `${word} ${style}`;
    };
    say("Copy");
    button.onclick = () => {
      // In RIS the ends of lines belong to the format.
      const end = text.dataset.style === "ris" ? "\r\n" : "\n";
      navigator.clipboard.writeText(text.textContent.split("\n").join(end)).then(
        () => say("Copied"),
        () => getSelection().selectAllChildren(text),
      );
    };
    text.after(button);
  }
})();
