// InstantSearch.js, with a client that answers here instead of asking a server: counts by a plain
// scan, texts gone through in small letters.

import instantsearch from "instantsearch.js/es";
import { configure, hits, pagination, refinementList, searchBox, stats } from "instantsearch.js/es/widgets";
import { Columns } from "../../lib/columns.js";
import { FACETS, searched, valuesOf } from "../../lib/facts.js";
import { facts as fetched, ready } from "../common.js";

const facts = await fetched();
const columns = new Columns(facts);
const texts = facts.map((it) => ` ${searched(it).join(" ").toLowerCase()}`);

/** The answer to one of the questions that a page asks at once. */
function answer({ indexName, params = {} }) {
  const { query = "", facetFilters = [], facets = [], page = 0, hitsPerPage = 20 } = params;
  const selection = {};
  for (const filter of [facetFilters].flat(2)) {
    const [facet, value] = filter.split(":");
    selection[facet] = [...(selection[facet] ?? []), value];
  }
  const words = query.toLowerCase().split(/\s+/).filter(Boolean).map((it) => ` ${it}`);
  const has = words.length > 0 ? (row) => words.every((it) => texts[row].includes(it)) : undefined;
  const { n, counts, first } = columns.ask(columns.asked(selection), (page + 1) * hitsPerPage, has);
  const wanted = new Set([facets].flat());
  const counted = FACETS.map((facet, at) => [
    facet.id,
    Object.fromEntries(facet.values.map((it, place) => [it, counts[at][place]]).filter((it) => it[1] > 0)),
  ]);
  return {
    index: indexName,
    hits: first.slice(page * hitsPerPage).map((it) => ({ ...facts[it], objectID: facts[it].id })),
    nbHits: n,
    page,
    hitsPerPage,
    nbPages: Math.ceil(n / hitsPerPage),
    facets: Object.fromEntries(counted.filter((it) => wanted.has("*") || wanted.has(it[0]))),
    exhaustiveFacetsCount: true,
    exhaustiveNbHits: true,
    processingTimeMS: 1,
    query,
    params: "",
  };
}

const search = instantsearch({
  indexName: "facts",
  searchClient: { search: async (requests) => ({ results: requests.map(answer) }) },
});

const filters = document.querySelector(".filters");
const lists = FACETS.map((facet) => {
  const set = document.createElement("fieldset");
  set.dataset.facet = facet.id;
  set.innerHTML = `<legend>${facet.label}</legend><div></div>`;
  filters.append(set);
  return refinementList({ container: set.querySelector("div"), attribute: facet.id, limit: 40, sortBy: ["name:asc"] });
});

search.addWidgets([
  configure({ hitsPerPage: 20 }),
  searchBox({ container: "#search" }),
  stats({ container: "[role=status]", templates: { text: ({ nbHits }) => `${nbHits} facts` } }),
  pagination({ container: "#pages" }),
  hits({
    container: "#hits",
    templates: {
      item: (fact, { html }) => html`<article>
        <h2>${fact.title}</h2>
        <p>${fact.summary}</p>
        <p>${FACETS.flatMap((it) => valuesOf(fact, it.id)).join(" · ")}</p>
        <blockquote>${fact.quote}</blockquote><a href=${fact.link}>Source</a>
        <blockquote>${fact["second-quote"]}</blockquote><cite>${fact["second-source"]}</cite>
      </article>`,
    },
  }),
  ...lists,
]);
search.once("render", ready);
search.start();
