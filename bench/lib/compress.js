// How large something is, as it is and as hosts send it.

import { promisify } from "node:util";
import zlib from "node:zlib";

const gzip = promisify(zlib.gzip);
const brotli = promisify(zlib.brotliCompress);

/** The levels for so many rows: the high ones take minutes for hundreds of megabytes. */
export const levels = (rows) => (rows > 10_000 ? { gzip: 6, brotli: 5 } : { gzip: 9, brotli: 9 });

export async function weigh(buffer, rows) {
  const level = levels(rows);
  const params = {
    [zlib.constants.BROTLI_PARAM_QUALITY]: level.brotli,
    [zlib.constants.BROTLI_PARAM_LGWIN]: 24,
    [zlib.constants.BROTLI_PARAM_SIZE_HINT]: buffer.length,
  };
  const sizes = await Promise.all([gzip(buffer, { level: level.gzip }), brotli(buffer, { params })]);
  return { raw: buffer.length, gzip: sizes[0].length, brotli: sizes[1].length };
}
