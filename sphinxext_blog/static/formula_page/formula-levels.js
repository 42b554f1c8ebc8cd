// @ts-check
/* How nearly a formula holds what is looked for: the same as levels.py. */
(function () {
  'use strict';

  const blogFormulas = /** @type {any} */ (window).blogFormulas;
  const SIDE = 3; // what a side's level is higher than an equation's
  const SMALLEST = 3; // symbols; what is smaller is found as a whole equation only, and only in its own letters

  /** @typedef {{canonical: [string, string, string], size: number}} Unit */

  /** @param {Unit} unit @param {number} shift @param {Unit} mine @returns {number} on which level one holds the other, 0: not */
  function levelOf(unit, shift, mine) {
    const n = unit.canonical.findIndex((text, n) => text === mine.canonical[n]);
    const level = n + 1 + shift;
    return n >= 0 && level <= (unit.size < SMALLEST ? 2 : 2 * SIDE) ? level : 0;
  }

  /**
   * The least level up to which each row finds a column of its own: Kuhn's augmenting paths.
   * @param {number[][]} levels @returns {number} 0 for none
   */
  function weakest(levels) {
    const known = [...new Set(levels.flat())].filter((level) => level).sort((a, b) => a - b);
    return known.find((worst) => {
      /** @type {Map<number, number>} */
      const rows = new Map();
      /** @type {(row: number, seen: Set<number>) => boolean} those that have a column move where they can */
      const finds = (row, seen) => levels[row].some((level, column) => {
        if (!level || level > worst || seen.has(column)) return false;
        seen.add(column);
        const holder = rows.get(column);
        if (holder !== undefined && !finds(holder, seen)) return false;
        rows.set(column, row);
        return true;
      });
      return levels.every((_, row) => finds(row, new Set()));
    }) ?? 0;
  }

  blogFormulas.levels = { SIDE, SMALLEST, levelOf, weakest };
})();
