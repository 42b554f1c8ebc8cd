// @ts-check
/* The texts of all equations of an index in memory, and how they are looked through.

   In the files each word is one character, so that a run of words is found as a string is. For the
   stretches of likeness.js words are numbers: a query reads all of a large blog in a few milliseconds,
   and nothing but their hashes has to be prepared. */
(function () {
  'use strict';

  const blogFormulas = /** @type {any} */ (window).blogFormulas;
  const { MARKS, STRETCH } = blogFormulas.similar;

  /** Equations that are aligned with a query. */
  const RANKED = 60;

  // Numbers in a stretch: its ends, variables by first occurrence, no word at all, words.
  const FIRST = 0;
  const LAST = 1;
  const NAMES = 2;
  const NOTHING = NAMES + STRETCH;
  const WORDS = NOTHING + 1;
  const FILTER = 0xffff;

  /** @param {number} count @returns {number[]} code points of the characters that stand for words, see index.py */
  function characterCodes(count) {
    const special = new Set([...'"\\<>&\u2028\u2029'].map((character) => character.codePointAt(0)));
    /** @type {number[]} */
    const out = [];
    for (let code = 0x21; out.length < count; code++) {
      if (code === 0x7f) code = 0xa1;
      if (code === 0xd800) code = 0xf900;
      if (!special.has(code)) out.push(code);
    }
    return out;
  }

  class Texts {
    /**
     * @param {string[]} words
     * @param {string[]} texts of equations
     * @param {number[]} counts how many of them each entry has
     */
    constructor(words, texts, counts) {
      const codes = characterCodes(words.length);
      this.words = words;
      this.texts = texts;
      /** The first equation of each entry, and past the last. */
      this.firsts = new Int32Array(counts.length + 1);
      /** The entry of each equation. */
      this.entries = new Int32Array(texts.length);
      counts.forEach((count, entry) => {
        this.firsts[entry + 1] = this.firsts[entry] + count;
        this.entries.fill(entry, this.firsts[entry], this.firsts[entry + 1]);
      });
      /** @type {Map<string, number>} */
      this.numbers = new Map(words.map((word, number) => [word, number]));
      this.characters = codes.map((code) => String.fromCodePoint(code));
      /** The number of the word that a code point stands for. */
      this.coded = new Int32Array((codes.at(-1) ?? 0) + 1);
      codes.forEach((code, number) => { this.coded[code] = number; });
      /** Whether each character is one unit of JavaScript's strings. */
      this.plain = this.coded.length <= 0x10000;
      /** @type {{sizes: Int32Array, ordered: Int32Array} | null} */
      this.bySize = null;
      /** @type {Stretches | null} */
      this.stretches = null;
    }

    /** @param {number} equation @returns {number[]} the numbers of its words */
    numbersOf(equation) {
      const text = this.texts[equation];
      /** @type {number[]} */
      const out = [];
      for (let n = 0; n < text.length; n++) {
        const code = this.plain ? text.charCodeAt(n) : /** @type {number} */ (text.codePointAt(n));
        if (code > 0xffff) n++;
        out.push(this.coded[code]);
      }
      return out;
    }

    /** @param {number} equation @returns {string} its text N2 */
    textOf(equation) {
      return this.numbersOf(equation).map((number) => this.words[number]).join(' ');
    }

    /** @param {number} entry @returns {string[]} the texts N2 of its equations */
    of(entry) {
      /** @type {string[]} */
      const out = [];
      for (let equation = this.firsts[entry]; equation < this.firsts[entry + 1]; equation++) out.push(this.textOf(equation));
      return out;
    }

    /** @param {number} equation @returns {string[]} its words that carry meaning */
    wordsOf(equation) {
      return this.numbersOf(equation).map((number) => this.words[number]).filter((word) => !MARKS.has(word));
    }

    /**
     * The smallest entries that hold the runs of each equation of a pattern, in as many of theirs.
     * @param {string[][][]} runs @param {number} least how many words they have at least, the end of an equation
     *   being one @param {number} most how many are wanted
     * @returns {number[]}
     */
    holding(runs, least, most) {
      const { sizes, ordered } = this.bySize ??= this._bySize();
      const character = (/** @type {string} */ word) => this.characters[this.numbers.get(word) ?? -1] ?? '"';
      const coded = runs.map((equation) => equation.map((run) => run.map(character).join('')));
      /** @type {number[]} */
      const out = [];
      for (const entry of ordered) {
        if (out.length === most) break;
        const enough = sizes[entry] + this.firsts[entry + 1] - this.firsts[entry] >= least;
        if (enough && this._holds(entry, coded)) out.push(entry);
      }
      return out;
    }

    /** @returns {{sizes: Int32Array, ordered: Int32Array}} words of each entry, and entries by these */
    _bySize() {
      const count = this.firsts.length - 1;
      const sizes = new Int32Array(count);
      this.texts.forEach((text, equation) => {
        sizes[this.entries[equation]] += this.plain ? text.length : this.numbersOf(equation).length;
      });
      // As numbers they are sorted without a function that compares.
      const keys = Float64Array.from(sizes, (size, entry) => size * count + entry).sort();
      return { sizes, ordered: Int32Array.from(keys, (key) => key % count) };
    }

    /** @param {number} entry @param {string[][]} coded @returns {boolean} */
    _holds(entry, coded) {
      let done = 0;
      for (let n = this.firsts[entry]; n < this.firsts[entry + 1] && done < coded.length; n++) {
        if (holds(this.texts[n], coded[done])) done++;
      }
      return done === coded.length;
    }

    /** @param {string[]} words @returns {number[]} equations that share rare stretches with a query, the most promising first */
    candidates(words) {
      const known = this.stretches ??= new Stretches(this);
      // Whole numbers add up to the same in any order.
      const sums = new Int32Array(this.texts.length);
      for (const holders of known.holders(words)) {
        const rarity = Math.floor(1024 * Math.log(1 + this.texts.length / holders.length) + 0.5);
        for (const equation of holders) sums[equation] += rarity;
      }
      /** @type {{equation: number, score: number}[]} */
      const best = [];
      sums.forEach((sum, equation) => {
        if (!sum) return;
        const score = sum / Math.sqrt(8 + known.lengthOf(equation));
        if (best.length === RANKED) {
          if (score <= best[RANKED - 1].score) return;
          best.pop();
        }
        let n = best.length;
        while (n && best[n - 1].score < score) n--;
        best.splice(n, 0, { equation, score });
      });
      return best.map(({ equation }) => equation);
    }
  }

  /** @param {string} text @param {string[]} runs @returns {boolean} whether all stand in it, one behind the other */
  function holds(text, runs) {
    let start = 0;
    for (const run of runs) {
      const at = text.indexOf(run, start);
      if (at < 0) return false;
      start = at + run.length;
    }
    return true;
  }

  /** The stretches of all equations, with hashes by which those of a query are found. */
  class Stretches {
    /** @param {Texts} texts */
    constructor(texts) {
      const { words } = texts;
      this.texts = texts;
      this.isVariable = new Uint8Array(WORDS + words.length);
      words.forEach((word, number) => { this.isVariable[WORDS + number] = Number(word[0] === 'v'); });
      /** What a code point says here, nothing for a mark. */
      const said = texts.coded.map((number) => (MARKS.has(words[number]) ? 0 : WORDS + number));
      /** Where each equation begins in the words, and past the last. */
      const starts = this.starts = new Int32Array(texts.texts.length + 1);
      let most = 0;
      for (const text of texts.texts) most += text.length + 2;
      /** Words of all equations, each with its ends. */
      const all = this.words = new Int32Array(most);
      let at = 0;
      for (let equation = 0; equation < texts.texts.length; equation++) {
        const text = texts.texts[equation];
        all[at++] = FIRST;
        for (let n = 0; n < text.length; n++) {
          const code = texts.plain ? text.charCodeAt(n) : /** @type {number} */ (text.codePointAt(n));
          if (code > 0xffff) n++;
          if (said[code]) all[at++] = said[code];
        }
        all[at++] = LAST;
        starts[equation + 1] = at;
      }
      /** Of the stretch that begins at each word; what stands where none does is never read. */
      const hashes = this.hashes = new Int32Array(at);
      const stretch = new Int32Array(STRETCH);
      for (let equation = 0; equation < texts.texts.length; equation++) {
        const length = this._length(equation);
        const last = starts[equation + 1] - length;
        for (let n = starts[equation]; n <= last; n++) {
          this._read(n, length, stretch);
          hashes[n] = hashOf(stretch);
        }
      }
    }

    /** @param {number} equation @returns {number} how many words of it carry meaning */
    lengthOf(equation) {
      return this.starts[equation + 1] - this.starts[equation] - 2;
    }

    /** @param {number} equation @returns {number} of its stretches */
    _length(equation) {
      return Math.min(STRETCH, this.lengthOf(equation) + 2);
    }

    /** The stretch that begins at a word. @param {number} start @param {number} length @param {Int32Array} out */
    _read(start, length, out) {
      const { words, isVariable } = this;
      let names = NAMES;
      for (let n = 0; n < STRETCH; n++) {
        const word = n < length ? words[start + n] : NOTHING;
        if (!isVariable[word]) {
          out[n] = word;
          continue;
        }
        let first = 0;
        while (words[start + first] !== word) first++;
        out[n] = first < n ? out[first] : names++;
      }
    }

    /** @param {string[]} words of a query @returns {number[][]} for each of its stretches the equations that hold it, where some do */
    holders(words) {
      const stretch = new Int32Array(STRETCH);
      /** @typedef {{stretch: Int32Array, holders: number[]}} Wanted */
      /** @type {Map<number, Wanted[]>} */
      const wanted = new Map();
      const filter = new Uint8Array(FILTER + 1);
      for (const text of new Set(blogFormulas.stretches(words))) {
        const known = /** @type {string} */ (text).split(' ').map((word) => this._numberOf(word));
        if (known.includes(-1)) continue;
        const entry = { stretch: Int32Array.from({ length: STRETCH }, (_, n) => known[n] ?? NOTHING), holders: [] };
        const hash = hashOf(entry.stretch);
        filter[hash & FILTER] = 1;
        wanted.set(hash, [...(wanted.get(hash) ?? []), entry]);
      }
      for (let equation = 0; equation + 1 < this.starts.length; equation++) {
        const length = this._length(equation);
        for (let n = this.starts[equation]; n + length <= this.starts[equation + 1]; n++) {
          const hash = this.hashes[n];
          if (!filter[hash & FILTER]) continue;
          for (const entry of wanted.get(hash) ?? []) {
            if (entry.holders.at(-1) === equation) continue;
            this._read(n, length, stretch);
            if (areEqual(stretch, entry.stretch)) entry.holders.push(equation);
          }
        }
      }
      return [...wanted.values()].flat().map(({ holders }) => holders).filter((holders) => holders.length);
    }

    /** @param {string} word of a stretch as text @returns {number} -1 for one that no equation holds */
    _numberOf(word) {
      if (word === '^') return FIRST;
      if (word === '$') return LAST;
      if (word[0] === 'v') return NAMES + Number(word.slice(1));
      const number = this.texts.numbers.get(word);
      return number === undefined ? -1 : WORDS + number;
    }
  }

  /** @param {Int32Array} stretch @returns {number} of 32 bits */
  function hashOf(stretch) {
    let hash = 0;
    for (let n = 0; n < STRETCH; n++) {
      hash = Math.imul(hash ^ stretch[n], 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    return hash;
  }

  /** @param {Int32Array} one @param {Int32Array} other @returns {boolean} */
  function areEqual(one, other) {
    for (let n = 0; n < STRETCH; n++) if (one[n] !== other[n]) return false;
    return true;
  }

  blogFormulas.texts = { Texts };
})();
