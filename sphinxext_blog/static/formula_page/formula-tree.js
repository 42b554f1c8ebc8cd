// @ts-check
/* The tree of a formula: leaves, branches, and how rows and scripts are put together. */

/**
 * @typedef {object} FormulaBranch An inner node; what kind and text may be says Branch in model.py.
 * @property {string} kind
 * @property {string} text
 * @property {FormulaNode[]} kids never changed once they are in a branch, since branches are shared
 */
/** @typedef {string | FormulaBranch} FormulaNode A leaf is a string whose first character is its class. */

(function () {
  'use strict';

  const blogFormulas = /** @type {any} */ (window).blogFormulas;

  /** @param {string} kind @param {string} text @param {FormulaNode[]} kids @returns {FormulaBranch} */
  function branch(kind, text, kids) {
    return { kind, text, kids };
  }

  /** @param {FormulaNode[]} kids @returns {FormulaNode} a row as one node: nothing is the empty string */
  function one(kids) {
    if (kids.length === 1) return kids[0];
    return kids.length ? branch('R', '', kids) : '';
  }

  /** @param {FormulaNode} node @returns {FormulaNode[]} a node as a row, the inverse of `one` */
  function nodesOf(node) {
    if (typeof node !== 'string' && node.kind === 'R') return node.kids;
    return node ? [node] : [];
  }

  /**
   * A base with its scripts; those that it already has stay, where there is room.
   * @param {FormulaNode} base @param {FormulaNode} below @param {FormulaNode} above @returns {FormulaNode}
   */
  function script(base, below, above) {
    if (!below && !above) return base;
    if (typeof base !== 'string' && base.kind === 'S') {
      const [inner, oldBelow, oldAbove] = base.kids;
      if (!(oldBelow && below) && !(oldAbove && above)) {
        return branch('S', '', [inner, oldBelow || below, oldAbove || above]);
      }
    }
    return branch('S', '', [base, below, above]);
  }

  /**
   * Join what is one sign in several tokens; drop what is empty.
   *
   * `\arg` and `\min` are one function, `:` and `=` one relation, three full stops are dots, two bars are one
   * where no single bar stands in the row, and a full stop that begins something is the point of the number
   * behind it.
   * @param {FormulaNode[]} nodes @returns {FormulaNode[]}
   */
  function finish(nodes) {
    const kids = joinedBars(nodes);
    if (!['farg', 'p:', '', 'p.'].some((leaf) => kids.includes(leaf))) return kids;
    /** @type {FormulaNode[]} */
    const out = [];
    for (const kid of kids) {
      if (!kid) continue;
      if (kid === 'r=' && out.length && out[out.length - 1] === 'p:') {
        out[out.length - 1] = 'r:=';
        continue;
      }
      if (kid === 'p.' && endsWithTwo(out)) {
        out.splice(-2, 2, 'cdots');
        continue;
      }
      const leaf = out.length ? joined(out, kid) : '';
      if (leaf) out[out.length - 1] = typeof kid === 'string' ? leaf : branch('S', '', [leaf, ...kid.kids.slice(1)]);
      else out.push(kid);
    }
    return out;
  }

  /** @param {FormulaNode[]} out @returns {boolean} whether it ends with two full stops and no more */
  function endsWithTwo(out) {
    const [third, second, first] = [out[out.length - 3], out[out.length - 2], out[out.length - 1]];
    return first === 'p.' && second === 'p.' && third !== 'p.';
  }

  /** @param {FormulaNode[]} out not empty @param {FormulaNode} kid @returns {string} the leaf that the last node is together with the one behind it, scripts left out; else empty */
  function joined(out, kid) {
    const last = out[out.length - 1];
    const base = typeof kid !== 'string' && kid.kind === 'S' ? kid.kids[0] : kid;
    if (typeof base !== 'string') return '';
    if (last === 'farg') return base === 'fmin' || base === 'fmax' ? `farg${base.slice(1)}` : '';
    if (last !== 'p.' || base[0] !== 'n' || base.includes('.')) return '';
    const before = out.length > 1 ? out[out.length - 2] : 'q';
    return typeof before === 'string' && /^(?:[rofq]|p[,;:])/.test(before) ? `n0.${base.slice(1)}` : '';
  }

  /** @param {FormulaNode[]} kids @returns {FormulaNode[]} `||x||` as `\|x\|`, where the bars of the row stand in twos only */
  function joinedBars(kids) {
    if (!kids.some((kid, n) => kid === 'o|' && n + 1 < kids.length && isBar(kids[n + 1]))) return kids;
    /** @type {FormulaNode[]} */
    const out = [];
    for (const kid of kids) {
      if (!isBar(kid) || out[out.length - 1] !== 'o|') out.push(kid);
      else out[out.length - 1] = typeof kid === 'string' ? 'oVert' : branch('S', '', ['oVert', ...kid.kids.slice(1)]);
    }
    return out.some(isBar) ? kids : out;
  }

  /** @param {FormulaNode} node @returns {boolean} */
  function isBar(node) {
    return typeof node === 'string' ? node === 'o|' : node.kind === 'S' && node.kids[0] === 'o|';
  }

  /** What is dropped at the end of an equation: a remark stands before it. @type {Set<FormulaNode>} */
  const BEFORE = new Set(['p,', 'p.', 'p;', 'p:', 'q']);

  /**
   * A remark under a brace or over a relation is a node of kind `K` behind what it is about. Whatever reads
   * the structure of a formula looks past it; only the text N1 holds it.
   * @param {FormulaNode} node @returns {boolean} whether it is one
   */
  function isRemark(node) {
    return typeof node !== 'string' && node.kind === 'K';
  }

  /**
   * Nodes with remarks on them; none on nothing, nor on lines, which are several equations.
   * @param {FormulaNode[]} nodes @param {FormulaNode[]} remarks @returns {FormulaNode[]}
   */
  function remarked(nodes, remarks) {
    let end = nodes.length;
    while (end && BEFORE.has(nodes[end - 1])) end--;
    if (!end || nodes.some((node) => typeof node !== 'string' && (node.kind === 'L' || node.kind === 'M'))) return nodes;
    const added = remarks.filter(Boolean).map((remark) => branch('K', '', [remark]));
    return [...nodes.slice(0, end), ...added, ...nodes.slice(end)];
  }

  blogFormulas.tree = { branch, finish, isRemark, nodesOf, one, remarked, script };
})();
