// Makes the file that has everything live: unpacks what is packed in it, puts the histories into the
// cards, gives the WASM what it asks for, and shows the other pages in the explorer's place.
//
// A page saved from here after use has what readers did in its markup, and must work when it is
// opened anew: so everything begins from what is packed, and nothing is left in the page that
// couldn't be there twice.
(() => {
  const html = document.documentElement;
  const explorer = document.getElementById("explorer");

  // LZMA, after the LZMA specification of the LZMA SDK, which Igor Pavlov placed in the public
  // domain: a header of 13 bytes, then what a range coder made of literals and matches.
  const unpack = (packed) => {
    const lc = packed[0] % 9;
    const lp = Math.floor(packed[0] / 9) % 5;
    const pb = Math.floor(packed[0] / 45);
    // The length's upper half is 0: no file here is that long.
    const out = new Uint8Array(new DataView(packed.buffer).getUint32(5, true));
    let at = 0;
    // The range decoder. Its first byte is always 0.
    let from = 14;
    let range = 0xffffffff;
    let code = 0;
    for (let n = 0; n < 4; n++) code = ((code << 8) | packed[from++]) >>> 0;
    const normalize = () => {
      if (range < 0x1000000) {
        range = (range << 8) >>> 0;
        code = ((code << 8) | packed[from++]) >>> 0;
      }
    };
    const chances = (n) => new Uint16Array(n).fill(1024);
    const bit = (of, which) => {
      const chance = of[which];
      const bound = (range >>> 11) * chance;
      if (code < bound) {
        range = bound;
        of[which] = chance + ((2048 - chance) >> 5);
        normalize();
        return 0;
      }
      code -= bound;
      range -= bound;
      of[which] = chance - (chance >> 5);
      normalize();
      return 1;
    };
    const even = (n) => {
      let value = 0;
      for (; n > 0; n--) {
        range >>>= 1;
        const is = code >= range ? 1 : 0;
        if (is) code -= range;
        normalize();
        value = (value << 1) | is;
      }
      return value;
    };
    const tree = (of, n, start = 0) => {
      let node = 1;
      for (let it = 0; it < n; it++) node = (node << 1) | bit(of, start + node);
      return node - (1 << n);
    };
    const reversed = (of, n, start = 0) => {
      let node = 1;
      let value = 0;
      for (let it = 0; it < n; it++) {
        const is = bit(of, start + node);
        node = (node << 1) | is;
        value |= is << it;
      }
      return value;
    };
    const lengths = () => {
      const choice = chances(2);
      const [low, middle, high] = [chances(8 << 4), chances(8 << 4), chances(256)];
      return (state) => {
        if (!bit(choice, 0)) return 2 + tree(low, 3, state << 3);
        if (!bit(choice, 1)) return 10 + tree(middle, 3, state << 3);
        return 18 + tree(high, 8);
      };
    };
    const literals = chances(0x300 << (lc + lp));
    const [isMatch, isRep, isRep0, isRep1, isRep2, isLong] = [192, 12, 12, 12, 12, 192].map(chances);
    const [slots, special, align] = [256, 115, 16].map(chances);
    const [matchLength, repLength] = [lengths(), lengths()];
    let state = 0;
    let reps = [0, 0, 0, 0];

    const literal = () => {
      const before = at ? out[at - 1] : 0;
      const start = 0x300 * (((at & ((1 << lp) - 1)) << lc) + (before >> (8 - lc)));
      let symbol = 1;
      if (state >= 7) {
        let match = out[at - reps[0] - 1];
        do {
          const expected = (match >> 7) & 1;
          match <<= 1;
          const is = bit(literals, start + ((1 + expected) << 8) + symbol);
          symbol = (symbol << 1) | is;
          if (expected !== is) break;
        } while (symbol < 0x100);
      }
      while (symbol < 0x100) symbol = (symbol << 1) | bit(literals, start + symbol);
      out[at++] = symbol;
      state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
    };
    const distance = (length) => {
      const slot = tree(slots, 6, Math.min(length - 2, 3) << 6);
      if (slot < 4) return slot;
      const n = (slot >> 1) - 1;
      const base = (2 | (slot & 1)) << n;
      if (slot < 14) return base + reversed(special, n, base - slot);
      return base + (even(n - 4) << 4) + reversed(align, 4);
    };
    while (at < out.length) {
      const position = at & ((1 << pb) - 1);
      if (!bit(isMatch, (state << 4) + position)) {
        literal();
        continue;
      }
      let length = 1;
      if (!bit(isRep, state)) {
        length = matchLength(position);
        reps = [distance(length), reps[0], reps[1], reps[2]];
        state = state < 7 ? 7 : 10;
      } else {
        let isShort = false;
        if (!bit(isRep0, state)) {
          isShort = !bit(isLong, (state << 4) + position);
        } else {
          const which = !bit(isRep1, state) ? 1 : !bit(isRep2, state) ? 2 : 3;
          reps.unshift(...reps.splice(which, 1));
        }
        if (!isShort) length = repLength(position);
        state = state < 7 ? (isShort ? 9 : 8) : 11;
      }
      for (; length > 0; length--, at++) out[at] = out[at - reps[0] - 1];
    }
    return out;
  };

  // Bytes from letters, four from five; `text` in standalone.rs says which.
  const bytes = (text) => {
    const out = new Uint8Array(Math.ceil(text.length / 5) * 4);
    let [at, value, n] = [0, 0, 0];
    for (let it = 0; it < text.length; it++) {
      const letter = text.charCodeAt(it);
      if (letter < 40) continue;
      value = value * 85 + letter - 40 - (letter > 60) - (letter > 92);
      if (++n % 5) continue;
      for (const shift of [24, 16, 8, 0]) out[at++] = value >>> shift;
      value = 0;
    }
    return out;
  };

  // Adler-32, of RFC 1950: a file that was damaged on its way says nothing, rather than something wrong.
  const sum = (bytes) => {
    let [a, b] = [1, 0];
    for (const it of bytes) {
      a = (a + it) % 65521;
      b = (b + a) % 65521;
    }
    return b * 65536 + a;
  };

  // The files by their paths: a line for each with its length, an empty line, and their bytes.
  const open = (archive) => {
    const files = new Map();
    const end = archive.findIndex((it, at) => it === 10 && archive[at + 1] === 10);
    let at = end + 2;
    for (const line of decoder.decode(archive.subarray(0, end)).split("\n")) {
      const [length, path] = line.split(" ");
      files.set(path, archive.subarray(at, (at += +length)));
    }
    return files;
  };
  const decoder = new TextDecoder();
  let files;
  const text = (path) => decoder.decode(files.get(path));

  // Where a link of the site leads in this file. `page` is the page that it stands on; none for the
  // explorer. A subject's record is its card, and a place in it is scrolled to.
  const inward = (href, page) => {
    const [, folder, name, place] = /^\.\/(subject\/|list\/)?([^#]*)\.html#?(.*)$/.exec(href) ?? [];
    // The pages of a long list aren't in the file.
    if (folder === "list/") return `#open=${place}`;
    if (folder) return `#open=${name}${place && `&at=${place}`}`;
    if (name === "index") return "#";
    if (name) return `#${name}.html${place && `~${place}`}`;
    return page && href.startsWith("#") ? `#${page}~${href.slice(1)}` : href;
  };
  const turn = (root, page) => {
    for (const it of root.querySelectorAll("a[href]"))
      it.setAttribute("href", inward(it.getAttribute("href"), page));
  };
  const parsed = (markup) => {
    const template = document.createElement("template");
    template.innerHTML = markup;
    return template.content;
  };

  const fail = () => {
    html.dataset.failed = "";
    for (const it of document.querySelectorAll(".live")) it.inert = true;
  };

  // The other pages, each in a place of its own, with ids that tell the page.
  const pages = [...document.querySelectorAll(".inside")];
  const own = [...document.body.children].filter((it) => !it.matches("script, .inside"));
  const title = document.querySelector(".masthead h1").textContent;
  const filled = new Set();
  // What a reader left where, to come back to it; by the page, the explorer being none.
  const left = new Map();
  let [shown, pressed, selection] = [undefined, false, ""];
  const show = () => {
    const [name, place] = location.hash.slice(1).split("~");
    const page = pages.find((it) => it.id === name);
    if (page && !filled.has(page)) {
      const content = parsed(text(name));
      for (const it of content.querySelectorAll("[id]")) it.id = `${name}~${it.id}`;
      turn(content, name);
      page.replaceChildren(content);
      filled.add(page);
    }
    const isOther = page !== shown;
    shown = page;
    for (const it of own) it.hidden = !!page;
    for (const it of pages) it.hidden = it !== page;
    document.title = page ? `${page.querySelector("h1").textContent} · ${title}` : title;
    if (!page) selection = location.hash;
    const target = (pressed || !left.has(page)) && goal(page, place, isOther);
    pressed = false;
    if (target) {
      go(target, !page || place);
    } else if (isOther) {
      const { top, link } = left.get(page) ?? { top: 0 };
      scrollTo(0, top);
      link?.focus({ preventScroll: true });
    }
  };
  // What the address leads to. Within the explorer all but places is the WASM's.
  const goal = (page, place, isOther) => {
    if (page) return document.getElementById(`${page.id}~${place}`) ?? (pressed && page.querySelector("h1"));
    const [, at] = location.hash.match(/&at=([^&]*)/) ?? [];
    const [, card] = location.hash.match(/(open=[^&]*)/) ?? [];
    return (at || isOther) && (document.getElementById(at) ?? document.getElementById(card));
  };
  const go = (target, scrolls) => {
    const there = () => {
      if (scrolls) target.scrollIntoView();
      else scrollTo(0, 0);
      if (!target.hasAttribute("tabindex")) target.tabIndex = -1;
      target.focus({ preventScroll: true });
    };
    // A card is laid out only after the WASM opened it.
    const once = () => {
      if (!html.matches("[data-ready], [data-failed]")) requestAnimationFrame(once);
      else requestAnimationFrame(() => requestAnimationFrame(there));
    };
    if (shown) there();
    else once();
  };

  const begin = async () => {
    const block = document.getElementById("block");
    const archive = unpack(bytes(block.textContent));
    if (sum(archive) !== +block.dataset.sum) throw new Error("The file is damaged.");
    files = open(archive);
    const glue = text("page.js");
    // Markup comes from the site's own code, which writes text as text; of scripts there is one.
    self.trustedTypes?.createPolicy("default", {
      createHTML: (markup) => markup,
      createScript: (script) => (script === glue ? script : null),
    });

    const whole = parsed(text("index.html"));
    for (const it of ["data-ready", "data-failed"]) html.removeAttribute(it);
    if (explorer.querySelector(".history > *")) {
      // Saved after use.
      explorer.replaceChildren(whole);
    } else {
      const empty = explorer.querySelectorAll(".history");
      whole.querySelectorAll(".history").forEach((it, at) => empty[at].replaceChildren(...it.childNodes));
    }
    turn(explorer);
    new MutationObserver((changes) => {
      for (const { target } of changes)
        for (const it of target.querySelectorAll("a[href^='./']"))
          it.setAttribute("href", inward(it.getAttribute("href")));
    }).observe(explorer, { childList: true, subtree: true });

    // Before the WASM hears of it: it would take a link to a page for one to a place in its own.
    addEventListener(
      "click",
      (event) => {
        const link = event.target.closest?.("a[href]");
        if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
        const href = link.getAttribute("href");
        // A browser that saved the page may have written addresses out whole, a disk's or the web's.
        const hash = href.replace(/^[^#]*/, "");
        const leads = pages.some((it) => hash.slice(1).split("~")[0] === it.id);
        if (!leads && !/^(#|file:)/.test(href)) return;
        if (hash.includes("&at=")) pressed = true;
        if (!leads && !link.closest(".inside")) {
          // To a record: on the day that it is left on, but for one that is compared, which may have no card then. What
          // leads to a selection has all of it, and is the WASM's.
          const [day] = /as-of=[^&]*/.exec(location.hash) ?? [];
          if (!day || !hash.startsWith("#open=") || link.matches("[data-to], .card__link, .compare *")) return;
          event.stopPropagation();
          event.preventDefault();
          location.hash = `${hash}&${day}`;
          return;
        }
        event.stopPropagation();
        event.preventDefault();
        left.set(shown, { top: scrollY, link });
        if (!shown) selection = location.hash;
        pressed = true;
        const there = hash === "#" ? selection : hash;
        if (location.hash === there) show();
        else location.hash = there;
      },
      true,
    );
    addEventListener("hashchange", show);
    show();

    // The WASM asks for parts of the site, and finds them here.
    window.fetch = async (path) => {
      const file = files.get(path.replace("./", ""));
      return file ? new Response(file) : new Response(null, { status: 404 });
    };
    const script = document.createElement("script");
    script.textContent = glue;
    document.head.append(script);
    script.remove();
    const { start } = window;
    delete window.start;
    await start({ module_or_path: files.get("page.wasm") });
  };

  // After the page was painted.
  requestAnimationFrame(() => setTimeout(() => begin().catch(fail)));
})();
