// DataTables: rows of a table; check boxes by its own column filters. It has no counts of its own.

import DataTable from "datatables.net-dt";
import "datatables.net-dt/css/dataTables.dataTables.css";
import { FACETS, valuesOf } from "../../lib/facts.js";
import { facts, fieldset, ready } from "../common.js";

const shown = ["title", "summary"];
const searchedOnly = ["quote", "second-source", "second-quote"];
const columns = [
  ...shown.map((it) => ({ data: it, title: it })),
  ...FACETS.map((it) => ({ data: it.id, title: it.label, render: (value) => [value].flat().join(", ") })),
  ...searchedOnly.map((it) => ({ data: it, visible: false })),
];
const status = document.querySelector("[role=status]");

const table = new DataTable("#facts", { data: await facts(), columns, pageLength: 20, lengthChange: false, order: [] });

const filters = document.querySelector(".filters");
FACETS.forEach((facet, at) => {
  filters.append(
    fieldset(facet, (id, values) => {
      const chosen = new Set(values);
      const fits = values.length > 0 ? (text, fact) => valuesOf(fact, id).some((it) => chosen.has(it)) : null;
      table.column(shown.length + at).search.fixed("facet", fits).draw();
    }),
  );
});
const tell = () => {
  status.textContent = `${table.page.info().recordsDisplay} facts`;
};
table.on("draw", tell);
tell();
ready();
