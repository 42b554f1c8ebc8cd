// @ts-check
/* What each command of LaTeX does to the tree. */

/**
 * @typedef {object} FormulaParser See Parser in formula-parser.js.
 * @property {string[]} tokens
 * @property {number} position
 * @property {number} depth
 * @property {string} next
 * @property {Map<string, FormulaProblem>} problems
 * @property {() => FormulaNode[]} all
 * @property {(stops: Set<string>) => FormulaNode[]} row
 * @property {() => FormulaNode} argument
 * @property {() => string[]} raw
 * @property {() => string[] | null} option
 * @property {(code: string, text?: string) => void} report
 */
/** @typedef {(parser: FormulaParser, name: string, out: FormulaNode[]) => void} FormulaAction */

(function () {
  'use strict';

  const blogFormulas = /** @type {any} */ (window).blogFormulas;
  const tables = blogFormulas.unpacked;
  const { END, beginsWithLetter, tokenise, withoutSpace } = blogFormulas.lexer;
  const { branch, finish, nodesOf, one, remarked, script } = blogFormulas.tree;
  const { embolden, joinWords, setLetters, word } = blogFormulas.fonts;
  const { CELL, GROUP, INDEX, MAX_DEPTH, Parser } = blogFormulas.parser;
  const { add, begin, lineBreak, plainTable, strayEnd } = blogFormulas.environments;

  const REST = new Set([...CELL, ...GROUP]);
  const UNPLAIN = new Set('\\{}$#^_&~%');
  const DEFINED = new Set(['def', 'Def', 'define', 'triangle', 'defn', '\\Delta']);
  const LINELESS = new Map([['()', 'binom'], ['[]', 'brack'], ['{}', 'brace'], ['', 'atop']]);

  /** @param {string[]} tokens @returns {{row: FormulaNode[], problems: FormulaProblem[]}} tokens as one row of nodes */
  function read(tokens) {
    /** @type {FormulaParser} */
    const parser = new Parser(tokens, run);
    const row = parser.all();
    return { row, problems: [...parser.problems.values()] };
  }

  /** Do what a command says, its arguments included. @type {FormulaAction} */
  function run(parser, lexeme, out) {
    if (lexeme.endsWith('}') && lexeme.length > 2) {
      add(out, compound(lexeme));
      return;
    }
    const name = tables.aliases.get(lexeme.slice(1)) ?? lexeme.slice(1);
    const action = ACTIONS.get(name);
    if (action !== undefined) {
      action(parser, name, out);
    } else if (beginsWithLetter(name)) {
      parser.report('unknown-command', lexeme);
      out.push(`f${name}`);
    } else if (withoutSpace(name)) {
      out.push(`o${name}`);
    }
  }

  const MOST_COMPOUNDS = 4096;
  /** @type {Map<string, FormulaNode[]>} */
  const compoundCache = new Map();

  /** `\mathbb{R}`, `\text{if}`: a font with its argument in one token. @param {string} lexeme @returns {FormulaNode[]} */
  function compound(lexeme) {
    const cached = compoundCache.get(lexeme);
    if (cached !== undefined) return cached;
    const brace = lexeme.indexOf('{');
    const nodes = read([lexeme.slice(0, brace), '{', ...tokenise(lexeme.slice(brace + 1, -1), false), '}']).row;
    if (compoundCache.size >= MOST_COMPOUNDS) compoundCache.clear();
    compoundCache.set(lexeme, nodes);
    return nodes;
  }

  /** @type {FormulaAction} */
  function ignore(parser, name) {
    if (name.toLowerCase().startsWith('big') || name === 'middle') readAngle(parser);
  }

  /** After a command of size, `<` is a bracket. @param {FormulaParser} parser */
  function readAngle(parser) {
    if (parser.next === '<') parser.tokens[parser.position] = '\\langle';
    else if (parser.next === '>') parser.tokens[parser.position] = '\\rangle';
  }

  /** @type {FormulaAction} */
  function left(parser) {
    if (parser.next === '.') parser.position++;
    readAngle(parser);
  }

  /** @type {FormulaAction} */
  function skipArgument(parser) {
    if (parser.next === '*') parser.position++;
    parser.option();
    parser.raw();
  }

  /** @type {FormulaAction} */
  function rule(parser) {
    parser.option();
    parser.raw();
    parser.raw();
  }

  /** `\kern-3mu`: sign, number, unit. @type {FormulaAction} */
  function length(parser) {
    if (parser.next === '-' || parser.next === '+') parser.position++;
    if (!/^[0-9]/.test(parser.next)) return;
    parser.position++;
    for (let n = 0; n < 2; n++) {
      if (/^.$/u.test(parser.next) && beginsWithLetter(parser.next)) parser.position++;
    }
  }

  /** @type {FormulaAction} */
  function reference(parser, name, out) {
    parser.option();
    out.push(`tREF${withoutSpace(parser.raw().join(''))}`);
  }

  /** @type {FormulaAction} */
  function unicode(parser, name, out) {
    out.push(`o${withoutSpace(parser.raw().join(''))}`);
  }

  /** @type {FormulaAction} */
  function fraction(parser, name, out) {
    parser.option();
    const numerator = parser.argument();
    out.push(branch('F', '', [numerator, parser.argument()]));
  }

  /** `\genfrac(){0pt}{style}{a}{b}`: without a line it is a binomial, or its kin. @type {FormulaAction} */
  function generalFraction(parser, name, out) {
    const [first, second, line] = [0, 1, 2, 3].map(() => parser.raw().join(''));
    /** @type {[string, string]} */
    const [opener, closer] = [tables.leaves.get(first) ?? '', tables.leaves.get(second) ?? ''];
    const lineless = line.startsWith('0');
    const kind = lineless ? LINELESS.get(opener.slice(1) + closer.slice(1)) : undefined;
    if (kind !== undefined) {
      two(parser, kind, out);
      return;
    }
    /** @type {FormulaNode[]} */
    const nodes = [];
    if (lineless) two(parser, 'atop', nodes);
    else fraction(parser, 'frac', nodes);
    if (opener && tables.brackets.get(opener.slice(1)) === closer.slice(1)) {
      out.push(branch('P', `${opener.slice(1)} ${closer.slice(1)}`, [nodes[0]]));
    } else {
      add(out, [opener, ...nodes, closer].filter((node) => node && node !== 'p.'));
    }
  }

  /** @type {FormulaAction} */
  function two(parser, name, out) {
    const first = parser.argument();
    out.push(branch('X', name, [first, parser.argument()]));
  }

  /** @type {FormulaAction} */
  function root(parser, name, out) {
    const index = option(parser);
    out.push(branch('Q', '', [parser.argument(), index]));
  }

  /** @param {FormulaParser} parser @returns {FormulaNode} what stands in square brackets, if anything does */
  function option(parser) {
    if (parser.next !== '[' || parser.depth >= MAX_DEPTH) return '';
    parser.position++;
    const node = one(parser.row(INDEX));
    // The row has moved the parser on.
    if (/** @type {string} */ (parser.next) === ']') parser.position++;
    else parser.report('unbalanced', '[');
    return node;
  }

  /** @type {FormulaAction} */
  function accent(parser, name, out) {
    out.push(branch('A', name, [parser.argument()]));
  }

  /** @type {FormulaAction} */
  function negate(parser, name, out) {
    const body = parser.argument();
    const negated = typeof body === 'string' ? tables.negations.get(body.slice(1)) : undefined;
    out.push(negated && negated !== 'nexists' ? `r${negated}` : branch('X', name, [body]));
  }

  /** @type {FormulaAction} */
  function modulus(parser, name, out) {
    out.push('fmod');
    add(out, nodesOf(parser.argument()));
  }

  /** `\overset`, `\stackrel`: over a relation that is no arrow, a remark; else a superscript. @type {FormulaAction} */
  function over(parser, name, out) {
    const above = parser.argument();
    const base = parser.argument();
    if (typeof base === 'string' && base[0] === 'r') {
      if (base === 'r=' && DEFINED.has(remarkOf(above))) out.push('r:=');
      else add(out, labelled(base, '', above));
    } else {
      add(out, nodesOf(script(base, '', above)));
    }
  }

  /** @param {string} relation @param {FormulaNode} below @param {FormulaNode} above @returns {FormulaNode[]} */
  function labelled(relation, below, above) {
    return tables.arrows.has(relation) ? [script(relation, below, above)] : remarked([relation], [below, above]);
  }

  /** @param {FormulaNode} above @returns {string} */
  function remarkOf(above) {
    if (typeof above === 'string') return above.slice(1);
    if (above.kind !== 'R') return above.text;
    return above.kids.map((kid) => (typeof kid === 'string' ? kid.slice(1) : '')).join('');
  }

  /** @type {FormulaAction} */
  function under(parser, name, out) {
    const below = parser.argument();
    const base = parser.argument();
    add(out, nodesOf(script(base, below, '')));
  }

  /** @type {FormulaAction} */
  function arrow(parser, name, out) {
    const below = option(parser);
    add(out, labelled(tables.relationArrows.get(name), below, parser.argument()));
  }

  /** @type {FormulaAction} */
  function transparent(parser, name, out) {
    parser.option();
    const nodes = nodesOf(parser.argument());
    /** @type {FormulaNode[]} */
    const remarks = [];
    while (tables.braces.has(name) && (parser.next === '^' || parser.next === '_')) { // its scripts are remarks
      parser.position++;
      remarks.push(parser.argument());
    }
    add(out, remarked(nodes, remarks));
  }

  /** `\fcolorbox{frame}{ground}{x}`. @type {FormulaAction} */
  function framed(parser, name, out) {
    parser.option();
    parser.raw();
    transparentAfter(parser, name, out);
  }

  /** @type {FormulaAction} */
  function definedColor(parser) {
    for (let n = 0; n < 3; n++) parser.raw();
  }

  /** `\eqno (1)`: what is behind it, to the end of the formula, is its number. @type {FormulaAction} */
  function numberAtEnd(parser) {
    rest(parser);
  }

  /** @type {FormulaAction} */
  function transparentAfter(parser, name, out) {
    parser.option();
    parser.raw();
    add(out, nodesOf(parser.argument()));
  }

  /** @type {FormulaAction} */
  function upright(parser, name, out) {
    if (tables.declarations.has(name)) {
      add(out, joinWords(rest(parser)));
      return;
    }
    if (parser.next === '*') parser.position++;
    const names = name.startsWith('operatorname');
    const plain = plainArgument(parser);
    if (plain !== null) {
      add(out, nodesOf(word(plain, names)));
      return;
    }
    /** @type {FormulaNode[]} */
    const joined = finish(joinWords(nodesOf(parser.argument())));
    const [first] = joined;
    if (names && joined.length === 1 && typeof first === 'string' && first[0] === 'v') out.push(`f${first.slice(1)}`);
    else add(out, joined);
  }

  /** @param {FormulaParser} parser @returns {string | null} an argument without commands and marks of LaTeX; else it is left */
  function plainArgument(parser) {
    const { tokens } = parser;
    if (parser.next !== '{') return null;
    const start = parser.position + 1;
    let end = start;
    while (!UNPLAIN.has(tokens[end][0]) && tokens[end] !== END) end++;
    if (tokens[end] !== '}') return null;
    parser.position = end + 1;
    return tokens.slice(start, end).join('');
  }

  /** @type {FormulaAction} */
  function bold(parser, name, out) {
    const nodes = tables.declarations.has(name) ? rest(parser) : nodesOf(parser.argument());
    add(out, nodes.map(embolden));
  }

  /** @type {FormulaAction} */
  function letters(parser, name, out) {
    const nodes = tables.declarations.has(name) ? rest(parser) : nodesOf(parser.argument());
    const font = tables.letterFonts.get(name);
    add(out, nodes.map((/** @type {FormulaNode} */ node) => setLetters(node, font)));
  }

  /** What a declaration governs: the rest of its group or cell. @param {FormulaParser} parser @returns {FormulaNode[]} */
  function rest(parser) {
    if (parser.depth < MAX_DEPTH) return parser.row(REST);
    parser.report('too-deep');
    return [];
  }

  /** @type {FormulaAction} */
  function textBetween(parser, name, out) {
    out.push('q');
    add(out, nodesOf(word(parser.raw().join(''))));
    out.push('q');
  }

  /** @type {Map<string, FormulaAction>} */
  const ACTIONS = new Map();
  /** @type {[Iterable<string>, FormulaAction][]} */
  const byNames = [
    [tables.dropped, ignore],
    [tables.droppedWithArgument, skipArgument],
    [tables.lengths, length],
    [tables.references, reference],
    [[...tables.transparent, 'bbox'], transparent],
    [tables.transparentAfterArgument, transparentAfter],
    [tables.accents, accent],
    [tables.upright, upright],
    [tables.bold, bold],
    [tables.letterFonts.keys(), letters],
    [tables.relationArrows.keys(), arrow],
    [['intertext', 'shortintertext'], textBetween], [['overset', 'stackrel'], over],
    [['left', 'right'], left], [['pmod', 'pod'], modulus],
    [['binom'], two], [['frac'], fraction], [['genfrac'], generalFraction], [['sqrt'], root],
    [['not'], negate], [['underset'], under], [['rule'], rule], [['unicode'], unicode],
    [['begin'], begin], [['end'], strayEnd], [['\\'], lineBreak], [tables.plainTables, plainTable],
    [['fcolorbox'], framed], [['definecolor'], definedColor], [['eqno', 'leqno'], numberAtEnd],
  ];
  for (const [names, action] of byNames) for (const name of names) ACTIONS.set(name, action);

  blogFormulas.commands = { read };
})();
