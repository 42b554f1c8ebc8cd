// @ts-check
/* From one row of nodes to the equations that it says, and their sides.
   The specification is docs/formulas-specification.rst. */

/** @typedef {FormulaNode[]} FormulaRow */

(function () {
  'use strict';

  const blogFormulas = /** @type {any} */ (window).blogFormulas;
  const tables = blogFormulas.unpacked;
  const { branch, finish, isRemark, nodesOf, one } = blogFormulas.tree;

  /** A longer chain is one equation: each link repeats the left side. */
  const MOST_LINKS = 16;
  /** Lines of a formula that inherit a left side. */
  const MOST_COPIES = 100;
  /** @type {Set<FormulaNode>} */
  const CONTINUES = new Set([
    'o+', 'o-', 'opm', 'omp', 'ocdot', 'otimes', 'o*', 'o/', 'ootimes', 'oodot', 'ooplus', 'owedge', 'ocup', 'ocap',
  ]);
  /** @type {Set<FormulaNode>} */
  const TRIMMED = new Set(['p,', 'p.', 'p;', 'p:', 'q']);
  const SEPARATE = new Set(['gather', 'gathered', 'lgathered', 'rgathered']);
  /** @type {Set<FormulaNode>} */
  const COMMAS = new Set(['p,', 'p;']);
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

  /**
   * Cut a formula into its equations.
   *
   * Lines of alignments are equations of their own. A line that begins with a relation inherits the left
   * side of the line above, and in place of an `=` its relation; one that begins with an operator and holds
   * no relation continues it. Quads, implications and commas between relations part the equations of a line;
   * in a chain, every part after an `=` is the right side of an equation with the first part and the first
   * relation: written in one line or in many, `a = b = c` is `a = b` and `a = c`.
   * @param {FormulaRow} row @returns {FormulaRow[]}
   */
  function equationsOf(row) {
    /** @type {FormulaRow[]} */
    const out = [];
    /** @type {FormulaRow} */
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
          out.push([.../** @type {FormulaRow} */ (out.pop()), ...part]);
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

  /** The equations of a chain: `a < b = c` says `a < b` and `a < c`; `0 < x < 1` is one. @param {FormulaRow} equation @returns {FormulaRow[]} */
  function linksOf(equation) {
    const at = relationsOf(equation);
    if (at.length < 2 || at.length > MOST_LINKS || at[0] === 0 || at.slice(1).some((n) => equation[n] !== 'r=')) return [equation];
    if (equation.slice(at[0], at[at.length - 1]).some(isComma)) return [equation];
    const first = equation.slice(0, at[0] + 1);
    return at.map((start, n) => trim([...first, ...equation.slice(start + 1, at[n + 1])]));
  }

  /** @param {FormulaRow} line @returns {FormulaRow[]} */
  function partsOf(line) {
    /** @type {FormulaRow[]} */
    const parts = [[]];
    for (const node of line) {
      if (node === 'q' || tables.splitters.has(node)) parts.push([]);
      else parts[parts.length - 1].push(node);
    }
    const trimmed = parts.map(trim).filter((part) => part.length && !part.every(isRemark));
    return line.some(isComma) ? trimmed.flatMap(statementsOf) : trimmed;
  }

  /**
   * Cut `x = 1, y = 2` at its comma; not `x, y \in R`, `i = 1, \dots, n` nor what may be a list.
   *
   * Each statement holds a relation of its own. What stands between two commas and holds none belongs to
   * neither neighbour for sure, but where it ends an enumeration. Dots in place of a statement enumerate
   * statements, a quantifier holds for all after it, and nothing is cut within brackets or bars without partner.
   * @param {FormulaRow} part @returns {FormulaRow[]}
   */
  function statementsOf(part) {
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

  /** The lines of a formula, and whether each may continue the one before. @param {FormulaRow} row @returns {{line: FormulaRow, continues: boolean}[]} */
  function linesOf(row) {
    /** @type {{line: FormulaRow, continues: boolean}[]} */
    const out = [];
    const stack = [{ node: one(row), continues: false }];
    while (stack.length) {
      const { node, continues } = /** @type {{node: FormulaNode, continues: boolean}} */ (stack.pop());
      /** @type {FormulaRow} */
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

  /**
   * The rows of a table as lines when at least half of them hold a relation; else nothing.
   *
   * In `cases` it has to stand in the first cell or to begin the second: a relation elsewhere is a
   * condition, and the values are no equations.
   * @param {FormulaBranch} table @returns {FormulaNode[]}
   */
  function tableLines(table) {
    let related = 0;
    const rows = table.kids.map((row) => {
      /** @type {FormulaRow[]} */
      const cells = (typeof row === 'string' ? [row] : row.kids).filter(Boolean).map(nodesOf);
      const telling = table.text === 'cases' ? [...(cells[0] ?? []), ...cells.slice(1, 2).map(([node]) => node)] : cells.flat();
      related += Number(telling.some(isRelation));
      return cells;
    });
    return related && 2 * related >= rows.length ? rows.map((cells) => branch('R', '', joined(cells))) : [];
  }

  /**
   * The cells of a line as one row.
   *
   * A mark of alignment parts nothing. But what stands behind a whole equation in a cell of its own, a
   * condition or the next equation, is parted from it as by a space; only a modulus, and what goes on with
   * a relation or adds a term, belongs to it.
   * @param {FormulaRow[]} cells @returns {FormulaRow}
   */
  function joined(cells) {
    /** @type {FormulaRow} */
    const out = [];
    let related = false;
    let whole = false;
    for (const cell of cells) {
      if (whole && !goesOn(cell)) {
        out.push('q');
        related = false;
        whole = false;
      }
      for (const node of cell) {
        out.push(node);
        if (isRelation(node)) related = true;
        else if (related && !TRIMMED.has(node)) whole = true;
      }
    }
    return finish(out);
  }

  /** @param {FormulaRow} cell @returns {boolean} */
  function goesOn(cell) {
    const [first] = cell;
    let node = first;
    while (typeof node !== 'string' && (node.kind === 'R' || node.kind === 'P')) [node] = node.kids;
    return node === 'fmod' || isRelation(first) || (CONTINUES.has(first) && !cell.some(isRelation));
  }

  /** @param {FormulaRow} equation @returns {FormulaRow[]} what stands between its relations; nothing where there is none, or a comma parts them */
  function sidesOf(equation) {
    /** @type {FormulaRow[]} */
    const out = [[]];
    for (const node of equation) {
      const side = out[out.length - 1];
      if (isRelation(node)) out.push([]);
      else if (side.length || !isRemark(node)) side.push(node); // a remark on the relation is not the side's
    }
    if (out.length === 1 || out.slice(1, -1).some((side) => side.some(isComma))) return [];
    return out.map(trim).filter((side) => side.length);
  }

  blogFormulas.equations = { equationsOf, isRelation, sidesOf };
})();
