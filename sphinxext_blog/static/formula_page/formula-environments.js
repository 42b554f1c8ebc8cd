// @ts-check
/* Tables and alignments: environments, and the commands of plain TeX that do the same. */
(function () {
  'use strict';

  const blogFormulas = /** @type {any} */ (window).blogFormulas;
  const tables = blogFormulas.unpacked;
  const { END } = blogFormulas.lexer;
  const { branch, nodesOf, one } = blogFormulas.tree;
  const { CELL, LINE, MAX_DEPTH } = blogFormulas.parser;

  const PLAIN_CELL = new Set([...CELL, '}']);

  /** @param {FormulaNode[]} out @param {FormulaNode[]} nodes any number, so not as arguments of push */
  function add(out, nodes) {
    for (const node of nodes) out.push(node);
  }

  /** @type {FormulaAction} */
  function lineBreak(parser, name, out) {
    skipLineOption(parser);
    out.push('q');
  }

  /** The length after `\\`: `\\[5pt]`. @param {FormulaParser} parser */
  function skipLineOption(parser) {
    if (parser.next === '*') parser.position++;
    if (parser.next === '[' && /^[0-9.-]/.test(parser.tokens[parser.position + 1])) parser.option();
  }

  /** @type {FormulaAction} */
  function strayEnd(parser) {
    parser.report('environment', parser.raw().join(''));
  }

  /** @type {FormulaAction} */
  function begin(parser, command, out) {
    const full = parser.raw().join('');
    if (parser.depth >= MAX_DEPTH) {
      parser.report('too-deep');
      return;
    }
    const name = withoutStars(full);
    skipEnvironmentArgument(parser, name);
    if (tables.alignments.has(name)) {
      const lines = rowsOf(parser, full, LINE).map((row) => row[0]);
      if (lines.length === 1) add(out, nodesOf(lines[0]));
      else if (lines.length) out.push(branch('L', name, lines));
      return;
    }
    const rows = rowsOf(parser, full, CELL).map((row) => branch('R', '', row));
    /** @type {string[]} */
    const ends = tables.matrices.get(name) ?? [];
    const kind = kindOf(name);
    if (kind === '') parser.report('environment', name);
    const table = branch('M', kind || name, rows);
    if (!ends.length) out.push(table);
    else if (tables.brackets.has(ends[0])) out.push(branch('P', ends.join(' '), [table]));
    else out.push(`o${ends[0]}`, table, `o${ends[1]}`);
  }

  /** @param {string} name @returns {string} what sort of table it is, empty for an unknown one */
  function kindOf(name) {
    if (tables.rightCases.has(name)) return 'rcases';
    if (tables.matrices.has(name)) return 'matrix';
    return tables.cases.has(name) ? 'cases' : '';
  }

  /** `\pmatrix{a & b \cr c & d}`: a table of plain TeX. @type {FormulaAction} */
  function plainTable(parser, name, out) {
    if (parser.next !== '{' || parser.depth >= MAX_DEPTH) {
      parser.report('unknown-command', `\\${name}`);
      out.push(`f${name}`);
      return;
    }
    parser.position++;
    const rows = rowsOf(parser, name, PLAIN_CELL);
    if (name === 'eqalign' || name === 'displaylines') {
      const lines = rows.map((row) => one(row.flatMap(nodesOf)));
      add(out, nodesOf(lines.length > 1 ? branch('L', name, lines) : one(lines)));
      return;
    }
    const table = branch('M', name === 'cases' ? 'cases' : 'matrix', rows.map((row) => branch('R', '', row)));
    out.push(name === 'pmatrix' ? branch('P', '( )', [table]) : table);
  }

  /** @param {string} name @returns {string} without the stars at its end */
  function withoutStars(name) {
    let end = name.length;
    while (name[end - 1] === '*') end--;
    return name.slice(0, end);
  }

  /** @param {FormulaParser} parser @param {string} name */
  function skipEnvironmentArgument(parser, name) {
    const { tokens, position } = parser;
    const takes = tables.environmentsWithArgument.has(name);
    const places = tokens[position] === '[' && /^[tbcrl]$/.test(tokens[position + 1]) && tokens[position + 2] === ']';
    if (takes || places) parser.option();
    if (takes && parser.next === '{') parser.raw();
  }

  /** @param {FormulaParser} parser @param {string} name @param {Set<string>} stops @returns {FormulaNode[][]} rows of cells */
  function rowsOf(parser, name, stops) {
    /** @type {FormulaNode[][]} */
    const rows = [[]];
    for (;;) {
      rows[rows.length - 1].push(one(parser.row(stops)));
      const lexeme = parser.next;
      if (lexeme === END) {
        parser.report('environment', name);
        break;
      }
      if (lexeme === '\\end' && stops.has('}')) {
        parser.report('environment', name);
        break;
      }
      parser.position++;
      if (lexeme === '}') break;
      if (lexeme === '\\end') {
        if (parser.raw().join('') !== name) parser.report('environment', name);
        break;
      }
      if (lexeme !== '&') {
        skipLineOption(parser);
        rows.push([]);
      }
    }
    return rows.filter((row) => row.some(Boolean));
  }

  blogFormulas.environments = { add, begin, lineBreak, plainTable, strayEnd };
})();
