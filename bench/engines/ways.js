// How searches match, by kind, where an engine does the same for all kinds.

const all = (kinds, how) => Object.fromEntries(kinds.map((it) => [it, how]));

/** Words from their beginning. */
export const beginnings = all(["word", "prefix", "two words", "rare", "common"], "beginnings");

/** Whole words. */
export const whole = all(["word", "two words", "rare", "common"], "whole");

/** A word with a slip in it. */
export const slip = { slip: "slip" };
