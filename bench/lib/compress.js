// How large something is, as it is and as hosts send it.

import { promisify } from "node:util";
import zlib from "node:zlib";

const gzip = promisify(zlib.gzip);
const brotli = promisify(zlib.brotliCompress);

/** The same levels at every size: brotli's highest takes minutes for a hundred megabytes. */
export const LEVELS = "gzip 9, brotli 9";

export async function weigh(buffer) {
  const params = {
    [zlib.constants.BROTLI_PARAM_QUALITY]: 9,
    [zlib.constants.BROTLI_PARAM_LGWIN]: 24,
    [zlib.constants.BROTLI_PARAM_SIZE_HINT]: buffer.length,
  };
  return { raw: buffer.length, gzip: (await gzip(buffer, { level: 9 })).length, brotli: (await brotli(buffer, { params })).length };
}
