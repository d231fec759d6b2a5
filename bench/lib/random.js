// Numbers that are the same on every machine.

/** A source of numbers from 0 to 1 (mulberry32, by Tommy Ettinger; public domain). */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A source of places in a list of n, the earlier the more often: the k-th as often as 1/k. */
export function zipf(n, next) {
  const ends = new Float64Array(n);
  let sum = 0;
  for (let k = 0; k < n; k += 1) {
    sum += 1 / (k + 1);
    ends[k] = sum;
  }
  return () => {
    const wanted = next() * sum;
    let low = 0;
    let high = n - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ends[middle] < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

/** One of a list. */
export const one = (list, next) => list[Math.floor(next() * list.length)];
