// list.js: over cards that are in the page already; with many facts, from their JSON. It has no
// counts of its own.

import List from "list.js";
import { FACETS, SEARCHED, valuesOf } from "../../lib/facts.js";
import { card, facts, fieldset, ready } from "../common.js";

const options = { page: 20, pagination: { outerWindow: 1 }, valueNames: [...SEARCHED] };
const status = document.querySelector("[role=status]");

let list;
let of;
if (document.querySelector("article")) {
  list = new List("facts", options);
  // Which values a card has stands in its attributes.
  of = (item, facet) => item.elm.getAttribute(`data-${facet}`).split(";");
} else {
  const all = await facts();
  list = new List("facts", { ...options, item: card }, all);
  of = (item, facet) => valuesOf(item.values(), facet);
}

const chosen = {};
const filters = document.querySelector(".filters");
for (const facet of FACETS) {
  filters.append(
    fieldset(facet, (id, values) => {
      if (values.length > 0) chosen[id] = new Set(values);
      else delete chosen[id];
      const some = Object.entries(chosen);
      list.filter(some.length > 0 ? (item) => some.every(([it, set]) => of(item, it).some((value) => set.has(value))) : undefined);
    }),
  );
}
const tell = () => {
  status.textContent = `${list.matchingItems.length} facts`;
};
list.on("updated", tell);
tell();
ready();
