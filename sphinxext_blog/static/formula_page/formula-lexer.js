// @ts-check
/* LaTeX to tokens: a command (`\alpha`), a number, a run of CJK characters, a parameter (`#1`) or one
   character. White space never counts. A font or text command with a plain argument (`\mathbb{R}`,
   `\text{if }`) is one token, as most of them are; the parser keeps their meaning in a cache. */
(function () {
  'use strict';

  const blogFormulas = /** @type {any} */ (window).blogFormulas;
  const tables = blogFormulas.unpacked;

  /** Characters of a formula that are read. */
  const MAX_LENGTH = 100000;
  /** The token after the last one. */
  const END = '';

  /** Names of the commands that are read together with their argument. @type {Set<string>} */
  const compounds = new Set(
    [...tables.bold, ...tables.upright, ...tables.letterFonts.keys()].filter((name) => !tables.declarations.has(name)),
  );

  const SIMPLE = [
    '\\\\[A-Za-z]+',
    '%[^\\n]*',
    '[0-9]+(?:\\.[0-9]+)?',
    '#[1-9]',
    `[${tables.cjk}]+`,
    '\\\\.',
    `[^${tables.white}]`,
  ].join('|');
  const COMPOUND = `\\\\(?:${[...compounds].join('|')})\\{[^{}\\\\$#%^_&~\\n]{0,64}\\}`;

  const TOKEN = new RegExp(`${COMPOUND}|${SIMPLE}`, 'gsu');
  const PLAIN_TOKEN = new RegExp(SIMPLE, 'gsu');
  const WHITE_RUN = new RegExp(`[${tables.white}]+`, 'gu');
  const INVISIBLE = new RegExp(`[${tables.invisible}]`, 'gu');
  const CJK_START = new RegExp(`^[${tables.cjk}]`, 'u');
  const LETTER_START = new RegExp(`^[${tables.letters}]`, 'u');
  const BEYOND_ASCII = /[^\0-\x7f]/gu;
  const LONE_SURROGATE = /[\ud800-\udfff]/gu;

  /** @param {string} latex @returns {string} as much as is read; characters are code points, as in Python */
  function beginning(latex) {
    if (latex.length <= MAX_LENGTH) return latex;
    let end = 0;
    for (let count = 0; count < MAX_LENGTH && end < latex.length; count++) {
      end += /** @type {number} */ (latex.codePointAt(end)) > 0xffff ? 2 : 1;
    }
    return latex.slice(0, end);
  }

  /** @param {string} text @returns {string} */
  function withoutSpace(text) {
    return text.replace(WHITE_RUN, '');
  }

  /** @param {string} text @returns {boolean} whether it begins with a CJK character */
  function isCjk(text) {
    return CJK_START.test(text);
  }

  /** @param {string} text @returns {boolean} whether it begins with a letter of another alphabet */
  function isLetter(text) {
    return LETTER_START.test(text);
  }

  /** @param {string} text @returns {boolean} whether it begins with a letter of any alphabet that the tables know */
  function beginsWithLetter(text) {
    return /^[A-Za-z]/.test(text) || isLetter(text) || isCjk(text);
  }

  /** @param {string} latex @returns {string} with LaTeX for the characters that have one */
  function inAscii(latex) {
    if (latex.search(BEYOND_ASCII) < 0) return latex;
    return latex
      .replace(LONE_SURROGATE, '\ufffd')
      .replace(INVISIBLE, '')
      .replace(BEYOND_ASCII, (character) => tables.unicode.get(character) ?? character);
  }

  /**
   * Cut LaTeX into tokens; comments and white space are gone.
   * @param {string} latex any text
   * @param {boolean} [compound] read `\mathbb{R}` as one token; off while a macro of such a name is in force
   * @returns {string[]}
   */
  function tokenise(latex, compound = true) {
    const text = inAscii(beginning(latex));
    const tokens = text.match(compound ? TOKEN : PLAIN_TOKEN) ?? [];
    return text.includes('%') ? tokens.filter((token) => token[0] !== '%') : tokens;
  }

  blogFormulas.lexer = { END, beginning, beginsWithLetter, compounds, isCjk, isLetter, tokenise, withoutSpace };
})();
