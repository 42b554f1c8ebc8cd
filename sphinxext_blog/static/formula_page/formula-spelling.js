// @ts-check
/* Canonical text as LaTeX again, to show a reader what a wildcard stands for.

   What the canonical text is blind to (spacing, sizes; in form N2 bold as well) is not there to be written;
   read again, the LaTeX has the same text. */
(function () {
  'use strict';

  const blogFormulas = /** @type {any} */ (window).blogFormulas;
  const { alignments, brackets, leaves } = blogFormulas.unpacked;
  const { canonicalTexts } = blogFormulas.normal;
  const { END } = blogFormulas.patterns;

  /** Words of an equation that are compared, as its text in the index has no more. */
  const MOST_WORDS = 400;

  /** Leaf -> the first token that is read as this leaf. @type {Map<string, string>} */
  const LEXEMES = new Map();
  for (const [lexeme, leaf] of leaves) if (leaf !== 'q' && !LEXEMES.has(leaf)) LEXEMES.set(leaf, lexeme);
  const INFIX = new Set(['atop', 'brace', 'brack']);
  /** Both marks of brackets by the text of their node. @type {Map<string, [string, string]>} */
  const PAIRS = new Map();
  for (const first of brackets.keys()) {
    for (const last of brackets.values()) if (!PAIRS.has(first + last)) PAIRS.set(first + last, [first, last]);
  }

  /** @param {string} text N1 or N2, or a part of one that is balanced @returns {string} LaTeX with this canonical text */
  function latexOf(text) {
    const opened = ['R('];
    const parts = [['']];
    for (const word of text.split(' ')) {
      if (word >= 'A' && word[0] <= 'Z') {
        const around = opened[opened.length - 1];
        // The kids of a table's row are its cells.
        const cells = word === 'R(' && around[0] === 'M' && !alignments.has(around.slice(2, -1));
        opened.push(cells ? 'cells' : word);
        parts.push(['']);
        continue;
      }
      if (word === ',') {
        parts[parts.length - 1].push('');
        continue;
      }
      let latex = '';
      if (word === ')' && opened.length > 1) {
        latex = built(/** @type {string} */ (opened.pop()), /** @type {string[]} */ (parts.pop()));
      } else if (word !== '-') {
        latex = spelt(word);
      }
      const row = parts[parts.length - 1];
      row[row.length - 1] = append(row[row.length - 1], latex);
      if (opened[opened.length - 1] === 'cells') row.push('');
    }
    return parts[0].join('');
  }

  /**
   * What wildcards stand for as the formula writes it: a match is blind to bold.
   * @param {FormulaMatch} match @param {string} latex @param {string[]} texts those N2 that were compared
   * @returns {[string, string][]}
   */
  function boundLatex({ binding, spans }, latex, texts) {
    /** @type {string[]} */
    const words = [];
    /** @type {{equations: FormulaUnit[]}} */
    const { equations } = blogFormulas.analyse(latex);
    for (let n = 0; n < Math.min(equations.length, texts.length); n++) {
      // In N2 each word of N1 is another word or none.
      /** @type {[string, string][]} */
      const pairs = equations[n].canonical[0].split(' ').map((word) => [word, canonicalTexts([word])[1]]);
      const kept = pairs.filter(([, blind]) => blind).slice(0, MOST_WORDS);
      if (kept.map(([, blind]) => blind).join(' ') !== texts[n]) {
        return binding.map(([name, text]) => [name, latexOf(text)]);
      }
      words.push(...kept.map(([word]) => word), END);
    }
    return binding.map(([name], n) => [name, latexOf(words.slice(...spans[n]).join(' '))]);
  }

  /** @param {string} before @param {string} latex @returns {string} both in a row; a command keeps its distance from a letter */
  function append(before, latex) {
    const command = before.lastIndexOf('\\') + 1;
    const gap = command > 0 && isName(before.slice(command)) && isName(latex.slice(0, 1));
    return gap ? `${before} ${latex}` : before + latex;
  }

  /** @param {string} text @returns {boolean} whether it can be the name of a command */
  function isName(text) {
    return /^[A-Za-z]+$/.test(text);
  }

  /** @param {string} word of a leaf @returns {string} */
  function spelt(word) {
    const known = LEXEMES.get(word);
    if (known !== undefined) return known;
    const kind = word[0];
    const name = word.slice(1);
    if (kind === 'c') {
      const colon = name.indexOf(':');
      // Without font: the d of an integral, the e of a power.
      return colon < 0 ? name : `\\math${name.slice(0, colon)}{${name.slice(colon + 1)}}`;
    }
    if (kind === 'b' || kind === 'm') return `\\boldsymbol{${spelt(`v${name}`)}}`;
    if (kind === 'h') return spelt([...name].length > 1 ? name : `v${name}`); // a transpose, whose letter has no class
    if (kind === 'f') return `\\operatorname{${name}}`;
    if (kind === 't') return `\\text{${name}}`;
    if (kind === 'o' && name[0] === "'") return '\\prime'.repeat([...name].length);
    return (kind === 'o' || kind === 'r') && name.length > 1 && isName(name) ? `\\${name}` : name;
  }

  /** @param {string} opener @param {string[]} parts @returns {string} the LaTeX of an inner node */
  function built(opener, parts) {
    const [first, ...others] = parts;
    const rest = others.join('');
    if (opener === 'cells') return parts.slice(0, -1).join(' & ');
    const name = opener.slice(2, -1);
    switch (opener[0]) {
      case 'R':
        return parts.join('');
      case 'S':
        return scripts(first, others);
      case 'F':
        return `\\frac{${first}}{${rest}}`;
      case 'Q':
        return rest ? `\\sqrt[${rest}]{${first}}` : `\\sqrt{${first}}`;
      case 'P': {
        const pair = PAIRS.get(name);
        if (pair) return append(append(spelt(`o${pair[0]}`), first), spelt(`o${pair[1]}`));
        break;
      }
      case 'M':
        return `\\begin{${name}} ${parts.filter(Boolean).join(' \\\\ ')} \\end{${name}}`;
      default:
    }
    if (INFIX.has(name)) return `{${first} \\${name} ${rest}}`;
    return `\\${name}${parts.filter(Boolean).map((part) => `{${part}}`).join('')}`;
  }

  /** @param {string} base @param {string[]} scripts below and above @returns {string} */
  function scripts(base, [below = '', above = '']) {
    const single = /^.?$/su.test(base) || (base[0] === '\\' && isName(base.slice(1)));
    return (single ? base : `{${base}}`) + (below ? `_{${below}}` : '') + (above ? `^{${above}}` : '');
  }

  Object.assign(blogFormulas, { boundLatex, latexOf });
})();
