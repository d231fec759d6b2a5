// Summing up measurements, and writing them.

/** The value below which a share of a list lies. */
export function quantile(list, share) {
  const sorted = [...list].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)];
  return low + (sorted[Math.ceil(at)] - low) * (at % 1);
}

export const median = (list) => quantile(list, 0.5);

/** Three digits that count: 0.0123, 1.23, 123, 12 300. */
export function digits(exact) {
  if (exact === 0) return "0";
  const number = Number(exact.toPrecision(3));
  const places = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(number))));
  const [whole, part] = number.toFixed(Math.min(places, 4)).split(".");
  return whole.replace(/\B(?=(\d{3})+$)/g, " ") + (part ? `.${part}` : "");
}

/** Bytes in KiB or MiB. */
export const bytes = (number) =>
  number < 1024 * 1024 ? `${digits(number / 1024)} KiB` : `${digits(number / 1024 / 1024)} MiB`;

/** A table as in Markdown; the first column is text, the others are numbers. */
export function table(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  const rule = `|---|${"---:|".repeat(head.length - 1)}`;
  return [line(head), rule, ...rows.map(line)].join("\n");
}
