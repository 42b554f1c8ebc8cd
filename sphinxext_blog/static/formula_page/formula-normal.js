// @ts-check
/* From trees to equations, sides and their canonical texts.

   The canonical text of a unit is a list of words: leaves, and marks that open and close inner nodes,
   so that two trees are equal exactly when their texts are. One walk over the tree makes the words of
   N1; N2 and N3 are maps over them: N2 word by word, N3 with the variables numbered by first occurrence.
   The specification is docs/formulas-specification.rst. */

/** @typedef {{canonical: [string, string, string], size: number}} FormulaUnit An equation or a side:
   the canonical texts N1, N2, N3; leaves and fractions, roots, accents, tables without punctuation. */

(function () {
  'use strict';

  const blogFormulas = /** @type {any} */ (window).blogFormulas;
  const tables = blogFormulas.unpacked;
  const { branch, nodesOf, one } = blogFormulas.tree;

  /** @type {Set<FormulaNode>} */
  /** A longer chain is one equation: each link repeats the left side. */
  const MOST_LINKS = 16;
  /** Lines of a formula that inherit a left side. */
  const MOST_COPIES = 100;
  const CONTINUES = new Set([
    'o+', 'o-', 'opm', 'omp', 'ocdot', 'otimes', 'o*', 'o/', 'ootimes', 'oodot', 'ooplus', 'owedge', 'ocup', 'ocap',
  ]);
  /** @type {Set<FormulaNode>} */
  const TRIMMED = new Set(['p,', 'p.', 'p;', 'p:', 'q']);
  const TRANSPOSED = new Set(['vT', 'bT', 'fT', 'ctop']);
  const SIZED = new Set('vbnmofctrhFQAMX');
  const SEPARATE = new Set(['gather', 'gathered', 'lgathered', 'rgathered']);

  /** @typedef {FormulaNode[]} Row */

  /** @param {FormulaNode} node @returns {boolean} whether it is a relation, with or without a remark on it */
  function isRelation(node) {
    if (typeof node === 'string') return node[0] === 'r';
    return node.kind === 'S' && isRelation(node.kids[0]);
  }

  /** @param {Row} row @returns {Row} without punctuation and space at its ends, and without space inside */
  function trim(row) {
    let start = 0;
    let end = row.length;
    while (start < end && TRIMMED.has(row[end - 1])) end--;
    while (start < end && TRIMMED.has(row[start])) start++;
    return row.slice(start, end).filter((node) => node !== 'q');
  }

  /**
   * Cut a formula into its equations.
   *
   * Lines of alignments are equations of their own. A line that begins with a relation inherits the left
   * side of the line above, and in place of an `=` its relation; one that begins with an operator and holds
   * no relation continues it. Quads and implications part the equations of a line; in a chain, every part
   * after an `=` is the right side of an equation with the first part and the first relation: written in
   * one line or in many, `a = b = c` is `a = b` and `a = c`.
   * @param {Row} row @returns {Row[]}
   */
  function equationsOf(row) {
    /** @type {Row[]} */
    const out = [];
    /** @type {Row} */
    let left = [];
    /** @type {FormulaNode} */
    let relation = 'r=';
    let inherited = 0;
    for (const { line, continues } of linesOf(row)) {
      partsOf(line).forEach((part, n) => {
        if (n === 0 && left.length && isRelation(part[0]) && inherited < MOST_COPIES) {
          inherited++;
          if (part[0] !== 'r=') relation = part[0];
          out.push([...left, relation, ...part.slice(1)]);
        } else if (n === 0 && continues && out.length && CONTINUES.has(part[0]) && !part.some(isRelation)) {
          out.push([.../** @type {Row} */ (out.pop()), ...part]);
        } else {
          out.push(part);
          if (n === 0) {
            const at = Math.max(0, part.findIndex(isRelation));
            left = part.slice(0, at);
            relation = at ? part[at] : 'r=';
          }
        }
      });
    }
    return out.flatMap(linksOf);
  }

  /** The equations of a chain: `a < b = c` says `a < b` and `a < c`; `0 < x < 1` is one. @param {Row} equation @returns {Row[]} */
  function linksOf(equation) {
    /** @type {number[]} */
    const at = [];
    equation.forEach((node, n) => { if (isRelation(node)) at.push(n); });
    if (at.length < 2 || at.length > MOST_LINKS || at[0] === 0 || at.slice(1).some((n) => equation[n] !== 'r=')) return [equation];
    const first = equation.slice(0, at[0] + 1);
    return at.map((start, n) => trim([...first, ...equation.slice(start + 1, at[n + 1])]));
  }

  /** @param {Row} line @returns {Row[]} */
  function partsOf(line) {
    /** @type {Row[]} */
    const parts = [[]];
    for (const node of line) {
      if (node === 'q' || tables.splitters.has(node)) parts.push([]);
      else parts[parts.length - 1].push(node);
    }
    return parts.map(trim).filter((part) => part.length);
  }

  /** The lines of a formula, and whether each may continue the one before. @param {Row} row @returns {{line: Row, continues: boolean}[]} */
  function linesOf(row) {
    /** @type {{line: Row, continues: boolean}[]} */
    const out = [];
    const stack = [{ node: one(row), continues: false }];
    while (stack.length) {
      const { node, continues } = /** @type {{node: FormulaNode, continues: boolean}} */ (stack.pop());
      /** @type {Row} */
      const kids = nodesOf(node);
      const content = trim(kids);
      const sole = content.length === 1 ? content[0] : '';
      if (typeof sole !== 'string') {
        const lines = linesWithin(sole);
        const joins = !SEPARATE.has(sole.text);
        for (let n = lines.length - 1; n >= 0; n--) stack.push({ node: lines[n], continues: joins && n > 0 });
        if (lines.length) continue;
      }
      if (content.length) out.push({ line: kids, continues });
      for (const kid of kids) { // a system in braces, or lines beside something else
        if (typeof kid === 'string' || kid.kind !== 'M' || kid.text !== 'cases') continue;
        for (const line of tableLines(kid)) out.push({ line: nodesOf(line), continues: false });
      }
    }
    return out;
  }

  /** @param {FormulaBranch} node alone in its row @returns {FormulaNode[]} its lines, when it is nothing but lines */
  function linesWithin(node) {
    if (node.kind === 'L') return node.kids;
    return node.kind === 'M' && (node.text === 'matrix' || node.text === 'cases') ? tableLines(node) : [];
  }

  /** @param {FormulaBranch} table @returns {FormulaNode[]} its rows when at least half of them hold a relation; else nothing */
  function tableLines(table) {
    let related = 0;
    const lines = table.kids.map((row) => {
      const cells = typeof row === 'string' ? [row] : row.kids;
      /** @type {Row} */
      const joined = (table.text === 'matrix' ? cells : cells.slice(0, 1)).flatMap(nodesOf);
      related += Number(joined.some(isRelation));
      return branch('R', '', joined);
    });
    return related && 2 * related >= lines.length ? lines : [];
  }

  /** @param {Row} equation @returns {Row[]} what stands between its relations; nothing where there is none */
  function sidesOf(equation) {
    /** @type {Row[]} */
    const out = [[]];
    for (const node of equation) {
      if (isRelation(node)) out.push([]);
      else out[out.length - 1].push(node);
    }
    return out.length > 1 ? out.map(trim).filter((side) => side.length) : [];
  }

  /** @param {Row} row @param {WordCache} cache one for all units of a formula, empty at first @returns {FormulaUnit} */
  function unitOf(row, cache) {
    const words = row.length === 1 && typeof row[0] === 'string' ? [row[0] || '-'] : wordsOf(row, cache);
    let size = 0;
    for (const word of words) if (SIZED.has(word[0])) size++;
    return { canonical: canonicalTexts(words), size };
  }

  /** @param {string[]} words of one unit @returns {[string, string, string]} the texts N1, N2 and N3 */
  function canonicalTexts(words) {
    const blind = words.map(blindWord);
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
      case 'b': return `v${word.slice(1)}`;
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

  /** The words of a unit, see the specification. @param {Row} row @param {WordCache} cache @returns {string[]} */
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

  /** @param {Row} row @param {string[]} out @param {boolean} integral */
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
      out.push('R(');
      emitRow(node.kids, out, integral);
      out.push(')');
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
    if (typeof above === 'string' && TRANSPOSED.has(above)) out.push(`h${above.replace(/^v/, '')}`);
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

  blogFormulas.normal = { canonicalTexts, equationsOf, sidesOf, unitOf, wordCache, wordsOf };
})();
