// Counting without a library: a column of small numbers for each facet, gone through once for each
// question.

import { FACETS, valuesOf } from "./facts.js";

export class Columns {
  #columns;
  #n;

  constructor(facts) {
    this.#n = facts.length;
    // One bit for each value of a facet with several; one number where there is but one.
    this.#columns = FACETS.map((facet) => {
      const places = new Map(facet.values.map((it, at) => [it, at]));
      const column = facet.several ? new Uint32Array(facts.length) : new Uint8Array(facts.length);
      facts.forEach((fact, row) => {
        for (const value of valuesOf(fact, facet.id)) {
          column[row] = facet.several ? column[row] | (1 << places.get(value)) : places.get(value);
        }
      });
      return column;
    });
  }

  /** A selection in the form that is asked. */
  asked(selection) {
    return FACETS.map((facet) => {
      const chosen = selection[facet.id];
      if (!chosen) return undefined;
      const places = chosen.map((it) => facet.values.indexOf(it));
      if (facet.several) return places.reduce((all, it) => all | (1 << it), 0);
      const fits = new Uint8Array(facet.values.length);
      for (const it of places) fits[it] = 1;
      return fits;
    });
  }

  /**
   * How many rows fit, the first of them, and how many each value would show with its own facet's
   * choices left out; among those rows alone that `has` says yes to, if it is given.
   */
  ask(chosen, most, has = undefined) {
    const columns = this.#columns;
    const counts = FACETS.map((it) => new Uint32Array(it.values.length));
    const first = [];
    let n = 0;
    const count = (facet, row) => {
      const value = columns[facet][row];
      const of = counts[facet];
      if (!FACETS[facet].several) of[value] += 1;
      else for (let rest = value; rest !== 0; rest &= rest - 1) of[31 - Math.clz32(rest & -rest)] += 1;
    };
    for (let row = 0; row < this.#n; row += 1) {
      if (has !== undefined && !has(row)) continue;
      // One that fails a single facet counts for that one's values only; one that fails two, for none.
      let failed = -1;
      let n_failed = 0;
      for (let facet = 0; facet < FACETS.length && n_failed < 2; facet += 1) {
        const wanted = chosen[facet];
        if (wanted === undefined) continue;
        const value = columns[facet][row];
        const fits = FACETS[facet].several ? (value & wanted) !== 0 : wanted[value] === 1;
        if (!fits) {
          failed = facet;
          n_failed += 1;
        }
      }
      if (n_failed === 0) {
        n += 1;
        if (first.length < most) first.push(row);
        for (let facet = 0; facet < FACETS.length; facet += 1) count(facet, row);
      } else if (n_failed === 1) count(failed, row);
    }
    return { n, counts, first };
  }
}
