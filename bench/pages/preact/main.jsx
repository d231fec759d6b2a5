// Preact and MiniSearch, with counts by a plain scan: about the lightest that does what this project's
// page does.

import { h, render } from "preact";
import { useMemo, useState } from "preact/hooks";
import MiniSearch from "minisearch";
import { Columns } from "../../lib/columns.js";
import { FACETS, SEARCHED, valuesOf } from "../../lib/facts.js";
import { facts as fetched, ready } from "../common.js";

const facts = await fetched();
const columns = new Columns(facts);
const search = new MiniSearch({ fields: SEARCHED });
search.addAll(facts);
const rowOf = new Map(facts.map((it, row) => [it.id, row]));

function Card({ fact }) {
  return (
    <article>
      <h2>{fact.title}</h2>
      <p>{fact.summary}</p>
      <p>{FACETS.flatMap((it) => valuesOf(fact, it.id)).join(" · ")}</p>
      <blockquote>{fact.quote}</blockquote><a href={fact.link}>Source</a>
      <blockquote>{fact["second-quote"]}</blockquote><cite>{fact["second-source"]}</cite>
    </article>
  );
}

function Facet({ facet, chosen, counts, onPress }) {
  return (
    <fieldset data-facet={facet.id}>
      <legend>{facet.label}</legend>
      <ul>
        {facet.values.map((it, at) => (
          <li key={it}>
            <label>
              <input type="checkbox" value={it} checked={chosen.includes(it)} onChange={() => onPress(facet.id, it)} /> {it} {counts[at]}
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

function App() {
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState({});
  const [most, setMost] = useState(20);
  const ranked = useMemo(() => {
    if (text.trim() === "") return undefined;
    // A slip is forgiven where nothing is as typed.
    const exactly = search.search(text, { prefix: true, combineWith: "AND" });
    const hits = exactly.length > 0 ? exactly : search.search(text, { prefix: true, combineWith: "AND", fuzzy: 0.2 });
    return hits.map((it) => rowOf.get(it.id));
  }, [text]);
  const answer = useMemo(() => {
    const has = ranked && new Set(ranked);
    return columns.ask(columns.asked(chosen), ranked ? Infinity : most, has && ((row) => has.has(row)));
  }, [ranked, chosen, most]);
  const shown = useMemo(() => {
    if (!ranked) return answer.first;
    const fits = new Set(answer.first);
    return ranked.filter((it) => fits.has(it)).slice(0, most);
  }, [ranked, answer, most]);
  const press = (facet, value) => {
    const before = chosen[facet] ?? [];
    const after = before.includes(value) ? before.filter((it) => it !== value) : [...before, value];
    const next = { ...chosen, [facet]: after };
    if (after.length === 0) delete next[facet];
    setChosen(next);
    setMost(20);
  };
  return (
    <main>
      <input type="search" aria-label="Search" value={text} onInput={(event) => setText(event.target.value)} />
      <div class="filters">
        {FACETS.map((it, at) => (
          <Facet key={it.id} facet={it} chosen={chosen[it.id] ?? []} counts={answer.counts[at]} onPress={press} />
        ))}
      </div>
      <p role="status">{answer.n} facts</p>
      {shown.map((it) => (
        <Card key={facts[it].id} fact={facts[it]} />
      ))}
      {answer.n > most && <button onClick={() => setMost(most + 20)}>More</button>}
    </main>
  );
}

render(<App />, document.body);
ready();
