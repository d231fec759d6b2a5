// Trusted Types: what may become markup or the address of a script on this page. Nothing here is
// trusted blindly. Markup passes if every `<` in it begins a tag as the site itself writes them, and
// no other reading of it is possible: quoted values, no handler, no element that loads or runs
// something, no link but to the web, to mail or within the site. A whole page, which is read for its
// parts, passes without its head. No address of a script does; the site's own worker has a rule of its own
// (offline.js).
(() => {
  const types = globalThis.trustedTypes;
  if (!types || types.defaultPolicy) return;
  const link = String.raw`(?:href|src)="(?:(?:https?|mailto):[^"]*|[^":&]*(?:[?#][^"]*)?)"`;
  const plain = String.raw`(?!on|srcdoc|(?:xlink:)?href|src|action|formaction)[a-z\d][\w:-]*(?:="[^"]*")?`;
  // Neither what loads, runs or changes something, nor what a browser reads as text to its end.
  const never =
    "script|style|link|meta|base|i?frame|frameset|object|embed|applet|animate|set|" +
    "title|textarea|xmp|plaintext|no(?:script|embed|frames)";
  const element = String.raw`(?!(?:${never})\b)[a-z][a-z\d]*`;
  const tag = new RegExp(
    String.raw`</${element}>|<${element}(?:\s+(?:${link}|${plain}))*\s*/?>|<title>[^<]*</title>|<!---->`,
    "gi",
  );
  try {
    types.createPolicy("default", {
      createHTML(text) {
        const markup = text.replace(/^<!doctype html>.*?<body>/is, "");
        if (markup.replace(tag, "").includes("<")) return null;
        return markup === text ? text : `<!doctype html><body>${markup}`;
      },
    });
  } catch {
    // A host's own policy has another list of names.
  }
})();
