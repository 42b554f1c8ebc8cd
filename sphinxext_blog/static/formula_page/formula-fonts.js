// @ts-check
/* What fonts and words do to the nodes they govern. */
(function () {
  'use strict';

  const blogFormulas = /** @type {any} */ (window).blogFormulas;
  const tables = blogFormulas.unpacked;
  const { withoutSpace } = blogFormulas.lexer;
  const { branch } = blogFormulas.tree;

  /**
   * The leaf for words in upright type; empty when there are none.
   * @param {string} words what stands between the braces of a `\text`
   * @param {boolean} [operator] a single letter is a name too, not a variable
   * @returns {string}
   */
  function word(words, operator = false) {
    const text = withoutSpace(words);
    if (/^[.,;:]$/.test(text)) return `p${text}`;
    if (/^[A-Za-z]$/.test(text) && !operator) return `v${text}`;
    if (/^[A-Za-z][A-Za-z0-9.-]*$/.test(text)) return `f${tables.aliases.get(text) ?? text}`;
    if (/^[0-9]+$/.test(text)) return `n${text}`;
    return text && `t${text}`;
  }

  /** @param {FormulaNode} node @returns {node is string} whether it is a variable of one character */
  function isLetterLeaf(node) {
    return typeof node === 'string' && node[0] === 'v' && [...node.slice(1, 4)].length === 1;
  }

  /** @param {FormulaNode[]} kids @returns {FormulaNode[]} runs of single letters, set upright, are words */
  function joinWords(kids) {
    /** @type {FormulaNode[]} */
    const out = [];
    let letters = '';
    for (const kid of [...kids, '']) {
      if (isLetterLeaf(kid)) {
        letters += kid.slice(1);
        continue;
      }
      if (letters) {
        out.push(word(letters));
        letters = '';
      }
      if (kid) out.push(kid);
    }
    return out;
  }

  /** @param {FormulaNode} node @param {(leaf: string) => string} change @returns {FormulaNode} */
  function mapLeaves(node, change) {
    if (typeof node === 'string') return change(node);
    return branch(node.kind, node.text, node.kids.map((kid) => mapLeaves(kid, change)));
  }

  const BOLD = new Map([['v', 'b'], ['n', 'm']]);

  /**
   * Bold variables and numbers; all else has no bold form of a meaning of its own.
   * @param {FormulaNode} node @returns {FormulaNode}
   */
  function embolden(node) {
    return mapLeaves(node, (leaf) => {
      const bold = BOLD.get(leaf[0]);
      return bold ? bold + leaf.slice(1) : leaf;
    });
  }

  /**
   * Letters in a font that makes constants of them: blackboard bold, calligraphic, Fraktur.
   * @param {FormulaNode} node @param {string} font @returns {FormulaNode}
   */
  function setLetters(node, font) {
    return mapLeaves(node, (leaf) => (/^[vbn]/.test(leaf) ? `c${font}:${leaf.slice(1)}` : leaf));
  }

  blogFormulas.fonts = { embolden, joinWords, setLetters, word };
})();
