// @ts-check
/* Search for formulas: the same, those that contain it, both with other letters,
   similar ones; or those that have the form of a query with wildcards.

   The steps are those of search.py on the same files, which are described in
   index.py; a file is loaded when a query needs it. */
(function () {
  'use strict';

  const blogFormulas = /** @type {any} */ (window).blogFormulas;
  const { SIDE, SMALLEST, levelOf, weakest } = blogFormulas.levels;
  const { PAIR, letterRuns, withWords } = blogFormulas.reading;
  const { Texts } = blogFormulas.texts;
  const { PLACES, areWords, placesSaid, postings, stripped } = blogFormulas.words;

  /** @typedef {'pattern' | 'same' | 'contains' | 'renamed' | 'contains-renamed' | 'said' | 'similar'} GroupKind */
  /** @typedef {{docname: string, anchor: string, section: string, number: string}} Place */
  /** @typedef {Map<string, {text: string}>} Posts What is known of each post by docname. */
  /** @typedef {(place: Place) => boolean} Where */
  /** @typedef {{latex: string, display: boolean, places: Place[], score: number, binding: [string, string][]}} Hit
     The binding: wildcards of the query, each with LaTeX of what it stands for here. */
  /** @typedef {{kind: GroupKind, hits: Hit[], readAs: string}} Group
     Read as: the query as it was read, where words in it were written without a backslash. */
  /** @typedef {(groups: Group[]) => void | Promise<void>} First */
  /** @typedef {{canonical: [string, string, string], size: number}} Unit */
  /** @typedef {{latex: string, display: boolean, places: Place[], content: {units: [number, Unit][], extent: number, arrows: string[]} | null}} Entry
     What it says, its content, is only known of a formula that was compared. */

  const VERSION = 3;
  const RECORDS = 64;
  const SECTIONS = 512;
  /** @type {[GroupKind, number, number][]} */
  const GROUPS = [['same', 1, 2], ['contains', 4, 5], ['renamed', 3, 3], ['contains-renamed', 6, 6]];
  const MOST_TRIED = 120;
  const LEAST_LIKE = 0.4;
  const MOST_EQUATIONS = 8;
  /** Words of an equation that are compared, as its text in the index has no more. */
  const MOST_WORDS = 400;
  /** Formulas that are compared with a pattern. */
  const MOST_COMPARED = 2000;
  /** Of these, as many as are loaded at once to look at their places. */
  const AT_ONCE = 64;
  const KIND_SCORES = { whole: 1, side: 0.9, part: 0.8 };
  const PART_SCORE = 0.9;
  const DELIMITERS = [['\\[', '\\]'], ['\\(', '\\)'], ['$$', '$$'], ['$', '$']];

  /** @param {string} latex @returns {string} without the marks that stand around a formula in a text */
  function undelimited(latex) {
    const bare = stripped(latex);
    const marks = DELIMITERS.find(([first, last]) => bare.startsWith(first) && bare.endsWith(last) && bare.length > first.length + last.length);
    return marks ? bare.slice(marks[0].length, -marks[1].length) : bare;
  }

  /** @param {any} place as a record holds it @returns {number} its section */
  function sectionOf(place) {
    return Array.isArray(place) ? place[0] : place;
  }

  /** @param {Group} group */
  function isSimilar({ kind }) {
    return kind === 'similar';
  }

  class FormulaSearch {
    /** @param {(name: string) => Promise<any>} read */
    constructor(read) {
      this.read = read;
      /** @type {Map<number, Entry>} */
      this.entries = new Map();
      /** @type {any} */
      this.about = null;
      /** How many equations an entry has, where it is not one. @type {Map<number, number>} */
      this.several = new Map();
      /** @type {Promise<any> | null} */
      this.texts = null;
    }

    /** Open the index. @returns {Promise<boolean>} false when it is of another version, or not there */
    async open() {
      const about = await this.read('index');
      if (!about || about.version !== VERSION || about.keys !== blogFormulas.tables.version) return false;
      this.about = about;
      this.several = new Map(about.several);
      return true;
    }

    /**
     * A run of three letters that is a word of the formulas is read as this word first, one of two where the
     * product of its letters is not found. Words in place of a formula are looked for as such too, when it is
     * told what is known of the posts.
     * @param {string} latex
     * @param {{limit?: number, macros?: any, where?: Where | null, posts?: Posts | null, first?: First | null}} [options]
     *   first: is given the groups of exact hits as soon as they are known, and waited for. They are the first
     *   ones of the answer, but for hits that are added to them. What it throws ends the search.
     * @returns {Promise<Group[]>} the groups that are not empty; an error when a file of the index is not there
     */
    async search(latex, { limit = 20, macros, where = null, posts = null, first = null } = {}) {
      const bare = undelimited(latex);
      /** @param {string} text @returns {Promise<Group[]>} what is found for the query as it is read */
      const found = async (text) => {
        const readAs = text === bare ? '' : text;
        const told = (/** @type {Group[]} */ groups) => groups.map((group) => ({ ...group, readAs }));
        return told(await this._formulas(text, limit, macros, where, first && ((groups) => first(told(groups)))));
      };
      const words = async () => new Set(await this._file('words'));
      let read = letterRuns(bare).length ? withWords(bare, await words()) : bare;
      let groups = await found(read);
      if (read !== bare && !groups.length) groups = await found(bare);
      if (groups.every(isSimilar) && letterRuns(read, PAIR).length) {
        const paired = withWords(bare, await words(), PAIR);
        const others = paired === bare || paired === read ? [] : await found(paired);
        if (!others.every(isSimilar)) {
          groups = others;
          read = paired;
        }
      }
      if (!posts || !areWords(latex)) return groups;
      // What is like the product of a word's letters is like nothing that is meant.
      const meant = letterRuns(read).length ? groups.filter((group) => !isSimilar(group)) : groups;
      return this._withSaid(latex, meant, limit, where, posts);
    }

    /**
     * @param {string} words @param {Group[]} found @param {number} limit @param {Where | null} where @param {Posts} posts
     * @returns {Promise<Group[]>}
     */
    async _withSaid(words, found, limit, where, posts) {
      const groups = found.filter(({ kind }) => kind !== 'similar');
      const known = new Set(groups.flatMap(({ hits }) => hits.map((hit) => hit.latex)));
      const said = await this._said(words, posts, limit - known.size, where, known);
      if (said.length) groups.push({ kind: 'said', hits: said, readAs: '' });
      for (const { latex } of said) known.add(latex);
      const similar = found.find(({ kind }) => kind === 'similar');
      if (!similar) return groups;
      const hits = similar.hits.filter((hit) => !known.has(hit.latex)).slice(0, Math.max(0, limit - known.size));
      return hits.length ? [...groups, { ...similar, hits }] : groups;
    }

    /**
     * Formulas about which all of some words are said: in their post, their section, around them.
     * @param {string} words @param {Posts} posts @param {{limit?: number, where?: Where | null}} [options]
     * @returns {Promise<Group[]>} one group, or none
     */
    async said(words, posts, { limit = 20, where = null } = {}) {
      const hits = await this._said(words, posts, limit, where, /** @type {Set<string>} */ (new Set()));
      return hits.length ? [{ kind: 'said', hits, readAs: '' }] : [];
    }

    /**
     * @param {string} words @param {Posts} posts @param {number} limit @param {Where | null} where
     * @param {Set<string>} known formulas that are in other groups
     * @returns {Promise<Hit[]>}
     */
    async _said(words, posts, limit, where, known) {
      /** @type {Map<number, {score: number, numbers: number[]}>} */
      const found = new Map();
      for (const [code, score] of await placesSaid(words, posts, this.about.said, (/** @type {string} */ name) => this._file(name))) {
        const number = Math.floor(code / PLACES);
        const entry = found.get(number) ?? { score, numbers: /** @type {number[]} */ ([]) };
        entry.numbers.push(code % PLACES);
        found.set(number, entry);
      }
      /** @type {Hit[]} */
      const hits = [];
      for (const [number, { score, numbers }] of found) {
        if (hits.length >= limit) break;
        await this._load([number]);
        const { latex, display, places } = this._known(number);
        const kept = numbers.sort((a, b) => a - b).filter((n) => n < places.length).map((n) => places[n]);
        const counted = where ? kept.filter(where) : kept;
        if (counted.length && !known.has(latex)) hits.push({ latex, display, places: counted, score, binding: [] });
      }
      return hits;
    }

    /**
     * Formulas that are what a query says.
     * @param {string} latex @param {number} limit @param {any} macros @param {Where | null} where
     * @param {First | null} first
     * @returns {Promise<Group[]>}
     */
    async _formulas(latex, limit, macros, where, first) {
      const pattern = blogFormulas.readPattern(latex, macros);
      if (pattern.names.length) {
        const hits = await this._matching(pattern, limit, where);
        return hits.length ? [{ kind: 'pattern', hits, readAs: '' }] : [];
      }
      /** @type {Map<string, Unit>} */
      const distinct = new Map();
      const { equations, arrows } = blogFormulas.analyse(latex, macros);
      for (const unit of equations) {
        const text = unit.canonical.join('\n');
        if (unit.size && !distinct.has(text)) distinct.set(text, unit);
      }
      const units = [...distinct.values()].sort((a, b) => b.size - a.size).slice(0, MOST_EQUATIONS);
      if (!units.length) return [];
      /** @type {Map<GroupKind, Hit[]>} */
      const groups = new Map();
      let left = limit;
      const exact = await this._exact(units, arrows);
      for (const [kind, first, last] of GROUPS) {
        const found = [...exact].filter(([entry, level]) => first <= level && level <= last && this._places(entry, where).length);
        found.sort(([a, x], [b, y]) => x - y || this._compare(a, b, units.length));
        const hits = found.slice(0, Math.max(0, left)).map(([entry]) => this._hit(entry, 1, where));
        groups.set(kind, hits);
        left -= hits.length;
      }
      const filled = () => [...groups].filter(([, hits]) => hits.length).map(([kind, hits]) => ({ kind, hits: [...hits], readAs: '' }));
      if (first && left < limit) await first(filled());
      const known = new Set(exact.keys());
      if (left > 0) {
        const parts = await this._parts(units, known, left, where);
        groups.get('contains')?.push(...parts.map((entry) => this._hit(entry, PART_SCORE, where)));
        left -= parts.length;
        for (const entry of parts) known.add(entry);
      }
      const size = units.reduce((sum, unit) => sum + unit.size, 0);
      if (left > 0 && size >= SMALLEST) groups.set('similar', await this._similar(units, known, left, where));
      return filled();
    }

    /**
     * Entries that hold the very words of the query somewhere in a row, the smallest first.
     * @param {Unit[]} units @param {Set<number>} known @param {number} limit @param {Where | null} where
     * @returns {Promise<number[]>}
     */
    async _parts(units, known, limit, where) {
      const texts = await this._texts();
      const numbers = texts.holding(units.map((unit) => [unit.canonical[1].split(' ')]), 0, Infinity);
      /** @type {number[]} */
      const found = [];
      for (const number of numbers) {
        if (found.length === limit) break;
        if (known.has(number)) continue;
        await this._load([number]);
        if (this._places(number, where).length) found.push(number);
      }
      return found;
    }

    /**
     * The order of entries that are equally like a query: what has least beside it comes first.
     * @param {number} a @param {number} b @param {number} equations of the query @returns {number}
     */
    _compare(a, b, equations) {
      const surplus = (/** @type {number} */ number) => Math.abs((this.several.get(number) ?? 1) - equations);
      return surplus(a) - surplus(b) || this._content(a).extent - this._content(b).extent || this._length(a) - this._length(b) || a - b;
    }

    /** @param {number} number @returns {number} characters of its LaTeX, counted as Python does */
    _length(number) {
      return Array.from(this._known(number).latex).length;
    }

    /** @param {number} number @returns {Entry} one that was loaded before */
    _known(number) {
      return /** @type {Entry} */ (this.entries.get(number));
    }

    /** @param {string} name @returns {Promise<any>} the content of a file */
    async _file(name) {
      const content = await this.read(name);
      if (content === null || typeof content !== 'object') throw new Error(`${name} of the index of formulas is missing`);
      return content;
    }

    /** Load entries. @param {Iterable<number>} numbers */
    async _load(numbers) {
      const missing = [...numbers].filter((number) => !this.entries.has(number));
      const files = await this._files('records', missing.map((number) => Math.floor(number / RECORDS)));
      const records = missing.map((number) => /** @type {[number, any]} */ ([number, files.get(Math.floor(number / RECORDS))[number % RECORDS]]));
      const parts = records.flatMap(([, [, , places]]) => places.map((/** @type {any} */ place) => Math.floor(sectionOf(place) / SECTIONS)));
      const sections = await this._files('sections', parts);
      for (const [number, record] of records) this.entries.set(number, this._entry(record, sections));
    }

    /** @param {string} kind @param {number[]} numbers @returns {Promise<Map<number, any>>} the contents of some files */
    async _files(kind, numbers) {
      return new Map(await Promise.all([...new Set(numbers)].map(
        async (number) => /** @type {[number, any]} */ ([number, await this._file(`${kind}-${number}`)]),
      )));
    }

    /** @param {any[]} record @param {Map<number, any>} sections @returns {Entry} */
    _entry([latex, display, places], sections) {
      return {
        latex,
        display: Boolean(display),
        places: places.map((/** @type {any} */ place) => {
          const at = sectionOf(place);
          const [docname, own, section] = sections.get(Math.floor(at / SECTIONS))[at % SECTIONS];
          const [, anchor = own, number = ''] = Array.isArray(place) ? place : [at];
          return { docname, anchor, section, number };
        }),
        content: null,
      };
    }

    /**
     * Its equations and sides, each with what their levels are higher by, and how much it says: its words, and each
     * word once more, as another symbol is more than one again.
     * @param {number} number @returns {{units: [number, Unit][], extent: number, arrows: string[]}}
     */
    _content(number) {
      const entry = this._known(number);
      if (!entry.content) {
        const { equations, sides, arrows } = blogFormulas.analyse(entry.latex);
        const words = equations.flatMap((/** @type {Unit} */ unit) => blogFormulas.skeleton(unit.canonical[1]));
        entry.content = {
          units: [...equations.map((/** @type {Unit} */ unit) => [0, unit]), ...sides.map((/** @type {Unit} */ unit) => [SIDE, unit])],
          extent: words.length + new Set(words).size,
          arrows,
        };
      }
      return entry.content;
    }

    /** @param {number} number @param {Where | null} where @returns {Place[]} */
    _places(number, where) {
      const { places } = this._known(number);
      return where ? places.filter(where) : places;
    }

    /**
     * @param {number} number @param {number} score @param {Where | null} where
     * @param {[string, string][]} [binding] @returns {Hit}
     */
    _hit(number, score, where, binding = []) {
      const { latex, display } = this._known(number);
      return { latex, display, places: this._places(number, where), score, binding };
    }

    /** @param {Unit[]} units @param {string[]} arrows @returns {Promise<Map<number, number>>} entries that hold all, with the weakest level */
    async _exact(units, arrows) {
      /** @type {Set<number> | null} */
      let known = null;
      for (const unit of units) {
        const digest = blogFormulas.hashOf(unit.canonical[2]);
        const shard = digest.slice(0, 2);
        const file = this.about.shards.includes(shard) ? await this._file(`keys-${shard}`) : {};
        /** @type {Set<number>} */
        const numbers = new Set();
        for (const kind of unit.size < SMALLEST ? ['e'] : ['e', 's']) {
          for (const number of postings(file, kind + digest.slice(2, 6)).slice(0, MOST_TRIED)) {
            if (!known || known.has(number)) numbers.add(number);
          }
        }
        known = numbers;
      }
      await this._load(known ?? []);
      /** @type {Map<number, number>} */
      const held = new Map();
      for (const number of known ?? []) {
        const level = this._level(number, units, arrows);
        if (level) held.set(number, level);
      }
      return held;
    }

    /**
     * Of several units the weakest level counts, and no equation or side of an entry stands for two of them.
     * With other implications than asked for, it only contains them.
     * @param {number} number @param {Unit[]} units @param {string[]} arrows
     * @returns {number} 1 to 3 as equations, 4 to 6 as sides, 0: not all
     */
    _level(number, units, arrows) {
      const { units: mine, arrows: own } = this._content(number);
      const level = weakest(units.map((unit) => mine.map(([shift, one]) => levelOf(unit, shift, one))));
      const differs = arrows.length > 0 && arrows.join(' ') !== own.join(' ');
      return differs && level > 0 && level <= SIDE ? level + SIDE : level;
    }

    /** @param {Unit[]} units @param {Set<number>} known @param {number} limit @param {Where | null} where */
    async _similar(units, known, limit, where) {
      const total = units.reduce((sum, unit) => sum + unit.size, 0);
      /** @type {Map<number, number>} */
      const scores = new Map();
      const texts = await this._texts();
      for (const unit of units) {
        const words = blogFormulas.skeleton(unit.canonical[1].split(' ').slice(0, MOST_WORDS).join(' '));
        /** @type {number[]} */
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
      const best = [...scores].sort(([a, x], [b, y]) => y - x || this._compare(a, b, units.length)).slice(0, limit);
      return best.map(([number, score]) => this._hit(number, score, where));
    }

    /**
     * Formulas of the form of a pattern: whole equations, sides, parts; of each the smaller first.
     * @param {FormulaPattern} pattern @param {number} limit @param {Where | null} where @returns {Promise<Hit[]>}
     */
    async _matching(pattern, limit, where) {
      /** @type {string[][][]} */
      const runs = blogFormulas.constantRuns(pattern);
      if (runs.flat().length === 0) return []; // too general
      const texts = await this._texts();
      const numbers = texts.holding(runs, pattern.words.length, MOST_COMPARED);
      /** @type {[number, FormulaMatch][]} */
      const found = await blogFormulas.bestMatches(pattern, this._compared(texts, numbers, where), limit);
      await this._load(found.map(([number]) => number));
      return found.map(([number, match]) => (
        this._hit(number, KIND_SCORES[match.kind], where, blogFormulas.boundLatex(match, this._known(number).latex, texts.of(number)))));
    }

    /**
     * Formulas that a pattern is compared with, one by one: those that have places that count.
     * @param {any} texts @param {number[]} numbers @param {Where | null} where
     * @returns {AsyncGenerator<[number, string[]]>}
     */
    async* _compared(texts, numbers, where) {
      for (let start = 0; start < numbers.length; start += AT_ONCE) {
        const next = numbers.slice(start, start + AT_ONCE);
        if (where) await this._load(next);
        for (const number of next) {
          if (!where || this._places(number, where).length) yield [number, texts.of(number)];
        }
      }
    }

    /** All texts, loaded once. @returns {Promise<any>} */
    _texts() {
      this.texts ??= (async () => {
        const names = Array.from({ length: this.about.texts }, (_, n) => `texts-${n}`);
        const [words, ...files] = await Promise.all(['words', ...names].map((name) => this._file(name)));
        const counts = Array.from({ length: this.about.entries }, (_, entry) => this.several.get(entry) ?? 1);
        const texts = files.flat();
        if (counts.reduce((sum, count) => sum + count, 0) !== texts.length) {
          throw new Error('the texts of the index of formulas are damaged');
        }
        return new Texts(words, texts, counts);
      })();
      return this.texts;
    }
  }

  Object.assign(blogFormulas, { FormulaSearch });
})();
