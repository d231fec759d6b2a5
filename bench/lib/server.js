// A plain server for files: gzip for text as static hosts do, ranges, nothing kept by the browser.

import { createServer } from "node:http";
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { promisify } from "node:util";
import zlib from "node:zlib";

const gzip = promisify(zlib.gzip);

const TYPES = {
  ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
  ".json": "application/json", ".svg": "image/svg+xml", ".wasm": "application/wasm", ".csv": "text/csv; charset=utf-8",
  ".webmanifest": "application/manifest+json", ".xml": "application/xml", ".png": "image/png", ".txt": "text/plain; charset=utf-8",
};

/**
 * Serves folders: `places` has pairs of a path's beginning and the folder behind it. What pages send to
 * `/saved/…` is handed out again at the same path; `onSaved` is told of its path and its bytes, and what
 * it gives is the answer to whoever sent it.
 */
export class Server {
  #server;
  #places;
  #packed = new Map();
  /** By path, what pages have sent. */
  saved = new Map();
  /** Each answer: path, bytes of the body, and when. */
  log = [];

  static async start(places, onSaved) {
    const server = new Server();
    server.#places = places;
    server.#server = createServer((request, response) => {
      server.#answer(request, response, onSaved).catch((problem) => {
        if (!response.headersSent) response.writeHead(500);
        response.end(String(problem));
      });
    });
    // A port that is free, and that pages take for a secure place as they do localhost.
    await new Promise((resolve) => server.#server.listen(0, "127.0.0.1", resolve));
    server.origin = `http://127.0.0.1:${server.#server.address().port}`;
    return server;
  }

  close() {
    this.#server.closeAllConnections?.();
    return new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request, response, onSaved) {
    const path = decodeURIComponent(new URL(request.url, this.origin).pathname);
    // A clock of 5 microseconds instead of 100 is for pages that are apart from others.
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
    response.setHeader("Cache-Control", "no-store");
    if (path.startsWith("/saved/")) {
      if (request.method === "POST") {
        const parts = [];
        for await (const part of request) parts.push(part);
        this.saved.set(path, Buffer.concat(parts));
        response.setHeader("Content-Type", "application/json");
        response.end(JSON.stringify(await onSaved(path, this.saved.get(path))));
        return;
      }
      response.end(this.saved.get(path));
      return;
    }
    const file = await this.#file(path);
    if (!file) {
      response.writeHead(404);
      response.end();
      return;
    }
    const type = TYPES[extname(file.path)];
    response.setHeader("Content-Type", type ?? "application/octet-stream");
    const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "");
    if (range) {
      const start = Number(range[1]);
      const end = Math.min(range[2] === "" ? Infinity : Number(range[2]), file.size - 1);
      if (start > end) {
        response.writeHead(416, { "Content-Range": `bytes */${file.size}` });
        response.end();
        return;
      }
      this.log.push({ path, bytes: end - start + 1, at: Date.now() });
      response.writeHead(206, {
        "Content-Range": `bytes ${start}-${end}/${file.size}`,
        "Content-Length": end - start + 1,
      });
      createReadStream(file.path, { start, end }).pipe(response);
      return;
    }
    response.setHeader("Accept-Ranges", "bytes");
    // Great files are data for the engines, on a line that costs nothing.
    const packs = file.size < 8e6 && /gzip/.test(request.headers["accept-encoding"] ?? "") && extname(file.path) !== ".png";
    if (!packs) {
      this.log.push({ path, bytes: file.size, at: Date.now() });
      response.setHeader("Content-Length", file.size);
      createReadStream(file.path).pipe(response);
      return;
    }
    const key = `${file.path} ${file.mtimeMs}`;
    if (!this.#packed.has(key)) this.#packed.set(key, await gzip(await readFile(file.path), { level: 9 }));
    const body = this.#packed.get(key);
    this.log.push({ path, bytes: body.length, at: Date.now() });
    response.setHeader("Content-Encoding", "gzip");
    response.setHeader("Content-Length", body.length);
    response.end(body);
  }

  async #file(path) {
    for (const [beginning, folder] of this.#places) {
      if (!path.startsWith(beginning)) continue;
      const inside = normalize(path.slice(beginning.length)).replace(/^(\.\.(\/|$))+/, "");
      const full = join(folder, inside === "." || inside === "" || inside.endsWith("/") ? join(inside, "index.html") : inside);
      const found = await stat(full).catch(() => undefined);
      if (found?.isFile()) return { path: full, size: found.size, mtimeMs: found.mtimeMs };
    }
    return undefined;
  }
}
