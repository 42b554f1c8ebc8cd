// @ts-check
/* Wildcards: `?a` in a query stands for any part of a formula.

   A pattern and a formula are lists of canonical words (form N2), the wildcards being words of their own.
   As these words open and close every inner node, one walk along both lists decides whether the formula
   has the form of the pattern; only a wildcard has a choice, of how many nodes of its row it takes. The
   specification is docs/formulas-specification.rst. */

/**
 * @typedef {object} FormulaPattern A query with wildcards.
 * @property {string[]} words N2 of its equations, each closed by `;`; a wildcard is `?a`, or `!a` behind the d
 *   of an integral
 * @property {string[]} names of the wildcards by first occurrence, without question mark; none: an ordinary query
 */

(function () {
  'use strict';

  const blogFormulas = /** @type {any} */ (window).blogFormulas;
  const { beginning } = blogFormulas.lexer;
  const { NO_MACROS, tokensOf } = blogFormulas.macros;
  const { branch } = blogFormulas.tree;
  const { read } = blogFormulas.commands;
  const { equationsOf } = blogFormulas.equations;
  const { canonicalTexts, wordCache, wordsOf } = blogFormulas.normal;
  const { MARKS } = blogFormulas.similar;
  const { integrals } = blogFormulas.unpacked;

  /** Different wildcards of a query; further ones are question marks. */
  const MAX_NAMES = 64;
  const FIRST_MARK = 0xe000;
  const MARK = /[\ue000-\ue03f]/gu;
  // A character behind a backslash is escaped; this finds it so that it is passed over.
  const WILDCARD = /\\.|[?？]([A-Za-z][0-9]*)/gsu;
  /** The word that closes an equation of a pattern. */
  const END = ';';

  /** Operators with limits: one without any in a pattern is one with any limits in a formula. */
  const LIMITED = new Set([
    ...integrals,
    ...('sum prod coprod bigcup bigcap bigvee bigwedge bigsqcup biguplus ' +
      'lim liminf limsup injlim projlim max min sup inf argmax argmin').split(' ').map((name) => `f${name}`),
  ]);

  /** @param {FormulaPattern} pattern @param {number} at @returns {boolean} whether its word there is an operator without limits */
  function isBare({ words, names }, at) {
    return names.length > 0 && LIMITED.has(words[at]) && words[at - 1] !== 'S(';
  }

  /** @param {string} word @returns {boolean} whether it is a wildcard */
  function isWild(word) {
    return word[0] === '?' || word[0] === '!';
  }

  /**
   * Read a query in which `?` before a letter (and digits) is a wildcard.
   * @param {string} latex any text @param {FormulaMacros} [macros] those of the project
   * @returns {FormulaPattern} without wildcards its words are those of the formula; nothing is thrown
   */
  function readPattern(latex, macros = NO_MACROS) {
    const text = beginning(latex);
    // A backslash before the mark makes it one token that no font or text command takes for a letter.
    /** @type {Map<string, string>} */
    const names = new Map();
    const marked = text.replace(MARK, '').replace(WILDCARD, (/** @type {string} */ all, /** @type {string | undefined} */ name) => {
      if (name === undefined || (!names.has(name) && names.size === MAX_NAMES)) return all;
      const mark = names.get(name) ?? String.fromCharCode(FIRST_MARK + names.size);
      names.set(name, mark);
      return `\\${mark}`;
    });
    const { row } = read(tokensOf(names.size ? marked : text, macros).tokens);
    if (!names.size) return patternOf(equationsOf(row), new Map());
    const variables = new Map([...names.values()].map((mark) => [`o${mark}`, `v${mark}`]));
    const equations = equationsOf(row.map((/** @type {FormulaNode} */ node) => withVariables(node, variables)));
    return patternOf(equations, new Map([...names].map(([name, mark]) => [`v${mark}`, name])));
  }

  /**
   * The tree in which marks are variables, so that `d?x` is a differential.
   * @param {FormulaNode} node @param {Map<string, string>} variables @returns {FormulaNode}
   */
  function withVariables(node, variables) {
    if (typeof node === 'string') return variables.get(node) ?? node;
    return branch(node.kind, node.text, node.kids.map((kid) => withVariables(kid, variables)));
  }

  /** @param {FormulaNode[][]} equations @param {Map<string, string>} wildcards leaf -> name @returns {FormulaPattern} */
  function patternOf(equations, wildcards) {
    /** @type {string[]} */
    const out = [];
    /** @type {Set<string>} */
    const names = new Set();
    const cache = wordCache();
    for (const equation of equations) {
      for (const word of canonicalTexts(wordsOf(equation, cache))[1].split(' ')) {
        const name = wildcards.get(word);
        if (name === undefined) {
          out.push(word);
          continue;
        }
        names.add(name);
        // At the head of a row d/dx is a derivative, whose parts are rows of their own.
        const behind = out.length > 1 && out[out.length - 1] === 'cd' && out[out.length - 2] !== 'R(';
        out.push(behind ? `!${name}` : `?${name}`);
      }
      out.push(END);
    }
    return { words: names.size ? out.map((word) => (word === 'cd' ? 'vd' : word)) : out, names: [...names] };
  }

  /**
   * For each equation of a pattern, the runs of words that stand in all that has its form, in order.
   *
   * A run ends at a wildcard, and at `d`, of which only the whole formula says whether it is a differential;
   * an operator without limits is a run by itself. An equation without any, such as `?a`, says nothing; a pattern of only such is too general to be
   * searched for.
   * @param {FormulaPattern} pattern @returns {string[][][]}
   */
  function constantRuns(pattern) {
    const { words, names } = pattern;
    /** @type {string[][][]} */
    const out = [];
    /** @type {string[][]} */
    let equation = [];
    /** @type {string[]} */
    let run = [];
    words.forEach((word, at) => {
      const bare = isBare(pattern, at);
      if (word !== END && !(word === 'vd' && names.length) && !isWild(word) && !bare) {
        run.push(word);
        return;
      }
      if (run.some((known) => !MARKS.has(known))) equation.push(run);
      run = [];
      if (bare) equation.push([word]); // limits may stand before and behind it
      if (word !== END) return;
      out.push(equation);
      equation = [];
    });
    return out;
  }

  Object.assign(blogFormulas, { constantRuns, readPattern });
  blogFormulas.patterns = { END, isBare, isWild };
})();
