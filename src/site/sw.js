// Keeps the whole site, so that it can be read without a network. The build puts in which files it
// has, and a version that changes with any of them (src/site/offline.rs).
//
// A page is answered from one version, never from two. A new version is fetched beside the one in
// use, whole and checked file by file, or not at all; it then waits until a reader asks for it
// (offline.js) or no page of the old one is open. Pages that are open when the version changes stay
// with theirs until they are loaded again, and so the version before is kept, too.
"use strict";

const VERSION = VERSION_OF_THE_SITE;
// The digest of each file, by its path.
const FILES = FILES_OF_THE_SITE;

const scope = new URL(registration.scope);
// Other explorers, and other programs, may keep things on the same host.
const OWN = `fact-explorer ${scope.pathname} `;
const NAME = OWN + VERSION;
const at = (path) => new URL(path, scope).href;
// Where the version in use keeps what it must not forget while it is asleep: the name of the version
// before, and the pages that belong to that.
const STATE = at("sw.js?state");

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("message", ({ data, source }) => {
  if (data === "newer?") source.postMessage("newer");
  if (data === "use") skipWaiting();
});
addEventListener("fetch", (event) => {
  const path = wanted(event.request);
  if (path !== null) event.respondWith(answer(event, path));
});

async function install() {
  const responses = await Promise.all(
    Object.entries(FILES).map(async ([path, integrity]) => {
      const response = await fetch(at(path), { cache: "no-cache", integrity });
      if (!response.ok) throw new Error(`${path}: ${response.status}`);
      // Some hosts lead from about.html to about; a page can't be opened with such an answer.
      return [path, response.redirected ? new Response(response.body, response) : response];
    }),
  );
  // After a step back to an earlier version its pages may still be open.
  const known = await caches.has(NAME);
  const cache = await caches.open(NAME);
  try {
    await Promise.all(responses.map(([path, response]) => cache.put(at(path), response)));
  } catch (error) {
    if (!known) await caches.delete(NAME);
    throw error;
  }
}

async function activate() {
  const names = (await caches.keys()).filter((it) => it.startsWith(OWN));
  const others = names.filter((it) => it !== NAME);
  const states = await Promise.all(others.map((cacheName) => caches.match(STATE, { cacheName })));
  const before = others.find((_, number) => states[number]);
  const pages = before ? (await clients.matchAll()).map((it) => it.id) : [];
  const cache = await caches.open(NAME);
  await cache.put(STATE, Response.json({ before, pages }));
  if (before) await (await caches.open(before)).delete(STATE);
  // In the order in which they were made: a later one may be arriving just now.
  const older = names.slice(0, names.indexOf(NAME)).filter((it) => it !== before);
  await Promise.all(older.map((it) => caches.delete(it)));
  // The page that brought the first version needs the network no more.
  if (!before) await clients.claim();
}

let remembered;
async function remember() {
  const state = await caches.match(STATE, { cacheName: NAME });
  return state ? state.json() : { pages: [] };
}

// The path of what a request is for; null where that can't be a file of the site.
function wanted(request) {
  const url = new URL(request.url);
  const inside = url.origin === scope.origin && url.pathname.startsWith(scope.pathname);
  if (request.method !== "GET" || !inside) return null;
  let path = url.pathname.slice(scope.pathname.length);
  if (path === "" || path.endsWith("/")) path += "index.html";
  else if (!path.split("/").pop().includes(".")) path += ".html";
  // A page reads its query itself.
  return path.endsWith(".html") || url.search === "" ? path : null;
}

async function kept({ request, clientId }, path) {
  const { before, pages } = await (remembered ??= remember());
  const isOld = request.mode !== "navigate" && pages.includes(clientId);
  return caches.match(at(path), { cacheName: isOld ? before : NAME, ignoreVary: true });
}

async function answer(event, path) {
  let response;
  try {
    response = await kept(event, path);
  } catch {
    // A browser may refuse what it has kept, or have lost a part of it. The network has it all.
    remembered = undefined;
  }
  return response ?? fetch(event.request);
}
