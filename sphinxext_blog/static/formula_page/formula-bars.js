// @ts-check
/* Which bars of a formula are a pair: the ones in |x| + |y|, none in P(A | B).

   LaTeX has one sign for both sides of an absolute value, so that only its neighbours tell which side a bar
   is. As far as wildcards are concerned a pair is a bracket: a wildcard takes both or none. The specification
   is docs/formulas-specification.rst. */
(function () {
  'use strict';

  const blogFormulas = /** @type {any} */ (window).blogFormulas;

  const BARS = new Set(['o|', 'oVert']);
  /** Operators that may stand before a term without one. */
  const SIGNS = new Set(['o+', 'o-', 'opm', 'omp']);
  /** Operators between two terms. */
  const JOINING = new Set([
    ...SIGNS,
    ...'* / times cdot div circ bullet odot otimes oplus ominus oslash cup cap setminus wedge vee'.split(' ')
      .map((name) => `o${name}`),
  ]);
  /** Classes of leaves behind which a bar begins something: relations, punctuation, functions. */
  const NO_END = new Set('rpf');

  /** What is known of a row, or of the parts of another node, while it is read. */
  class Row {
    /** @param {string} opener */
    constructor(opener) {
      this.opener = opener;
      /** A term ends where the row is read. */
      this.after = false;
      /** Of scripts, whether a term ends with their base. @type {boolean | null} */
      this.base = null;
      /** Bars that found no partner yet. @type {number[]} */
      this.opened = [];
      /** How many of each kind there are of these. @type {Map<string, number>} */
      this.count = new Map();
    }

    /** @param {string} word @param {number} change */
    counted(word, change) {
      this.count.set(word, (this.count.get(word) ?? 0) + change);
    }

    /**
     * Pair a bar with the innermost open one of its kind.
     * @param {string} bar @param {number} at @param {string[]} words @param {Int8Array} sides
     * @returns {boolean} if there is one
     */
    close(bar, at, words, sides) {
      if (!this.count.get(bar)) return false;
      let found = /** @type {number} */ (this.opened.pop());
      while (words[found] !== bar) {
        this.counted(words[found], -1);
        found = /** @type {number} */ (this.opened.pop());
      }
      this.counted(bar, -1);
      sides[found] = 1;
      sides[at] = -1;
      return true;
    }

    /** Pair the bars that are left. @param {string[]} words @param {Int8Array} sides */
    settle(words, sides) {
      const left = this.opened;
      for (let n = 0; n + 1 < left.length; n++) {
        if (words[left[n]] !== words[left[n + 1]] || left[n] + 1 >= left[n + 1]) continue;
        sides[left[n]] = 1;
        sides[left[n + 1]] = -1;
        n++;
      }
      this.opened = [];
      this.count = new Map();
    }
  }

  /**
   * For each word 1 where the first bar of a pair stands, with its scripts; -1 for the second; else 0.
   *
   * A bar behind a term closes the innermost open one of its kind in its row; elsewhere it opens. Bars that
   * are left alone so (`|\text{Aut}|`) are pairs in their order, unless nothing stands between them.
   * @param {string[]} words canonical words @param {string} end the word that closes an equation
   * @returns {Int8Array}
   */
  function barSides(words, end) {
    const sides = new Int8Array(words.length);
    let rows = [new Row('')];
    words.forEach((word, at) => {
      const row = rows[rows.length - 1];
      if (word === end) {
        for (const open of rows) open.settle(words, sides);
        rows = [new Row('')];
      } else if (word >= 'A' && word[0] <= 'Z') {
        if (word === 'S(' && row.after && BARS.has(words[at + 1])) row.close(words[at + 1], at, words, sides);
        rows.push(new Row(word));
      } else if (word === ')' && rows.length > 1) {
        row.settle(words, sides);
        rows.pop();
        rows[rows.length - 1].after = row.base !== false;
      } else if (word === ',' && row.opener !== 'R(' && rows.length > 1) {
        if (row.opener === 'S(' && row.base === null) row.base = row.after;
        row.settle(words, sides);
        row.after = false;
      } else if (!BARS.has(word)) {
        row.after = !JOINING.has(word) && !NO_END.has(word[0]);
      } else if (row.opener === 'S(') {
        row.after = true; // the side of an absolute value is told by the row around
      } else if (!(row.after && row.close(word, at, words, sides))) {
        row.opened.push(at);
        row.counted(word, 1);
        row.after = false;
      }
    });
    for (const row of rows) row.settle(words, sides);
    return sides;
  }

  blogFormulas.bars = { JOINING, SIGNS, barSides };
})();
