// @ts-check
/* Words that a reader types without a backslash: `softmax(?a)` means \operatorname{softmax}(?a).

   To LaTeX these are seven letters; to the blog, where formulas have this word, hardly ever. So a run of
   letters that is such a word is read as this word. */
(function () {
  'use strict';

  const blogFormulas = /** @type {any} */ (window).blogFormulas;
  const { bold, letterFonts, upright } = blogFormulas.unpacked;

  /** Letters of a word; two are a product more often. */
  const LEAST = 3;
  /** Letters of a word beside which there is a longer one, or where the product was not found. */
  const PAIR = 2;
  /** Words that are commands of LaTeX; any other needs `\operatorname`. */
  const COMMANDS = new Set((
    'arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf int ker lg lim liminf limsup ' +
    'ln log max min oint prod sec sin sinh sum sup tan tanh').split(' '));
  const NAMED = [...upright, ...bold, ...letterFonts.keys()].join('|');
  // What is passed over: an environment, words that are written as such, a command, a wildcard.
  const PIECE = new RegExp(
    `\\\\(?:begin|end|${NAMED})[ ]*\\{[^{}]*\\}|\\\\[A-Za-z]+|\\\\.|[?\uff1f][A-Za-z][0-9]*|([A-Za-z]+)`, 'gsu');

  /** @param {string} latex @param {number} [least] @returns {string[]} the runs of so many letters or more, which could be words */
  function letterRuns(latex, least = LEAST) {
    return [...latex.matchAll(PIECE)].map(([, name]) => name).filter((name) => name && name.length >= least);
  }

  /**
   * A query in which runs of letters that are words are written as words: all of them or none.
   * @param {string} latex any text
   * @param {Set<string>} words those of canonical texts that the formulas of an index hold
   * @param {number} [least] letters that one of the words has; beside it, words of two are read as well
   * @returns {string} the query itself when there are none
   */
  function withWords(latex, words, least = LEAST) {
    const known = new Set(letterRuns(latex, PAIR).filter((name) => words.has(`f${name}`)));
    if ([...known].every((name) => name.length < least)) return latex;
    return latex.replace(PIECE, (/** @type {string} */ all, /** @type {string | undefined} */ name) => {
      if (name === undefined || !known.has(name)) return all;
      return COMMANDS.has(name) ? `\\${name}` : `\\operatorname{${name}}`;
    });
  }

  blogFormulas.reading = { PAIR, letterRuns, withWords };
})();
