// What the pages of bench/ have in common: where their facts are, and a card of one as markup.

import { FACETS, valuesOf } from "../lib/facts.js";

const rows = new URLSearchParams(globalThis.location?.search).get("rows");

export const facts = async () => (await fetch(`/data/${rows}/facts.json`)).json();

const labels = (fact) => FACETS.flatMap((it) => valuesOf(fact, it.id)).join(" · ");

/** A card; the facts here have no character that markup would take for its own. */
export const card = (fact) => `<article>
<h2 class="title">${fact.title}</h2>
<p class="summary">${fact.summary}</p>
<p>${labels(fact)}</p>
<blockquote class="quote">${fact.quote}</blockquote><a href="${fact.link}">Source</a>
<blockquote class="second-quote">${fact["second-quote"]}</blockquote><cite class="second-source">${fact["second-source"]}</cite>
</article>`;

/** Check boxes for a facet; `onChange` is told of each press. */
export function fieldset(facet, onChange) {
  const set = document.createElement("fieldset");
  set.dataset.facet = facet.id;
  const boxes = facet.values.map((it) => `<li><label><input type="checkbox" value="${it}"> ${it}</label></li>`);
  set.innerHTML = `<legend>${facet.label}</legend><ul>${boxes.join("")}</ul>`;
  set.addEventListener("change", () => {
    onChange(facet.id, [...set.querySelectorAll(":checked")].map((it) => it.value));
  });
  return set;
}

/** Says that the page answers from now on, once it shows what it has. */
export const ready = () => requestAnimationFrame(() => document.documentElement.setAttribute("data-ready", ""));
