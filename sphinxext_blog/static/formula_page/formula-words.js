// @ts-check
/* Words in place of a formula: formulas whose posts, sections or neighbouring sentences say them.

   Titles and tags are read as they are, a word being anything in them; what is said around a formula is in
   the index, cut into terms: words of letters and digits, and of Chinese, which has no blanks, pairs of
   characters. The steps are those of words.py. */
(function () {
  'use strict';

  const blogFormulas = /** @type {any} */ (window).blogFormulas;
  const { cjk, letters, white } = blogFormulas.unpacked;

  /** @typedef {{docname: string, anchor: string, section: string, number: string}} FormulaPlace */

  /** A place is one number: that of its entry times this, and its own within the entry. */
  const PLACES = 64;
  const LETTER = `(?:[A-Za-z0-9${letters}])`;
  const TERM = new RegExp(`([${cjk}]+)|${LETTER}+`, 'gu');
  const WORDS = new RegExp(`^(?:[${cjk}${white}'\u2019\u00b7\u2014\uff0c\u3002\u3001\uff1a\uff1b\u300a\u300b\u201c\u201d\\-]|${LETTER})+$`, 'u');
  const WORD = new RegExp(`[${cjk}]|${LETTER}{3}`, 'u');
  // What Python splits words at, which is not what \s stands for.
  const BLANKS = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/u;
  const BLANKS_AROUND = new RegExp(`^${BLANKS.source}|${BLANKS.source}$`, 'gu');

  /** @param {string} text @returns {string} without the blanks around it */
  function stripped(text) {
    return text.replace(BLANKS_AROUND, '');
  }

  /** @param {string} text */
  function folded(text) {
    return text.normalize('NFKC').toLowerCase();
  }

  /** @param {string} words @returns {string[]} */
  function wordsOf(words) {
    return folded(words).split(BLANKS).filter(Boolean);
  }

  /**
   * Which places are in posts or sections that say all of some words.
   * @param {string} words @param {Map<string, {text: string}>} posts
   * @returns {((place: FormulaPlace) => boolean) | null} null when there are no words
   */
  function saidIn(words, posts) {
    const wanted = wordsOf(words);
    if (!wanted.length) return null;
    /** @type {Map<string, string>} */
    const said = new Map();
    return ({ docname, section }) => {
      const known = said.get(docname) ?? folded(posts.get(docname)?.text ?? '');
      said.set(docname, known);
      const text = `${known} ${folded(section)}`;
      return wanted.every((word) => text.includes(word));
    };
  }

  /** @param {string} query @returns {boolean} whether it could be words: of letters, three in a row, or of Chinese, without a sign */
  function areWords(query) {
    const text = stripped(query);
    return WORDS.test(text) && WORD.test(text);
  }

  /** @param {string} text @returns {string[]} its terms, in order, with repetition */
  function termsOf(text) {
    /** @type {string[]} */
    const out = [];
    for (const [term, run] of folded(text).matchAll(TERM)) {
      const characters = run === undefined ? [] : Array.from(run);
      if (characters.length < 2) out.push(term);
      for (let n = 0; n + 1 < characters.length; n++) out.push(characters[n] + characters[n + 1]);
    }
    return out;
  }

  /** @param {number[]} steps @returns {number[]} the numbers that are written as differences */
  function fromDifferences(steps) {
    let number = 0;
    return steps.map((step) => { number += step; return number; });
  }

  /** @param {any} file @param {string} name @returns {number[]} */
  function postings(file, name) {
    return Object.hasOwn(file, name) ? fromDifferences(file[name]) : [];
  }

  /**
   * The places of formulas about which all of some words are said.
   * @param {string} words @param {Map<string, {text: string}>} posts
   * @param {string} shards those that the index has, a digit each
   * @param {(name: string) => Promise<any>} read gives the content of a file of the index
   * @returns {Promise<[number, number][]>} places as numbers, each with its share: 1 when all words stand around
   *   the formula or in the heading of its section, a half when all are of the post alone; the highest come
   *   first, then the most important entries
   */
  async function placesSaid(words, posts, shards, read) {
    const wanted = [...new Set(wordsOf(words))];
    const texts = [...posts].map(([name, { text }]) => /** @type {[string, string]} */ ([name, folded(text)]));
    /** @type {Map<number, number> | null} */
    let counts = null;
    for (const word of wanted) {
      /** @type {Map<number, number>} */
      const found = new Map([...await placesNear(word, shards, read)].map((place) => [place, 1]));
      const names = texts.filter(([, text]) => text.includes(word)).map(([name]) => name);
      const holders = names.length ? await read('holders') : {};
      for (const name of names) {
        for (const place of postings(holders, name)) if (!found.has(place)) found.set(place, 0);
      }
      if (counts) {
        /** @type {Map<number, number>} */
        const both = new Map();
        for (const [place, count] of counts) {
          if (found.has(place)) both.set(place, count + /** @type {number} */ (found.get(place)));
        }
        counts = both;
      } else {
        counts = found;
      }
    }
    const ranked = [...counts ?? []].sort(([a, x], [b, y]) => y - x || a - b);
    return ranked.map(([place, count]) => [place, (wanted.length + count) / (2 * wanted.length)]);
  }

  /**
   * @param {string} word @param {string} shards @param {(name: string) => Promise<any>} read
   * @returns {Promise<Set<number>>} places around which all its terms stand
   */
  async function placesNear(word, shards, read) {
    let found = /** @type {Set<number> | null} */ (null);
    for (const term of new Set(termsOf(word))) {
      const shard = blogFormulas.hashOf(term)[0];
      /** @type {Set<number>} */
      const places = new Set(shards.includes(shard) ? postings(await read(`said-${shard}`), term) : []);
      found = found ? new Set([...found].filter((place) => places.has(place))) : places;
    }
    return found ?? new Set();
  }

  Object.assign(blogFormulas, { saidIn });
  blogFormulas.words = { PLACES, areWords, placesSaid, postings, stripped, termsOf };
})();
