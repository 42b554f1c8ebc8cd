// @ts-check
/* Search for formulas: the same, the same with other letters, those that contain
   it, similar ones; or those that have the form of a query with wildcards.

   The steps are those of search.py on the same files, which are described in
   index.py; a file is loaded when a query needs it. */
(function () {
  'use strict';

  const blogFormulas = /** @type {any} */ (window).blogFormulas;

  /** @typedef {'pattern' | 'same' | 'renamed' | 'contains' | 'similar'} GroupKind */
  /** @typedef {{docname: string, anchor: string, section: string, number: string}} Place */
  /** @typedef {{latex: string, display: boolean, places: Place[], score: number}} Hit */
  /** @typedef {{kind: GroupKind, hits: Hit[]}} Group */
  /** @typedef {{canonical: [string, string, string], size: number}} Unit */
  /** @typedef {{latex: string, display: boolean, places: Place[], equations: Unit[], levels: Map<string, number>}} Entry */

  const VERSION = 1;
  const RECORDS = 64;
  /** @type {[GroupKind, number, number][]} */
  const GROUPS = [['same', 1, 2], ['renamed', 3, 3], ['contains', 4, 6]];
  const SIDE = 3;
  const MOST_TRIED = 120;
  const RANKED = 60;
  const LEAST_LIKE = 0.3;
  const MOST_EQUATIONS = 8;
  const SMALLEST = 3;

  /** @param {number[]} steps @returns {number[]} the numbers that are written as differences */
  function fromDifferences(steps) {
    let number = 0;
    return steps.map((step) => { number += step; return number; });
  }

  /** @param {any} file @param {string} name @returns {number[]} */
  function postings(file, name) {
    return file && Object.hasOwn(file, name) ? fromDifferences(file[name]) : [];
  }

  /** The characters that stand for words, see index.py. @returns {Generator<string>} */
  function* characters() {
    for (let code = 0x21; code < 0x110000; code++) {
      const special = '"\\<>&\u2028\u2029'.includes(String.fromCodePoint(code)) || (code >= 0x7f && code <= 0xa0);
      if (!special && !(code >= 0xd800 && code <= 0xf8ff)) yield String.fromCodePoint(code);
    }
  }

  /** The texts of all equations in memory, and the stretches that find them. */
  class Texts {
    /** @param {string[]} words @param {string[]} texts @param {number[]} entries the entry of each equation */
    constructor(words, texts, entries) {
      this.entries = entries;
      this.texts = texts;
      /** @type {Map<string, string>} */
      this.word = new Map();
      let n = 0;
      for (const character of characters()) {
        if (n === words.length) break;
        this.word.set(character, words[n++]);
      }
      /** @type {Uint16Array} */
      this.lengths = new Uint16Array(texts.length);
      /** @type {Map<string, number[]>} */
      this.holders = new Map();
      texts.forEach((_, number) => {
        const known = this.wordsOf(number);
        this.lengths[number] = known.length;
        for (const stretch of new Set(blogFormulas.stretches(known))) {
          const found = this.holders.get(stretch);
          if (found) found.push(number);
          else this.holders.set(stretch, [number]);
        }
      });
    }

    /** @param {number} equation @returns {string[]} */
    wordsOf(equation) {
      return blogFormulas.skeleton(Array.from(this.texts[equation], (character) => this.word.get(character)).join(' '));
    }

    /** @param {string[]} words @returns {number[]} equations that share rare stretches, the most promising first */
    candidates(words) {
      /** @type {Map<number, number>} */
      const sums = new Map();
      for (const stretch of new Set(blogFormulas.stretches(words))) {
        const holders = this.holders.get(stretch) ?? [];
        const rarity = Math.floor(1024 * Math.log(1 + this.entries.length / holders.length) + 0.5);
        for (const number of holders) sums.set(number, (sums.get(number) ?? 0) + rarity);
      }
      const scores = [...sums].map(([number, sum]) => /** @type {[number, number]} */ ([number, sum / Math.sqrt(8 + this.lengths[number])]));
      return scores.sort(([a, x], [b, y]) => y - x || a - b).slice(0, RANKED).map(([number]) => number);
    }
  }

  class FormulaSearch {
    /** @param {(name: string) => Promise<any>} read */
    constructor(read) {
      this.read = read;
      /** @type {Map<number, Entry>} */
      this.entries = new Map();
      /** @type {any} */
      this.about = null;
      /** @type {Promise<Texts> | null} */
      this.texts = null;
    }

    /** Open the index. @returns {Promise<boolean>} false when it is of another version, or not there */
    async open() {
      const about = await this.read('index');
      if (!about || about.version !== VERSION || about.keys !== blogFormulas.tables.version) return false;
      this.about = about;
      return true;
    }

    /**
     * @param {string} latex
     * @param {{limit?: number, macros?: any, where?: ((place: Place) => boolean) | null}} [options]
     * @returns {Promise<Group[]>} the groups that are not empty
     */
    async search(latex, { limit = 20, macros, where = null } = {}) {
      /** @type {Map<string, Unit>} */
      const distinct = new Map();
      for (const unit of blogFormulas.analyse(latex, macros).equations) {
        const text = unit.canonical.join('\n');
        if (unit.size && !distinct.has(text)) distinct.set(text, unit);
      }
      const units = [...distinct.values()].sort((a, b) => b.size - a.size).slice(0, MOST_EQUATIONS);
      if (!units.length) return [];
      /** @type {Group[]} */
      const groups = [];
      let left = limit;
      const exact = await this._exact(units);
      for (const [kind, first, last] of GROUPS) {
        const found = [...exact].filter(([entry, level]) => first <= level && level <= last && this._places(entry, where).length);
        found.sort(([a, x], [b, y]) => x - y || this._length(a) - this._length(b) || a - b);
        const hits = found.slice(0, Math.max(0, left)).map(([entry]) => this._hit(entry, 1, where));
        if (hits.length) groups.push({ kind, hits });
        left -= hits.length;
      }
      const size = units.reduce((sum, unit) => sum + unit.size, 0);
      if (left > 0 && size >= SMALLEST) {
        const hits = await this._similar(units, exact, left, where);
        if (hits.length) groups.push({ kind: 'similar', hits });
      }
      return groups;
    }

    /** @param {number} number @returns {number} characters of its LaTeX, counted as Python does */
    _length(number) {
      return Array.from(this._known(number).latex).length;
    }

    /** @param {number} number @returns {Entry} one that was loaded before */
    _known(number) {
      return /** @type {Entry} */ (this.entries.get(number));
    }

    /** Load entries. @param {Iterable<number>} numbers */
    async _load(numbers) {
      const missing = [...numbers].filter((number) => !this.entries.has(number));
      const names = [...new Set(missing.map((number) => Math.floor(number / RECORDS)))];
      const files = new Map(await Promise.all(names.map(
        async (name) => /** @type {[number, any]} */ ([name, await this.read(`records-${name}`)]),
      )));
      for (const number of missing) {
        const file = files.get(Math.floor(number / RECORDS));
        if (!file) throw new Error(`records of formula ${number} are missing`);
        this.entries.set(number, this._entry(file[number % RECORDS]));
      }
    }

    /** @param {any[]} record @returns {Entry} */
    _entry([latex, display, places]) {
      const analysis = blogFormulas.analyse(latex);
      /** @type {Map<string, number>} */
      const levels = new Map();
      for (const [shift, units] of /** @type {[number, Unit[]][]} */ ([[0, analysis.equations], [SIDE, analysis.sides]])) {
        for (const unit of units) {
          unit.canonical.forEach((text, n) => {
            const key = `${n + 1} ${text}`;
            if (!levels.has(key)) levels.set(key, n + 1 + shift);
          });
        }
      }
      return {
        latex,
        display: Boolean(display),
        places: places.map((/** @type {string[]} */ [docname, anchor = '', section = '', number = '']) => (
          { docname, anchor, section, number })),
        equations: analysis.equations,
        levels,
      };
    }

    /** @param {number} number @param {((place: Place) => boolean) | null} where @returns {Place[]} */
    _places(number, where) {
      const { places } = this._known(number);
      return where ? places.filter(where) : places;
    }

    /** @param {number} number @param {number} score @param {((place: Place) => boolean) | null} where @returns {Hit} */
    _hit(number, score, where) {
      const { latex, display } = this._known(number);
      return { latex, display, places: this._places(number, where), score };
    }

    /** @param {Unit[]} units @returns {Promise<Map<number, number>>} entries that hold all, with the weakest level */
    async _exact(units) {
      /** @type {Map<number, number> | null} */
      let result = null;
      for (const unit of units) {
        const worst = unit.size < SMALLEST ? 2 : 2 * SIDE;
        const digest = blogFormulas.hashOf(unit.canonical[2]);
        const shard = digest.slice(0, 2);
        const file = this.about.shards.includes(shard) ? await this.read(`keys-${shard}`) : null;
        /** @type {Set<number>} */
        const numbers = new Set();
        for (const kind of unit.size < SMALLEST ? ['e'] : ['e', 's']) {
          for (const number of postings(file, kind + digest.slice(2, 8)).slice(0, MOST_TRIED)) {
            if (!result || result.has(number)) numbers.add(number);
          }
        }
        await this._load(numbers);
        /** @type {Map<number, number>} */
        const held = new Map();
        for (const number of numbers) {
          const level = this._level(number, unit);
          if (level && level <= worst) held.set(number, Math.max(level, result ? /** @type {number} */ (result.get(number)) : 0));
        }
        result = held;
      }
      return result ?? new Map();
    }

    /** @param {number} number @param {Unit} unit @returns {number} 1 to 3 as an equation, 4 to 6 as a side, 0: not at all */
    _level(number, unit) {
      const { levels } = this._known(number);
      const found = unit.canonical.map((text, n) => levels.get(`${n + 1} ${text}`)).filter((level) => level !== undefined);
      return found.length ? Math.min(.../** @type {number[]} */ (found)) : 0;
    }

    /** @param {Unit[]} units @param {Map<number, number>} known @param {number} limit @param {((place: Place) => boolean) | null} where */
    async _similar(units, known, limit, where) {
      const total = units.reduce((sum, unit) => sum + unit.size, 0);
      /** @type {Map<number, number>} */
      const scores = new Map();
      const texts = await this._texts();
      for (const unit of units) {
        const words = blogFormulas.skeleton(unit.canonical[1]);
        const candidates = texts.candidates(words);
        await this._load(candidates.map((equation) => texts.entries[equation]));
        /** @type {Map<number, number>} */
        const found = new Map();
        for (const equation of candidates) {
          const number = texts.entries[equation];
          if (known.has(number) || !this._places(number, where).length) continue;
          const score = blogFormulas.likeness(words, texts.wordsOf(equation));
          if (score >= LEAST_LIKE) found.set(number, Math.max(score, found.get(number) ?? 0));
        }
        for (const [number, score] of found) scores.set(number, (scores.get(number) ?? 0) + score * unit.size / total);
      }
      const best = [...scores].sort(([a, x], [b, y]) => y - x || a - b).slice(0, limit);
      return best.map(([number, score]) => this._hit(number, score, where));
    }

    /** All texts, loaded once. @returns {Promise<Texts>} */
    _texts() {
      this.texts ??= (async () => {
        const names = Array.from({ length: this.about.texts }, (_, n) => `texts-${n}`);
        const [words, ...files] = await Promise.all(['words', ...names].map((name) => this.read(name)));
        const several = new Map(this.about.several);
        /** @type {number[]} */
        const entries = [];
        for (let entry = 0; entry < this.about.entries; entry++) {
          for (let n = several.get(entry) ?? 1; n > 0; n--) entries.push(entry);
        }
        return new Texts(words, files.flat(), entries);
      })();
      return this.texts;
    }
  }

  /**
   * Which places are in posts or sections that say all of some words.
   * @param {string} words @param {Map<string, {text: string}>} posts
   * @returns {((place: Place) => boolean) | null} null when there are no words
   */
  function saidIn(words, posts) {
    const wanted = folded(words).split(/\s+/u).filter(Boolean);
    if (!wanted.length) return null;
    return ({ docname, section }) => {
      const text = `${folded(posts.get(docname)?.text ?? '')} ${folded(section)}`;
      return wanted.every((word) => text.includes(word));
    };
  }

  /** @param {string} text */
  function folded(text) {
    return text.normalize('NFKC').toLowerCase();
  }

  Object.assign(blogFormulas, { FormulaSearch, saidIn });
})();
