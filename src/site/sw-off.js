// Keeps nothing: takes away what an earlier version of this site kept, and then itself.
"use strict";
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(leave()));

async function leave() {
  const own = `fact-explorer ${new URL(registration.scope).pathname} `;
  const names = (await caches.keys()).filter((it) => it.startsWith(own));
  await Promise.all(names.map((it) => caches.delete(it)));
  await registration.unregister();
}
