// The facts as files: as JSON for the others, and as a dataset folder for this project.

import { createWriteStream } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { once } from "node:events";
import { join } from "node:path";
import { FACETS, facts, valueId, valuesOf } from "./facts.js";

const COLUMNS = ["id", "title", "summary", "link", "quote", "second-source", "second-quote"];

const cell = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const line = (fact) =>
  [...COLUMNS.map((it) => fact[it]), ...FACETS.map((it) => valuesOf(fact, it.id).join(";"))].map(cell).join(",");

const value = (it) => `  { id = "${valueId(it)}", label = "${it}" },\n`;

const about = () => `title = "Made up"
noun = { one = "fact", many = "facts" }

[table]
file = "facts.csv"
id = "id"
name = "title"
summary = "summary"
link = "link"

${FACETS.map(
  (it) => `[[facet]]
id = "${it.id}"
label = "${it.label}"
type = "${it.several ? "categories" : "category"}"
values = [
${it.values.map(value).join("")}]
`,
).join("\n")}
[[field]]
id = "quote"
label = "Quote"

[[field]]
id = "second-source"
label = "Second source"

[[field]]
id = "second-quote"
label = "Second quote"
`;

/** Writes lines one by one, however many, without holding them all. */
async function write(path, lines) {
  const file = createWriteStream(path);
  for (const it of lines) if (!file.write(it)) await once(file, "drain");
  file.end();
  await once(file, "finish");
}

function* first(n) {
  let left = n;
  for (const fact of facts()) {
    if (left === 0) return;
    left -= 1;
    yield fact;
  }
}

/** The first n facts. */
export const list = (n) => [...first(n)];

/** Writes the first n facts as a dataset folder. */
export async function writeFolder(folder, n) {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "dataset.toml"), about());
  await write(
    join(folder, "facts.csv"),
    (function* () {
      yield `${[...COLUMNS, ...FACETS.map((it) => it.id)].join(",")}\n`;
      for (const fact of first(n)) yield `${line(fact)}\n`;
    })(),
  );
}

/** Writes the first n facts as JSON. */
export async function writeJson(path, n) {
  await write(
    path,
    (function* () {
      let before = "[";
      for (const fact of first(n)) {
        yield before + JSON.stringify(fact);
        before = ",\n";
      }
      yield "]";
    })(),
  );
}
