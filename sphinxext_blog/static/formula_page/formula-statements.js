// @ts-check
/* Where one statement ends and the next begins, in a row without implications and wide spaces.
   The specification is docs/formulas-specification.rst. */

/** @typedef {FormulaNode[]} FormulaRow */

(function () {
  'use strict';

  const blogFormulas = /** @type {any} */ (window).blogFormulas;
  const tables = blogFormulas.unpacked;
  const { isCjk } = blogFormulas.lexer;
  const { isRemark } = blogFormulas.tree;

  /** @type {Set<FormulaNode>} */
  const TRIMMED = new Set(['p,', 'p.', 'p;', 'p:', 'q']);
  /** @type {Set<FormulaNode>} */
  const COMMAS = new Set(['p,', 'p;']);
  /** What may stand between two statements of one chain, and as well between two terms. @type {Set<FormulaNode>} */
  const PARTING = new Set(['p,', 'p;', 'p:', 'owedge', 'ovee']);
  /** @type {Set<FormulaNode>} */
  const DOTS = new Set(['cdots', 'cvdots', 'cddots', 'p.']);
  /** @type {Set<FormulaNode>} */
  const QUANTIFIERS = new Set(['cforall', 'cexists', 'cnexists']);
  /** @type {Set<FormulaNode>} */
  const UPWARDS = new Set(['r<', 'rle', 'rsubset', 'rsubseteq', 'rprec', 'rpreceq']);
  /** @type {Set<FormulaNode>} */
  const DOWNWARDS = new Set(['r>', 'rge', 'rsupset', 'rsupseteq', 'rsucc', 'rsucceq']);
  /** @type {Set<FormulaNode>} */
  const OPEN = new Set([...tables.brackets].flat().map((bracket) => `o${bracket}`));
  /** @type {Set<FormulaNode>} */
  const BARS = new Set(['o|', 'oVert']);
  /** Operators next to which words are a term. @type {Set<FormulaNode>} */
  const JOINING = new Set(
    '+ - pm mp * / times cdot div circ bullet odot otimes oplus ominus oslash cup cap setminus wedge vee'.split(' ').map((name) => `o${name}`),
  );

  /** @param {FormulaNode} node @returns {boolean} whether it is a relation, with or without scripts on it */
  function isRelation(node) {
    if (typeof node === 'string') return node[0] === 'r';
    return node.kind === 'S' && isRelation(node.kids[0]);
  }

  /** @param {FormulaRow} row @returns {FormulaRow} without punctuation and space at its ends, and without space inside */
  function trim(row) {
    let start = 0;
    let end = row.length;
    while (start < end && TRIMMED.has(row[end - 1])) end--;
    while (start < end && TRIMMED.has(row[start])) start++;
    return row.slice(start, end).filter((node) => node !== 'q');
  }

  /** @param {FormulaRow} row @returns {number[]} where its relations stand */
  function relationsOf(row) {
    /** @type {number[]} */
    const at = [];
    row.forEach((node, n) => { if (isRelation(node)) at.push(n); });
    return at;
  }

  /** @param {FormulaNode} node @returns {boolean} */
  function isComma(node) {
    return COMMAS.has(node);
  }

  /** Cut a row at the commas and the words between its statements. @param {FormulaRow} part @returns {FormulaRow[]} */
  function statementsOf(part) {
    const pieces = joinedStatements(part);
    return part.some(isComma) ? pieces.flatMap(listedStatements) : pieces;
  }

  /** @param {FormulaRow} row @returns {boolean} whether something in it may stand between two statements rather than in a term */
  function mayPart(row) {
    if (row.some((node) => PARTING.has(node)) || row.filter((node) => node === 'o|').length % 2) return true;
    return row.some((node, n) => n > 0 && n < row.length - 1 && isConnective(row, n));
  }

  /**
   * Words that join what is around: `or`, `, where`, any of ideographs. Next to an operator or a relation they are a term.
   * @param {FormulaRow} row @param {number} n @returns {boolean}
   */
  function isConnective(row, n) {
    const node = row[n];
    if (typeof node !== 'string' || !'ft'.includes(node[0] || '-')) return false;
    const text = node.slice(1).replace(/^[,;:.]+/, '').replace(/[,;:.]+$/, '').toLowerCase();
    if (!tables.connectives.has(text) && !(node[0] === 't' && isCjk(text))) return false;
    return ![row[n - 1] ?? '', row[n + 1] ?? ''].some((other) => isRelation(other) || JOINING.has(other));
  }

  /**
   * Cut `x = 1 \text{ or } x = 2` before and behind the word; a word in a term is no such.
   *
   * A statement stands before and behind it; a quantifier holds for all behind it.
   * @param {FormulaRow} part @returns {FormulaRow[]}
   */
  function joinedStatements(part) {
    /** @type {number[]} */
    const at = [];
    part.forEach((_, n) => { if (isConnective(part, n)) at.push(n); });
    /** @type {FormulaRow[]} */
    const out = [];
    let begun = 0;
    for (const [index, n] of at.entries()) {
      const before = part.slice(begun, n);
      if (before.some((node) => QUANTIFIERS.has(node))) break;
      if (!isStatement(before) || !isStatement(part.slice(n + 1, at[index + 1]))) continue;
      out.push(trim(before), trim([part[n]]));
      begun = n + 1;
    }
    return at.length ? [...out, trim(part.slice(begun))] : [part];
  }

  /**
   * Cut `x = 1, y = 2` at its comma; not `x, y \in R`, `i = 1, \dots, n` nor what may be a list.
   *
   * Each statement holds a relation of its own. What stands between two commas and holds none belongs to
   * neither neighbour for sure, but where it ends an enumeration. Dots in place of a statement enumerate
   * statements, a quantifier holds for all after it, and nothing is cut within brackets or bars without partner.
   * @param {FormulaRow} part @returns {FormulaRow[]}
   */
  function listedStatements(part) {
    /** @type {FormulaRow[]} */
    const pieces = [[]];
    for (const node of part) {
      pieces[pieces.length - 1].push(node);
      if (isComma(node)) pieces.push([]);
    }
    const said = pieces.map(isStatement);
    if (said.filter(Boolean).length < 2 || part.some((node) => OPEN.has(node))) return [part];
    /** @type {FormulaRow[]} */
    const out = [];
    let start = said.indexOf(true);
    let begun = 0;
    for (let n = start + 1; n < pieces.length; n++) {
      if (!said[n]) continue;
      const between = pieces.slice(start + 1, n);
      const unclear = (between.length && !between.some(isDots)) || isRange(pieces[start], pieces[n]);
      start = n;
      if (between.length && isDots(between[between.length - 1])) return [part];
      if (unclear) continue;
      const before = pieces.slice(begun, n).flat();
      if (before.some((node) => QUANTIFIERS.has(node))) break;
      if (before.filter((node) => BARS.has(node)).length % 2 === 0) {
        out.push(trim(before));
        begun = n;
      }
    }
    out.push(trim(pieces.slice(begun).flat()));
    return out;
  }

  /** @param {FormulaRow} piece @returns {boolean} whether something stands on both sides of a relation */
  function isStatement(piece) {
    if (!piece.length || isRelation(piece[0])) return false;
    let end = piece.length;
    while (end && (TRIMMED.has(piece[end - 1]) || isRemark(piece[end - 1]))) end--;
    return piece.slice(1, Math.max(1, end - 1)).some(isRelation);
  }

  /** @param {FormulaRow} before @param {FormulaRow} behind @returns {boolean} whether both may be the ends of one statement: `1 \le p, q \le n` */
  function isRange(before, behind) {
    const [[first, ...others], [second, ...more]] = [relationsOf(before), relationsOf(behind)];
    const same = [UPWARDS, DOWNWARDS].some((known) => known.has(before[first]) && known.has(behind[second]));
    if (!same || others.length || more.length) return false;
    const bound = trim(before.slice(first + 1));
    return bound.length === 1 && second === 1 && first <= 2 && !'nm'.includes(baseOf(bound[0])[0]);
  }

  /** @param {FormulaNode} node @returns {string} the leaf that carries its scripts; `-` for another node */
  function baseOf(node) {
    while (typeof node !== 'string') {
      if (node.kind !== 'S') return '-';
      [node] = node.kids;
    }
    return node || '-';
  }

  /** @param {FormulaRow} piece @returns {boolean} */
  function isDots(piece) {
    return piece.length > 1 && piece.every((node) => DOTS.has(node) || isComma(node));
  }

  blogFormulas.statements = { OPEN, TRIMMED, isRelation, mayPart, relationsOf, statementsOf, trim };
})();
