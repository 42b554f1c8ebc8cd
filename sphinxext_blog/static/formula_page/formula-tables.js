// @ts-check
/* The tables of the normal forms, unpacked: what every command and character of LaTeX means here.

   The formula-*.js scripts find in the reader's browser the keys that the package
   sphinxext_blog.formulas finds in Python, and the same formulas, each script as the module of its name
   does; the specification is docs/formulas-specification.rst. They are loaded in this order:

     formula-store.js        receive, reader
     formula-tables-data.js  sets blogFormulas.tables to the content of tables.json
     formula-tables.js
     formula-lexer.js
     formula-macros.js       readMacros
     formula-tree.js
     formula-fonts.js
     formula-parser.js
     formula-environments.js
     formula-commands.js
     formula-statements.js
     formula-equations.js
     formula-normal.js
     formula-keys.js         parse, analyse, hashOf, keysOf
     formula-likeness.js     skeleton, stretches, renaming, likeness
     formula-bars.js         which bars of a formula are a pair
     formula-patterns.js     readPattern, constantRuns
     formula-matching.js     matches, bestMatches
     formula-spelling.js     boundLatex, latexOf
     formula-reading.js      words without a backslash
     formula-words.js        words in place of a formula; saidIn
     formula-texts.js
     formula-levels.js       what it holds
     formula-search.js       FormulaSearch
     vendor/temml.min.js     sets LaTeX in a browser
     formula-render.js       render
     formula-page.js         the page itself */

(function () {
  'use strict';

  const blogFormulas = /** @type {any} */ (window).blogFormulas;
  const raw = blogFormulas.tables;

  // A formula may name anything, `constructor` too: all lookups are in maps and sets, none in objects.

  /** @param {string} name @returns {string[]} */
  function wordsOf(name) {
    return raw[name].split(' ');
  }

  /** @param {string} name @returns {Set<string>} */
  function setOf(name) {
    return new Set(wordsOf(name));
  }

  /** @param {string} name @returns {Map<string, string>} */
  function mapOf(name) {
    return new Map(Object.entries(raw[name]));
  }

  /** @param {string} name @returns {string} the inside of a class of a regular expression with the flag u */
  function characterClass(name) {
    return wordsOf(name).map((range) => {
      const [first, last] = range.split('-');
      return `\\u{${first}}-\\u{${last}}`;
    }).join('');
  }

  /** @returns {Map<string, string>} character -> LaTeX */
  function unicodeMap() {
    const table = mapOf('unicode');
    for (const [start, count, first, pattern] of raw.unicode_runs) {
      for (let n = 0; n < count; n++) {
        const letter = String.fromCodePoint(first.codePointAt(0) + n);
        const latex = (table.get(letter) ?? letter).trim();
        table.set(String.fromCodePoint(parseInt(start, 16) + n), `${pattern.split('#').join(latex)} `);
      }
    }
    return table;
  }

  const aliases = mapOf('aliases');
  const brackets = mapOf('brackets');
  const dropped = setOf('dropped');

  /** @returns {Map<string, string>} token -> leaf, for every token that is one symbol and nothing else */
  function leafMap() {
    /** @type {Map<string, string>} */
    const leaves = new Map();
    for (const [kind, list] of [
      ['o', 'operators'], ['p', 'punctuation'], ['r', 'relations'], ['f', 'functions'], ['c', 'constants'],
    ]) {
      for (const name of wordsOf(list)) leaves.set(name, kind + name);
    }
    for (const name of wordsOf('variables')) leaves.set(name, `v\\${name}`);
    /** @type {Map<string, string>} */
    const tokens = new Map();
    for (const [name, leaf] of leaves) tokens.set(/^[A-Za-z]{2,}$/.test(name) ? `\\${name}` : name, leaf);
    for (const [name, target] of aliases) {
      const leaf = leaves.get(target);
      if (leaf !== undefined) tokens.set(`\\${name}`, leaf);
    }
    for (const letter of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz') tokens.set(letter, `v${letter}`);
    for (const name of wordsOf('quads')) tokens.set(`\\${name}`, 'q');
    tokens.set('\\prime', "o'");
    tokens.set("'", "o'");
    for (const special of '{}^_&~$#%') { // alone they speak to the parser, escaped they are symbols
      tokens.delete(special);
      tokens.set(`\\${special}`, `o${special}`);
    }
    for (const accent of '^~') tokens.delete(`\\${accent}`); // of text
    for (const name of dropped) tokens.delete(`\\${name}`);
    return tokens;
  }

  blogFormulas.unpacked = {
    white: characterClass('white'),
    cjk: characterClass('cjk'),
    letters: characterClass('letters'),
    invisible: characterClass('invisible'),
    unicode: unicodeMap(),
    aliases,
    negations: mapOf('negations'),
    brackets,
    closers: new Set(brackets.values()),
    /** Environment -> its brackets, none or two. */
    matrices: new Map([...mapOf('matrices')].map(([name, ends]) => [name, ends ? ends.split(' ') : []])),
    letterFonts: mapOf('letter_fonts'),
    /** Leaves that part two equations. */
    splitters: new Set([
      ...wordsOf('splitters').map((name) => `r${name}`), ...wordsOf('splitting_signs').map((name) => `o${name}`),
    ]),
    /** Words that join two statements, without white space. */
    connectives: setOf('connectives'),
    /** Greek letters in another shape, which only N1 tells apart. */
    variants: new Map([...mapOf('variants')].map(([name, letter]) => [`\\${name}`, `\\${letter}`])),
    /** Leaves on which a T is a bound, no transpose. */
    bigOperators: new Set([
      ...wordsOf('big_functions').map((name) => `f${name}`), ...wordsOf('big_signs').map((name) => `o${name}`),
    ]),
    integrals: new Set(wordsOf('integrals').map((name) => `f${name}`)),
    accents: setOf('accents'),
    dropped,
    droppedWithArgument: setOf('dropped_with_argument'),
    lengths: setOf('lengths'),
    references: setOf('references'),
    transparent: setOf('transparent'),
    braces: setOf('braces'),
    transparentAfterArgument: setOf('transparent_after_argument'),
    bold: setOf('bold'),
    upright: setOf('upright'),
    declarations: setOf('declarations'),
    /** Relations over which the name of a map may stand; over others, it is a remark. */
    arrows: new Set(wordsOf('arrows').map((name) => `r${name}`)),
    relationArrows: new Map([...mapOf('relation_arrows')].map(([name, relation]) => [name, `r${relation}`])),
    alignments: setOf('alignments'),
    cases: setOf('cases'),
    /** Those whose brace stands on the right. */
    rightCases: setOf('right_cases'),
    /** Commands of plain TeX whose argument is a table: `\pmatrix{a & b \cr c & d}`. */
    plainTables: setOf('plain_tables'),
    environmentsWithArgument: setOf('environments_with_argument'),
    /** `\alpha` -> `v\alpha`, `+` -> `o+`, `\quad` -> `q`. */
    leaves: leafMap(),
  };
})();
