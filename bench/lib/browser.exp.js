// Chromium, over the DevTools protocol's pipe: no driver and no library in between.

import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const FLAGS = [
  "--headless=new", "--no-first-run", "--no-default-browser-check", "--disable-extensions", "--hide-scrollbars",
  "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-default-apps",
  "--disable-background-timer-throttling", "--disable-backgrounding-occluded-windows", "--disable-renderer-backgrounding",
  "--disable-features=Translate,OptimizationHints,MediaRouter", "--disable-dev-shm-usage", "--mute-audio",
  `--js-flags=--max-old-space-size=8192 ${process.env.JSF ?? ""}`, "--remote-debugging-pipe",
  // As root, in a container, Chromium can't make its sandbox.
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
];

/** A browser of its own, with an empty profile. */
export class Browser {
  #process;
  #profile;
  #next = 0;
  #waiting = new Map();
  #sessions = new Map();
  #ended;
  #problem;

  static async start() {
    const browser = new Browser();
    browser.#profile = await mkdtemp(join(tmpdir(), "bench-"));
    const path = process.env.CHROMIUM;
    if (!path) throw new Error("no Chromium: run tools/setup.sh bench, and this through tools/with-tools.sh");
    browser.#process = spawn(path, [...FLAGS, `--user-data-dir=${browser.#profile}`], {
      stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
    });
    // However it ends, also before anyone waits for it.
    browser.#ended = new Promise((resolve) => {
      for (const event of ["exit", "error"]) {
        browser.#process.once(event, () => {
          browser.#fail(new Error("the browser has ended"));
          resolve();
        });
      }
    });
    // What is written to one that has ended fails as a whole, by the line above.
    browser.#process.stdio[3].on("error", () => {});
    let rest = [];
    browser.#process.stdio[4].on("data", (bytes) => {
      let from = 0;
      for (let end = bytes.indexOf(0); end >= 0; end = bytes.indexOf(0, from)) {
        rest.push(bytes.subarray(from, end));
        browser.#hear(JSON.parse(Buffer.concat(rest).toString()));
        rest = [];
        from = end + 1;
      }
      rest.push(bytes.subarray(from));
    });
    browser.version = (await browser.send("Browser.getVersion")).product;
    return browser;
  }

  #fail(problem) {
    this.#problem = problem;
    for (const { reject } of this.#waiting.values()) reject(problem);
    this.#waiting.clear();
  }

  #hear(message) {
    if (message.id !== undefined) {
      const { resolve, reject, method } = this.#waiting.get(message.id) ?? {};
      this.#waiting.delete(message.id);
      if (message.error) reject?.(new Error(`${method}: ${message.error.message}`));
      else resolve?.(message.result);
      return;
    }
    this.#sessions.get(message.sessionId)?.(message);
  }

  send(method, params = {}, sessionId = undefined) {
    if (this.#problem) return Promise.reject(this.#problem);
    this.#next += 1;
    const id = this.#next;
    this.#process.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject, method }));
  }

  /** An empty tab, in a context of its own: nothing of an earlier one is kept. */
  async open() {
    const { browserContextId } = await this.send("Target.createBrowserContext", { disposeOnDetach: false });
    const { targetId } = await this.send("Target.createTarget", { url: "about:blank", browserContextId });
    const { sessionId } = await this.send("Target.attachToTarget", { targetId, flatten: true });
    const tab = new Tab(this, sessionId, browserContextId);
    this.#sessions.set(sessionId, (message) => tab.hear(message));
    await Promise.all([
      tab.send("Page.enable"),
      tab.send("Inspector.enable"),
      tab.send("Runtime.enable"),
      // Without a limit the protocol repeats whatever a page posts: an engine's index can be longer than
      // any text may be here.
      tab.send("Network.enable", { maxPostDataSize: 1024 }),
    ]);
    return tab;
  }

  async close() {
    await this.send("Browser.close").catch(() => {});
    await this.#ended;
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/** A tab. */
export class Tab {
  #browser;
  #session;
  #context;
  #listeners = [];
  #crashed;
  #crash = new Promise((_, reject) => {
    this.#crashed = reject;
  });
  /** What went wrong in the page since it was opened. */
  problems = [];

  constructor(browser, session, context) {
    this.#browser = browser;
    this.#session = session;
    this.#context = context;
    // Whoever waits for the tab hears of it; if nobody does, it is no problem of ours.
    this.#crash.catch(() => {});
  }

  hear(message) {
    if (message.method === "Runtime.exceptionThrown") {
      const { exceptionDetails: it } = message.params;
      this.problems.push(it.exception?.description ?? it.text);
    }
    if (message.method === "Inspector.targetCrashed") {
      this.problems.push("the tab crashed");
      this.#crashed(new Error("the tab crashed"));
    }
    for (const listener of this.#listeners) listener(message);
  }

  /** Calls a function with each event from now on. */
  on(listener) {
    this.#listeners.push(listener);
  }

  send(method, params) {
    return Promise.race([this.#browser.send(method, params, this.#session), this.#crash]);
  }

  async go(url) {
    const { errorText } = await this.send("Page.navigate", { url });
    if (errorText) throw new Error(`${url}: ${errorText}`);
  }

  /** What a function of the page gives, called with arguments that can be written as JSON. */
  async run(action, ...given) {
    const { result, exceptionDetails } = await this.send("Runtime.evaluate", {
      expression: `(${action})(${given.map((it) => JSON.stringify(it)).join(",")})`,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) {
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    }
    return result.value;
  }

  /** The same, but stopped after a time, in milliseconds: nothing is given then. */
  async runWithin(limit, action, ...given) {
    let isOver = false;
    const clock = setTimeout(() => {
      isOver = true;
      this.send("Runtime.terminateExecution").catch(() => {});
    }, limit);
    try {
      return await this.run(action, ...given);
    } catch (problem) {
      if (isOver) return undefined;
      throw problem;
    } finally {
      clearTimeout(clock);
    }
  }

  /** Waits until the page says that it is ready. Whether it did within a time, in milliseconds. */
  async ready(limit) {
    const end = Date.now() + limit;
    while (Date.now() < end) {
      if (this.problems.length > 0) throw new Error(this.problems.join("\n"));
      const is = () => document.documentElement?.hasAttribute("data-ready") ?? false;
      // While the page is still on its way there is nothing to ask.
      if (await this.run(is).catch(() => false)) return true;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return false;
  }

  /** The bytes that the page's script holds, after what it let go of is gone. */
  async memory() {
    await this.send("HeapProfiler.collectGarbage");
    await this.send("HeapProfiler.collectGarbage");
    return this.send("Runtime.getHeapUsage");
  }

  close() {
    return this.#browser.send("Target.disposeBrowserContext", { browserContextId: this.#context });
  }
}
