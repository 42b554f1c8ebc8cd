// @ts-check
/* From the trees of equations and sides to their canonical texts.

   The canonical text of a unit is a list of words: leaves, and marks that open and close inner nodes,
   so that two trees are equal exactly when their texts are. One walk over the tree makes the words of
   N1; N2 and N3 are maps over them: N2 word by word, without the words of remarks, N3
   with the variables numbered by first occurrence.
   The specification is docs/formulas-specification.rst. */

/** @typedef {{canonical: [string, string, string], size: number}} FormulaUnit An equation or a side:
   the canonical texts N1, N2, N3; leaves and fractions, roots, accents, tables without punctuation. */

(function () {
  'use strict';

  const blogFormulas = /** @type {any} */ (window).blogFormulas;
  const tables = blogFormulas.unpacked;
  const { isRelation } = blogFormulas.equations;
  const { isRemark } = blogFormulas.tree;

  const TRANSPOSED = new Set(['vT', 'bT', 'fT', 'ctop']);
  const SIZED = new Set('vbnmofctrhFQAMX');

  /** @param {FormulaRow} row @param {WordCache} cache one for all units of a formula, empty at first @returns {FormulaUnit} */
  function unitOf(row, cache) {
    const words = row.length === 1 && typeof row[0] === 'string' ? [row[0] || '-'] : wordsOf(row, cache);
    let size = 0;
    for (const word of words) if (SIZED.has(word[0])) size++;
    return { canonical: canonicalTexts(words), size };
  }

  /** @param {string[]} words of one unit @returns {[string, string, string]} the texts N1, N2 and N3 */
  function canonicalTexts(words) {
    const blind = words.filter((word) => word[0] !== 'k').map(blindWord);
    /** @type {Map<string, string>} */
    const names = new Map();
    const renamed = blind.map((word) => {
      if (word[0] !== 'v') return word;
      const name = names.get(word) ?? `v${names.size + 1}`;
      names.set(word, name);
      return name;
    });
    return [words.join(' '), blind.join(' '), renamed.join(' ')];
  }

  /** @param {string} word @returns {string} */
  function blindWord(word) {
    switch (word[0]) {
      case 'b': case 'v': return `v${tables.variants.get(word.slice(1)) ?? word.slice(1)}`;
      case 'm': return `n${word.slice(1)}`;
      case 'h': return 'ctop';
      default: return word;
    }
  }

  /** @typedef {Map<FormulaBranch, string[]>[]} WordCache Words of inner nodes, without and with an integral
     before them: nodes stand in several units of a formula. */

  /** @returns {WordCache} */
  function wordCache() {
    return [new Map(), new Map()];
  }

  /** The words of a unit, see the specification. @param {FormulaRow} row @param {WordCache} cache @returns {string[]} */
  function wordsOf(row, cache) {
    /** @type {string[]} */
    const out = [];
    let integral = false;
    row.forEach((node, n) => {
      if (typeof node === 'string') {
        integral = emitLeaf(node, row[n + 1] ?? '', out, integral) && node[0] !== 'r';
        return;
      }
      integral = (integral && !isRelation(node)) || isIntegral(node);
      let words = cache[Number(integral)].get(node);
      if (words === undefined) {
        words = [];
        emit(node, words, integral);
        cache[Number(integral)].set(node, words);
      }
      for (const word of words) out.push(word);
    });
    return out;
  }

  /** @param {FormulaRow} row @param {string[]} out @param {boolean} integral */
  function emitRow(row, out, integral) {
    row.forEach((node, n) => {
      if (typeof node === 'string') {
        integral = emitLeaf(node, row[n + 1] ?? '', out, integral);
      } else {
        integral = integral || isIntegral(node);
        emit(node, out, integral);
      }
    });
  }

  /**
   * Append a leaf's word; after an integral sign, `d` before a variable is a differential.
   * @param {string} leaf @param {FormulaNode} following @param {string[]} out @param {boolean} integral
   * @returns {boolean} whether an integral sign stands before what comes next
   */
  function emitLeaf(leaf, following, out, integral) {
    if (leaf === 'q') return integral;
    if (leaf === 'vd' && integral && isVariable(following)) {
      out.push('cd');
      return integral;
    }
    out.push(leaf || '-');
    return integral || tables.integrals.has(leaf);
  }

  /** @param {FormulaBranch} node @returns {boolean} */
  function isIntegral(node) {
    return node.kind === 'S' && tables.integrals.has(node.kids[0]);
  }

  /** @param {FormulaNode} node @returns {boolean} */
  function isVariable(node) {
    if (typeof node === 'string') return node[0] === 'v' || node[0] === 'b';
    return (node.kind === 'S' || node.kind === 'A') && isVariable(node.kids[0]);
  }

  /** @param {FormulaNode} node @param {string[]} out @param {boolean} integral */
  function emit(node, out, integral) {
    if (typeof node === 'string') out.push(node || '-');
    else if (node.kind === 'S') emitScripts(node.kids, out, integral);
    else if (node.kind === 'F') emitFraction(node.kids, out, integral);
    else if (node.kind === 'R') {
      const sole = node.kids.length > 1 && node.kids.slice(1).every(isRemark);
      if (!sole) out.push('R(');
      emitRow(node.kids, out, integral);
      if (!sole) out.push(')');
    } else if (node.kind === 'K') {
      /** @type {string[]} */
      const words = [];
      emit(node.kids[0], words, false);
      out.push('k(');
      for (const word of words) out.push(`k${word}`);
      out.push('k)');
    } else {
      out.push(`${node.kind === 'L' ? 'M' : node.kind}:${node.text.split(' ').join('')}(`);
      for (const kid of node.kids) {
        emit(kid, out, integral);
        out.push(',');
      }
      out.push(')');
    }
  }

  /** @param {FormulaNode[]} kids @param {string[]} out @param {boolean} integral */
  function emitScripts([base, below, above], out, integral) {
    out.push('S(');
    if (base === 've' && above && !below) out.push('ce');
    else emit(base, out, integral);
    out.push(',');
    emit(below, out, false);
    out.push(',');
    if (typeof above === 'string' && TRANSPOSED.has(above) && !tables.bigOperators.has(base)) out.push(`h${above.replace(/^v/, '')}`);
    else emit(above, out, false);
    out.push(')');
  }

  /** @param {FormulaNode[]} kids @param {string[]} out @param {boolean} integral */
  function emitFraction(kids, out, integral) {
    out.push('F(');
    const derivative = !integral && isDerivative(kids);
    for (const kid of kids) {
      const start = out.length;
      emit(kid, out, integral);
      if (derivative) out[out.indexOf('vd', start)] = 'cd';
      out.push(',');
    }
    out.push(')');
  }

  /** @param {FormulaNode[]} kids @returns {boolean} whether a fraction is d/dx or dy/dx */
  function isDerivative(kids) {
    return typeof kids[1] !== 'string' && kids[1].kind === 'R' && kids.every(beginsWithD);
  }

  /** @param {FormulaNode} node @returns {boolean} */
  function beginsWithD(node) {
    while (typeof node !== 'string' && (node.kind === 'R' || node.kind === 'S') && node.kids.length) [node] = node.kids;
    return node === 'vd';
  }

  blogFormulas.normal = { canonicalTexts, unitOf, wordCache, wordsOf };
})();
