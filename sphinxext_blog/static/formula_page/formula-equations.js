// @ts-check
/* From one row of nodes to the equations that it says, and their sides.
   The specification is docs/formulas-specification.rst. */

(function () {
  'use strict';

  const blogFormulas = /** @type {any} */ (window).blogFormulas;
  const tables = blogFormulas.unpacked;
  const { match } = blogFormulas.parser;
  const { branch, finish, isRemark, nodesOf, one } = blogFormulas.tree;
  const { OPEN, TRIMMED, isRelation, mayPart, relationsOf, statementsOf, trim } = blogFormulas.statements;

  /** A longer chain is one equation: each link repeats the left side. */
  const MOST_LINKS = 16;
  /** Lines of a formula that inherit a left side. */
  const MOST_COPIES = 100;
  /** @type {Set<FormulaNode>} */
  const CONTINUES = new Set([
    'o+', 'o-', 'opm', 'omp', 'ocdot', 'otimes', 'o*', 'o/', 'ootimes', 'oodot', 'ooplus', 'owedge', 'ocup', 'ocap',
  ]);
  const SEPARATE = new Set(['gather', 'gathered', 'lgathered', 'rgathered']);
  /** Brackets within brackets that are matched across lines. */
  const MOST_NESTED = 10;
  const SYSTEMS = new Set(['matrix', 'cases', 'rcases']);

  /** @param {FormulaRow} row @returns {FormulaRow[]} the equations that a formula says */
  function equationsOf(row) {
    return statementsWithin(row).parts.flatMap(linksOf);
  }

  /**
   * Cut a formula into its statements.
   *
   * Lines of alignments are equations of their own. A line that begins with a relation inherits the left
   * side of the line above, and in place of an `=` its relation; one that begins with an operator and holds
   * no relation continues it, as does one behind an operator or a relation at the end of the line above.
   * Quads, implications, words and commas between statements part the statements of a line.
   * @param {FormulaRow} row
   * @returns {{parts: FormulaRow[], arrows: string[]}} the statements, and the implications between them: each
   *   with the number of statements before it, none at the ends
   */
  function statementsWithin(row) {
    /** @type {FormulaRow[]} */
    const out = [];
    /** @type {[number, string][]} */
    const arrows = [];
    /** @type {FormulaRow} */
    let left = [];
    /** @type {FormulaNode} */
    let relation = 'r=';
    let inherited = 0;
    for (const { line, continues } of linesOf(row)) {
      partsOf(line, out.length, arrows).forEach((part, n) => {
        if (n === 0 && continues && out.length && isOpen(out[out.length - 1], part)) {
          out.push(matched([.../** @type {FormulaRow} */ (out.pop()), ...part]));
        } else if (n === 0 && left.length && isRelation(part[0]) && inherited < MOST_COPIES) {
          inherited++;
          if (part[0] !== 'r=') relation = part[0];
          out.push([...left, relation, ...part.slice(1)]);
        } else if (n === 0 && continues && out.length && CONTINUES.has(part[0]) && !part.some(isRelation)) {
          out.push(matched([.../** @type {FormulaRow} */ (out.pop()), ...part]));
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
    const between = arrows.filter(([at]) => at > 0 && at < out.length).map(([at, name]) => `${at}${name}`);
    return { parts: out, arrows: [...new Set(between)] };
  }

  /** @param {FormulaRow} equation @param {FormulaRow} following @returns {boolean} whether it ends with an operator or a relation that the next line goes on behind */
  function isOpen(equation, following) {
    if (isRelation(following[0]) || equation.length < 2 || equation[equation.length - 2] === 'n0') return false; // as the limit at 0+
    const last = equation[equation.length - 1];
    return CONTINUES.has(last) || isRelation(last);
  }

  /** @param {FormulaRow} row of several lines @returns {FormulaRow} with the brackets matched that were broken across them */
  function matched(row) {
    if (!row.some((node) => OPEN.has(node))) return row;
    /** @type {[FormulaRow, string][]} */
    const outer = [];
    /** @type {FormulaRow} */
    let kids = [];
    for (const node of row) {
      const sign = signOf(node);
      const name = OPEN.has(sign) ? sign.slice(1) : '';
      if (tables.brackets.has(name) && sign === node) {
        outer.push([kids, name]);
        kids = [];
      } else if (name && outer.length && match(outer[outer.length - 1][1], name)) {
        const [before, opener] = /** @type {[FormulaRow, string]} */ (outer.pop());
        const pair = branch('P', `${opener} ${name}`, [one(kids)]);
        const whole = typeof node === 'string' ? pair : branch('S', '', [pair, ...node.kids.slice(1)]);
        for (const kid of outer.length < MOST_NESTED ? [whole] : [`o${opener}`, ...kids, node]) before.push(kid);
        kids = before;
      } else {
        kids.push(node);
      }
    }
    for (const [before, opener] of outer.reverse()) kids = [...before, `o${opener}`, ...kids];
    return kids;
  }

  /** @param {FormulaNode} node @returns {string} the leaf that carries its scripts, if it is one */
  function signOf(node) {
    const sign = typeof node !== 'string' && node.kind === 'S' ? node.kids[0] : node;
    return typeof sign === 'string' ? sign : '';
  }

  /** The equations of a chain: `a < b = c` says `a < b` and `a < c`; `0 < x < 1` is one. @param {FormulaRow} equation @returns {FormulaRow[]} */
  function linksOf(equation) {
    const at = relationsOf(equation);
    if (at.length < 2 || at.length > MOST_LINKS || at[0] === 0 || at.slice(1).some((/** @type {number} */ n) => equation[n] !== 'r=')) return [equation];
    if (mayPart(equation.slice(at[0], at[at.length - 1]))) return [equation];
    const first = equation.slice(0, at[0] + 1);
    return at.map((/** @type {number} */ start, /** @type {number} */ n) => trim([...first, ...equation.slice(start + 1, at[n + 1])]));
  }

  /**
   * @param {FormulaRow} line
   * @param {number} before how many parts there are in the lines before it
   * @param {[number, string][]} arrows takes the implications with the number of parts before each
   * @returns {FormulaRow[]}
   */
  function partsOf(line, before, arrows) {
    /** @type {FormulaRow[]} */
    const out = [];
    /** @type {FormulaRow} */
    let part = [];
    for (const node of [...line, 'q']) {
      if (node !== 'q' && !tables.splitters.has(node)) {
        part.push(node);
        continue;
      }
      part = trim(part);
      if (part.length && !part.every(isRemark)) for (const piece of statementsOf(part)) out.push(piece);
      if (node !== 'q') arrows.push([before + out.length, /** @type {string} */ (node).slice(1)]);
      part = [];
    }
    return out;
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
        if (typeof kid === 'string' || kid.kind !== 'M' || !isCases(kid)) continue;
        for (const line of tableLines(kid)) out.push({ line: nodesOf(line), continues: false });
      }
    }
    return out;
  }

  /** @param {FormulaBranch} node alone in its row @returns {FormulaNode[]} its lines, when it is nothing but lines */
  function linesWithin(node) {
    if (node.kind === 'L') return node.kids;
    return node.kind === 'M' && SYSTEMS.has(node.text) ? tableLines(node) : [];
  }

  /** @param {FormulaBranch} table @returns {boolean} */
  function isCases({ text }) {
    return text === 'cases' || text === 'rcases';
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
      const telling = isCases(table) ? [...(cells[0] ?? []), ...cells.slice(1, 2).map(([node]) => node)] : cells.flat();
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
    if (out.length === 1 || out.slice(1, -1).some(mayPart)) return [];
    return out.map(trim).filter((side) => side.length);
  }

  blogFormulas.equations = { equationsOf, isRelation, linksOf, sidesOf, statementsWithin };
})();
