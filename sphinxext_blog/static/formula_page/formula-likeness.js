// @ts-check
/* Likeness of formulas: short stretches in common, then an alignment.

   The words of a formula in form N2 are cut into stretches (runs of neighbours), with their variables
   renamed by first occurrence inside the stretch, so that neither a local change nor another choice of
   letters spoils more than a few. They find candidates; an alignment of the whole word lists, under the
   renaming that most stretches speak for, ranks them. Sources are named in similar.py. */
(function () {
  'use strict';

  const blogFormulas = /** @type {any} */ (window).blogFormulas;

  /** Words that follow from the others. */
  const MARKS = new Set([',', ')', 'R(']);
  const STRETCH = 4;
  /** Lengths of the stretches that speak for a renaming. */
  const VOTING = [3, 5];
  const RENAMING_COST = 0.05;
  /** What holds the query is less like it than what is the query. */
  const PART = 0.85;
  /** How often a stretch of the other formula votes. */
  const MOST_VOTES = 8;

  /** @param {string} canonical text N2 @returns {string[]} its words that carry meaning: closing marks follow from the others */
  function skeleton(canonical) {
    return canonical.split(' ').filter((word) => !MARKS.has(word));
  }

  /** @param {string[]} words @returns {string[]} all features of a formula, in order, with repetition */
  function stretches(words) {
    const padded = ['^', ...words, '$'];
    return windows(padded, Math.min(STRETCH, padded.length)).map((window) => renamed(window).join(' '));
  }

  /** @param {string[]} words @returns {string[]} with their variables numbered by first occurrence */
  function renamed(words) {
    /** @type {Map<string, string>} */
    const names = new Map();
    return words.map((word) => {
      if (word[0] !== 'v') return word;
      if (!names.has(word)) names.set(word, `v${names.size}`);
      return /** @type {string} */ (names.get(word));
    });
  }

  /** @param {string[]} padded @param {number} length @returns {string[][]} */
  function windows(padded, length) {
    /** @type {string[][]} */
    const out = [];
    for (let n = 0; n + length <= padded.length; n++) out.push(padded.slice(n, n + length));
    return out;
  }

  /**
   * Stretches with renamed variables, and the variables that they renamed.
   * @param {string[]} padded @returns {{stretch: string, names: string[]}[]}
   */
  function renamedStretches(padded) {
    /** @type {{stretch: string, names: string[]}[]} */
    const out = [];
    for (const length of VOTING) {
      for (let start = 0; start + length <= padded.length; start++) {
        /** @type {string[]} */
        const names = [];
        let stretch = '';
        for (let n = start; n < start + length; n++) {
          const word = padded[n];
          if (word[0] !== 'v') {
            stretch += ` ${word}`;
            continue;
          }
          let name = names.indexOf(word);
          if (name < 0) name = names.push(word) - 1;
          stretch += ` v${name}`;
        }
        if (names.length) out.push({ stretch, names });
      }
    }
    return out;
  }

  /** Those of a query, which is compared with many. @type {WeakMap<string[], {stretch: string, names: string[]}[]>} */
  const known = new WeakMap();

  /**
   * The one-to-one renaming of the query's variables that most common stretches speak for.
   * @param {string[]} query @param {string[]} other @returns {Map<string, string>}
   */
  function renaming(query, other) {
    const mine = known.get(query) ?? renamedStretches(['^', ...query, '$']);
    known.set(query, mine);
    /** @type {Map<string, string[][]>} */
    const theirs = new Map(mine.map(({ stretch }) => [stretch, []]));
    for (const { stretch, names } of renamedStretches(['^', ...other, '$'])) theirs.get(stretch)?.push(names);
    /** @type {Map<string, {mine: string, yours: string, votes: number}>} */
    const pairs = new Map();
    for (const { stretch, names } of mine) {
      const found = theirs.get(stretch) ?? [];
      for (const candidate of found.slice(0, MOST_VOTES)) {
        names.forEach((name, n) => {
          const key = `${name} ${candidate[n]}`;
          const pair = pairs.get(key) ?? { mine: name, yours: candidate[n], votes: 0 };
          pair.votes += Math.floor(840 / found.length) + Number(pair.mine === pair.yours);
          pairs.set(key, pair);
        });
      }
    }
    /** @type {Map<string, string>} */
    const chosen = new Map();
    const taken = new Set();
    const ranked = [...pairs.values()].sort((a, b) => b.votes - a.votes ||
      Number(a.mine !== a.yours) - Number(b.mine !== b.yours) || compare(a.mine, b.mine) || compare(a.yours, b.yours));
    for (const pair of ranked) {
      if (chosen.has(pair.mine) || taken.has(pair.yours)) continue;
      chosen.set(pair.mine, pair.yours);
      taken.add(pair.yours);
    }
    return chosen;
  }

  /** @param {string} a @param {string} b @returns {number} order by code units, that of Python for all names of variables */
  function compare(a, b) {
    return Number(a > b) - Number(a < b);
  }

  /**
   * How much of two formulas is the same; other names for variables cost a little. A formula that holds
   * the like of the query among other things is less like it than one that is it.
   * @param {string[]} query @param {string[]} other @returns {number} in [0, 1]
   */
  function likeness(query, other) {
    const plain = similarity(query, other);
    const names = renaming(query, other);
    if ([...names].every(([mine, yours]) => mine === yours)) return plain;
    const renamed = query.map((word) => (word[0] === 'v' ? names.get(word) ?? `?${word}` : word));
    return Math.max(plain, similarity(renamed, other) - RENAMING_COST);
  }

  /**
   * One less the changes as a share of the longer; or of the query, where that is a part of the other.
   * @param {string[]} query @param {string[]} other @returns {number}
   */
  function similarity(query, other) {
    const longer = Math.max(query.length, other.length);
    if (!longer) return 1;
    const whole = 1 - changes(query, other, false) / longer;
    if (!query.length || query.length >= other.length) return whole;
    return Math.max(whole, PART * (1 - changes(query, other, true) / query.length));
  }

  /**
   * Words to put in, take out and replace.
   * @param {string[]} query @param {string[]} other @param {boolean} part whether the query may become any run of
   *   words in the other, not only all of it @returns {number}
   */
  function changes(query, other, part) {
    /** Numbers are compared faster than strings. @type {Map<string, number>} */
    const numbers = new Map();
    for (const word of query) if (!numbers.has(word)) numbers.set(word, numbers.size);
    const wanted = Int32Array.from(query, (word) => /** @type {number} */ (numbers.get(word)));
    const column = Int32Array.from({ length: query.length + 1 }, (_, n) => n);
    let best = query.length;
    for (let m = 0; m < other.length; m++) {
      const number = numbers.get(other[m]) ?? -1;
      let diagonal = column[0];
      let above = part ? 0 : m + 1;
      column[0] = above;
      for (let n = 1; n < column.length; n++) {
        const left = column[n];
        let least = diagonal + (wanted[n - 1] === number ? 0 : 1);
        if (left + 1 < least) least = left + 1;
        if (above + 1 < least) least = above + 1;
        column[n] = above = least;
        diagonal = left;
      }
      if (above < best) best = above;
    }
    return part ? best : column[query.length];
  }

  Object.assign(blogFormulas, { likeness, renaming, skeleton, stretches });
  blogFormulas.similar = { MARKS, STRETCH };
})();
