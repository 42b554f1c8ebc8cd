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

  /** @param {FormulaNode[]} kids @returns {FormulaNode[]} `\arg` and `\min` are one function; what is empty is dropped */
  function finish(kids) {
    if (!kids.includes('farg') && !kids.includes('')) return kids;
    /** @type {FormulaNode[]} */
    const out = [];
    for (const kid of kids) {
      if (!kid) continue;
      if (out.length && out[out.length - 1] === 'farg') {
        const base = typeof kid !== 'string' && kid.kind === 'S' ? kid.kids[0] : kid;
        if (base === 'fmin' || base === 'fmax') {
          const joined = `farg${base.slice(1)}`;
          out[out.length - 1] = typeof kid === 'string' ? joined : branch('S', '', [joined, ...kid.kids.slice(1)]);
          continue;
        }
      }
      out.push(kid);
    }
    return out;
  }

  blogFormulas.tree = { branch, finish, nodesOf, one, script };
})();
