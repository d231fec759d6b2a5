// The README's pictures, of the release in dist/: `make screenshots`. Each is a first view, as a reader meets it,
// in the size of a desk and of a phone, in light and in dark.

import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Browser } from "../bench/lib/browser.js";
import { Server } from "../bench/lib/server.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const SIZES = [
  { width: 1280, height: 860, mobile: false },
  { width: 390, height: 844, mobile: true },
];
/** What one may weigh, in bytes; tests/native/docs.rs holds them to it. */
const MOST = 150_000;

const work = mkdtempSync(join(tmpdir(), "screenshots-"));
const server = await Server.start([["/", join(root, "dist")]]);
const browser = await Browser.start();
try {
  for (const { width, height, mobile } of SIZES) {
    for (const scheme of ["light", "dark"]) {
      const tab = await browser.open();
      await tab.send("Emulation.setDeviceMetricsOverride", { width, height, mobile, deviceScaleFactor: 1 });
      await tab.send("Emulation.setEmulatedMedia", {
        features: [
          { name: "prefers-color-scheme", value: scheme },
          { name: "prefers-reduced-motion", value: "reduce" },
        ],
      });
      // Dates in fields are written as the browser's language has them.
      await tab.send("Emulation.setLocaleOverride", { locale: "en-US" });
      await tab.go(`${server.origin}/index.html`);
      if (!(await tab.ready(30_000))) throw new Error("the page isn't live: run `make dist`");
      // What has just become live is painted by the second frame.
      const painted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())));
      await tab.run(painted);
      const { data } = await tab.send("Page.captureScreenshot", { format: "png", optimizeForSpeed: false });
      // The committed picture is replaced once the new one is as it should be.
      const name = `explorer-${width}-${scheme}.png`;
      const file = join(work, name);
      writeFileSync(file, Buffer.from(data, "base64"));
      execFileSync("oxipng", ["--opt", "max", "--strip", "all", "--quiet", file]);
      const { size } = statSync(file);
      if (size > MOST) throw new Error(`${name}: ${size} bytes, over ${MOST}`);
      copyFileSync(file, join(root, "docs", name));
      const told = readFileSync(file);
      console.log(`docs/${name}: ${told.readUInt32BE(16)} × ${told.readUInt32BE(20)}, ${size} bytes`);
      await tab.close();
    }
  }
} finally {
  await browser.close();
  await server.close();
  rmSync(work, { recursive: true });
}
