// @ts-check
/* Whether a formula has the form of a pattern with wildcards.

   Pattern and formula are lists of canonical words (form N2), which open and close every inner node. So
   one walk along both lists decides; only a wildcard has a choice, of how many nodes of its row it takes.
   The specification is docs/formulas-specification.rst; steps are counted as in matching.py, so that both
   give up at the same word. */

/** @typedef {'whole' | 'side' | 'part'} FormulaMatchKind Each equation of the pattern is a whole equation; a whole one or
   a side; any part. */
/**
 * @typedef {object} FormulaMatch How a formula has the form of a pattern.
 * @property {FormulaMatchKind} kind
 * @property {[string, string][]} binding what each wildcard stands for, as text N2, in the order of the pattern's names
 * @property {[number, number][]} spans the places of these texts: first and past-the-last among the words of all
 *   equations, each closed by `;`
 */

(function () {
  'use strict';

  const blogFormulas = /** @type {any} */ (window).blogFormulas;
  const { alignments } = blogFormulas.unpacked;
  const { JOINING, SIGNS, barSides } = blogFormulas.bars;
  const { END, isBare, isWild } = blogFormulas.patterns;

  /** Words that may be read and compared to decide about one formula. */
  const MAX_STEPS = 20000;
  /** The same for all formulas of one query. */
  const MAX_QUERY_STEPS = 300000;

  /** @type {FormulaMatchKind[]} */
  const KINDS = ['whole', 'side', 'part'];
  const TRIMMED = new Set(['p,', 'p.', 'p;', 'p:']);

  /** @typedef {[number, number]} Span First and past-the-last word of what a wildcard stands for; [0, 0]: nothing yet. */
  /**
   * @typedef {object} Region Where an equation of a pattern may begin, and where it has to end.
   * @property {number} equation
   * @property {number} start
   * @property {number} goal past the last word; 0: anywhere in the row
   */
  /** @typedef {{left: number}} Steps A budget, used up by the searches that share it. */

  /** @type {Span} */
  const UNBOUND = [0, 0];

  /**
   * Whether a formula has the form of a pattern.
   *
   * The equations of a pattern are looked for in as many equations of the formula, in the same order. When
   * the steps are used up the answer is no.
   * @param {FormulaPattern} pattern
   * @param {string[]} texts canonical texts N2 of the formula's equations, in order
   * @param {Steps} [steps]
   * @returns {FormulaMatch | null} the best kind of match
   */
  function matches(pattern, texts, steps = { left: MAX_STEPS }) {
    const formula = new Formula(texts, !pattern.names.length);
    steps.left -= formula.words.length;
    // A wildcard takes a word at least.
    if (!pattern.words.length || pattern.words.length > formula.words.length) return null;
    const several = pattern.words.indexOf(END) + 1 < pattern.words.length;
    let seen = new States();
    for (const kind of KINDS) {
      const spans = search(pattern, formula, formula.regions(kind), seen, steps);
      if (spans) {
        const binding = pattern.names.map((name, n) => (
          /** @type {[string, string]} */ ([name, formula.words.slice(...spans[n]).join(' ')])));
        return { kind, binding, spans };
      }
      if (several) seen = new States(); // where the next equation may stand depends on the kind
    }
    return null;
  }

  /**
   * The formulas that have the form of a pattern: whole equations, then sides, then parts.
   * @param {FormulaPattern} pattern
   * @param {Iterable<[number, string[]]> | AsyncIterable<[number, string[]]>} formulas their numbers and canonical
   *   texts N2, the most welcome first; of equal kinds this order is kept. Once as many as asked for are
   *   whole no more are read.
   * @param {number} limit how many are wanted
   * @returns {Promise<[number, FormulaMatch][]>}
   */
  async function bestMatches(pattern, formulas, limit) {
    /** @type {Record<FormulaMatchKind, [number, FormulaMatch][]>} */
    const found = { whole: [], side: [], part: [] };
    let left = MAX_QUERY_STEPS;
    for await (const [number, texts] of formulas) {
      if (left <= 0 || found.whole.length >= limit) break;
      const given = Math.min(left, MAX_STEPS);
      const steps = { left: given };
      const match = matches(pattern, texts, steps);
      left -= given - steps.left;
      if (match) found[match.kind].push([number, match]);
    }
    return KINDS.flatMap((kind) => found[kind]).slice(0, limit);
  }

  /** The words of a formula, with what a search asks about each. */
  class Formula {
    /** @param {string[]} texts @param {boolean} exact */
    constructor(texts, exact) {
      /** @type {string[]} */
      this.words = [];
      /** Past the last word of the node that begins here; 0: none does. @type {number[]} */
      this.ends = [];
      /** What stands here has no neighbours: an argument, a script, a cell. @type {boolean[]} */
      this.alone = [];
      /** A relation of an equation's own row begins here. @type {boolean[]} */
      this.relations = [];
      /** @type {Region[]} */
      this.equations = [];
      /** @type {Region[][]} */
      this.sides = [];
      for (const text of texts) this._read(text, exact);
      /** Which side of a pair a bar is. @type {Int8Array} */
      this.bars = barSides(this.words, END);
    }

    /** @param {string} text @param {boolean} exact */
    _read(text, exact) {
      const start = this.words.length;
      /** @type {number[]} */
      const opened = [];
      let alone = false;
      for (const word of [...text.split(' '), END]) {
        const at = this.words.length;
        // Which d is a differential depends on what the wildcards stand for.
        this.words.push(word === 'cd' && !exact ? 'vd' : word);
        this.ends.push(isBetween(word, 'a', 'z') ? at + 1 : 0);
        this.alone.push(alone);
        this.relations.push(false);
        if (isBetween(word, 'A', 'Z')) {
          opened.push(at);
          alone = this._parts(opened);
        } else if (word === ')' && opened.length) {
          this.ends[/** @type {number} */ (opened.pop())] = at + 1;
          alone = this._parts(opened);
        }
      }
      this._cut(start);
    }

    /** @param {number[]} opened @returns {boolean} whether the innermost node keeps its kids apart */
    _parts(opened) {
      if (!opened.length || this.words[opened[opened.length - 1]] !== 'R(') return opened.length > 0;
      const table = opened.length > 1 ? this.words[opened[opened.length - 2]] : '';
      return table[0] === 'M' && !alignments.has(table.slice(2, -1));
    }

    /** Find the relations and the sides of an equation, as sidesOf does in a tree. @param {number} start */
    _cut(start) {
      const number = this.equations.length;
      const end = this.words.length - 1;
      /** @type {Region[]} */
      const sides = [];
      let related = false;
      let first = start;
      let at = start;
      while (at <= end) {
        let base = at;
        while (this.words[base] === 'S(') base++; // a relation with a script on it is a relation
        this.relations[at] = this.words[base][0] === 'r';
        related ||= this.relations[at];
        const following = this.ends[at] || at + 1;
        if (this.relations[at] || at === end) {
          let last = at;
          while (first < last && TRIMMED.has(this.words[last - 1])) last--;
          while (first < last && TRIMMED.has(this.words[first])) first++;
          if (first < last) sides.push({ equation: number, start: first, goal: last });
          first = following;
        }
        at = following;
      }
      this.equations.push({ equation: number, start, goal: end });
      this.sides.push(related ? sides : []);
    }

    /** @param {FormulaMatchKind} kind @returns {Region[]} where a match of this kind may stand, or a better one */
    regions(kind) {
      /** @type {Region[]} */
      const out = [];
      for (const region of this.equations) {
        out.push(region);
        if (kind === 'side') {
          for (const side of this.sides[region.equation]) out.push(side);
        } else if (kind === 'part') {
          for (let at = region.start; at < region.goal; at++) {
            if (!this.ends[at]) continue;
            out.push({ equation: region.equation, start: at, goal: this.alone[at] ? this.ends[at] : 0 });
          }
        }
      }
      return out;
    }

    /**
     * What a wildcard can stand for that begins at a word, the shortest first.
     * @param {number} at @param {Span} bound what it stands for already
     * @param {boolean} sole it takes one node, and brackets behind it
     * @param {Steps} steps
     * @returns {{past: number, span: Span}[]} past the last word, and the words without the mark of a row around them
     */
    choices(at, bound, sole, steps) {
      const { words, ends, relations } = this;
      const alone = this.alone[at];
      if (!ends[at] || !(alone || mayBegin(words, at))) return [];
      const first = alone && words[at] === 'R(' ? at + 1 : at;
      if (bound[1]) {
        const length = bound[1] - bound[0];
        let n = 0;
        while (n < length && words[bound[0] + n] === words[first + n] && !relations[first + n]) n++;
        steps.left -= n;
        const past = first === at ? first + n : first + n + 1;
        return n === length && (!alone || past === ends[at]) ? [{ past, span: bound }] : [];
      }
      if (alone) return [{ past: ends[at], span: [first, ends[at] - (first - at)] }];
      /** @type {{past: number, span: Span}[]} */
      const out = [];
      let past = at;
      let inside = 0;
      while (ends[past] && !relations[past]) {
        inside += this.bars[past];
        past = ends[past];
        steps.left--;
        if (inside < 0) break; // the bar's partner stands before
        if (!inside && mayEnd(words[past - 1])) out.push({ past, span: [at, past] });
        if (sole && !words[past].startsWith('P:')) break;
      }
      return out;
    }
  }

  /** @param {string} word @param {string} low @param {string} high @returns {boolean} whether its first letter is in a range */
  function isBetween(word, low, high) {
    return low <= word && word[0] <= high; // nothing at all is before all letters
  }

  /** @param {string[]} words @param {number} at @returns {boolean} whether a term can begin here: not with an operator, unless it is a sign */
  function mayBegin(words, at) {
    if (!SIGNS.has(words[at])) return mayEnd(words[at]);
    const before = at ? words[at - 1] : END;
    return before === END || before.endsWith('(') || !mayEnd(before);
  }

  /** @param {string} word @returns {boolean} whether a term can end with it: not with an operator, a relation or punctuation */
  function mayEnd(word) {
    return !JOINING.has(word) && word[0] !== 'r' && word[0] !== 'p';
  }

  /** The states that a search met, which led to nothing. */
  class States {
    constructor() {
      /** By the place in the pattern. @type {Map<number, Set<number | string>>} */
      this.met = new Map();
    }

    /** @param {number} at @param {number | string} state @returns {boolean} whether it is new */
    add(at, state) {
      let met = this.met.get(at);
      if (!met) this.met.set(at, met = new Set());
      const { size } = met;
      return met.add(state).size > size;
    }
  }

  /** @param {FormulaPattern} pattern @returns {[number, number][]} the wildcards that come again, by number, each with its last place */
  function repeated({ words, names }) {
    const numbers = new Map(names.map((name, n) => [name, n]));
    /** @type {Set<number>} */
    const met = new Set();
    /** @type {Map<number, number>} */
    const again = new Map();
    words.forEach((word, at) => {
      if (!isWild(word)) return;
      const number = /** @type {number} */ (numbers.get(word.slice(1)));
      if (met.has(number)) again.set(number, at);
      met.add(number);
    });
    return [...again];
  }

  /**
   * Where the wildcards of a pattern stand in a formula.
   *
   * Depth first. What is left to do depends on the place in the pattern, the place in the formula, the goal
   * and those names that are still to come again; no such state is visited twice.
   * @param {FormulaPattern} pattern @param {Formula} formula @param {Region[]} regions @param {States} seen
   * @param {Steps} steps
   * @returns {Span[] | null}
   */
  function search(pattern, formula, regions, seen, steps) {
    const program = pattern.words;
    /** Operators without limits. */
    const bare = pattern.words.map((_, at) => isBare(pattern, at));
    const { words } = formula;
    const numbers = new Map(pattern.names.map((name, n) => [name, n]));
    const again = repeated(pattern);
    const unbound = pattern.names.map(() => UNBOUND);
    /**
     * Past what stands for a word of the pattern that is no wildcard; 0: something else is there.
     * @param {number} at @param {number} place @returns {number}
     */
    const pastConstant = (at, place) => {
      if (program[at] === words[place]) return place + 1;
      return bare[at] && words[place] === 'S(' && words[place + 1] === program[at] ? formula.ends[place] : 0;
    };
    /** @type {{at: number, place: number, region: number, spans: Span[]}[]} */
    const stack = [];
    let untried = 0;
    while (steps.left > 0) {
      if (!stack.length) {
        if (untried === regions.length) return null;
        stack.push({ at: 0, place: regions[untried].start, region: untried, spans: unbound });
        untried++;
      }
      const { region, spans, ...top } = /** @type {{at: number, place: number, region: number, spans: Span[]}} */ (stack.pop());
      let { at, place } = top;
      const { equation, goal } = regions[region];
      steps.left--;
      // The place is in one equation, so that there is no need to name it.
      const state = place * (words.length + 1) + goal;
      let bound = '';
      for (const [n, last] of again) if (last >= at) bound += `:${spans[n][0]}-${spans[n][1]}`;
      if (!seen.add(at, bound ? state + bound : state)) continue;
      while (program[at] !== END) {
        const past = pastConstant(at, place);
        if (!past) break;
        at++;
        place = past;
        steps.left--;
      }
      const word = program[at];
      if (isWild(word)) {
        const number = /** @type {number} */ (numbers.get(word.slice(1)));
        const choices = formula.choices(place, spans[number], word[0] === '!', steps);
        const fixed = program[at + 1] !== END && !isWild(program[at + 1]);
        for (let n = choices.length - 1; n >= 0; n--) {
          const { past, span } = choices[n];
          if (fixed && !pastConstant(at + 1, past)) continue;
          const chosen = spans.slice();
          chosen[number] = span;
          stack.push({ at: at + 1, place: past, region, spans: chosen });
        }
      } else if (word === END && (!goal || place === goal)) {
        if (at + 1 === program.length) return spans;
        for (let n = regions.length - 1; n >= 0; n--) {
          steps.left--;
          if (regions[n].equation <= equation) break;
          stack.push({ at: at + 1, place: regions[n].start, region: n, spans });
        }
      }
    }
    return null;
  }

  Object.assign(blogFormulas, { bestMatches, matches });
})();
