// @ts-check
/* A tolerant parser: any text becomes a tree.

   It never throws and never rejects: what it can't read as it was meant it reads as far as it goes,
   and says so in a problem. Time is linear in the number of tokens; nesting deeper than MAX_DEPTH is
   read flat, so that neither this nor any later walk over the tree can exhaust the stack. */
(function () {
  'use strict';

  const blogFormulas = /** @type {any} */ (window).blogFormulas;
  const tables = blogFormulas.unpacked;
  const { END, isCjk, isLetter } = blogFormulas.lexer;
  const { branch, finish, isRemark, nodesOf, one, script } = blogFormulas.tree;
  const { problem } = blogFormulas.macros;

  const MAX_DEPTH = 40;
  /** Tokens between square brackets that may be an argument. */
  const LONGEST_OPTION = 200;

  const GROUP = new Set([END, '}', '\\end']);
  const INDEX = new Set([END, ']', '}', '\\end']);
  const TOP = new Set([END]);
  const LINE = new Set([END, '\\\\', '\\cr', '\\newline', '\\tabularnewline', '\\end']);
  const CELL = new Set([...LINE, '&']);

  /** @type {Map<string, string>} token -> its bracket */
  const OPENERS = new Map();
  /** @type {Map<string, string>} token -> its bracket */
  const CLOSERS = new Map();
  /** @type {Map<string, string>} token -> leaf, where nothing else has to be known */
  const SIMPLE = new Map();
  for (const [lexeme, leaf] of tables.leaves) {
    const name = leaf.slice(1);
    if (tables.brackets.has(name)) OPENERS.set(lexeme, name);
    else if (tables.closers.has(name)) CLOSERS.set(lexeme, name);
    else if (!["'", '\\\\', '\\prime'].includes(lexeme)) SIMPLE.set(lexeme, leaf);
  }

  const INTERVALS = new Set('()[]');
  const SCRIPTS = new Set(['^', '_', "'", '\\prime']);
  const NO_ARGUMENT = new Set([END, '}', '&', '\\\\', '\\end', '\\right', '^', '_']);
  const LIMITS = new Set(['\\limits', '\\nolimits', '\\displaylimits']);
  const INFIX = new Map([
    ['\\over', 'F'], ['\\choose', 'binom'], ['\\atop', 'atop'], ['\\brace', 'brace'], ['\\brack', 'brack'],
  ]);

  /** @typedef {[FormulaNode[], string]} Opened the nodes before an open bracket, and the bracket */

  /** One pass over the tokens of one formula. */
  class Parser {
    /**
     * @param {string[]} tokens
     * @param {(parser: Parser, lexeme: string, out: FormulaNode[]) => void} run does what a command
     *   says: takes the parser, the command, the list that takes the nodes
     */
    constructor(tokens, run) {
      this.run = run;
      this.tokens = [...tokens, END];
      this.position = 0;
      this.depth = 0;
      /** Braces that were opened too deep and whose partners are still to come. */
      this.ignored = 0;
      /** @type {Map<string, FormulaProblem>} each once, in order */
      this.problems = new Map();
    }

    /** The token that comes next. @returns {string} */
    get next() {
      return this.tokens[this.position];
    }

    /** @param {string} code @param {string} [text] */
    report(code, text = '') {
      this.problems.set(`${code} ${text}`, problem(code, text));
    }

    /** @returns {FormulaNode[]} the whole formula as a row */
    all() {
      return this.row(TOP);
    }

    /** @param {Set<string>} stops tokens that end the row and are left standing @returns {FormulaNode[]} */
    row(stops) {
      this.depth++;
      const { tokens } = this;
      /** @type {FormulaNode[]} */
      let kids = [];
      /** @type {Opened[]} */
      let outer = [];
      let tooDeep = 0;
      /** @type {[string, FormulaNode] | null} */
      let infix = null;
      for (;;) {
        const lexeme = tokens[this.position];
        if (stops.has(lexeme)) {
          if (lexeme !== '}' || !this.ignored) break;
          this.ignored--;
          this.position++;
          continue;
        }
        const leaf = SIMPLE.get(lexeme);
        if (leaf !== undefined) {
          this.position++;
          kids.push(leaf);
          continue;
        }
        const opener = OPENERS.get(lexeme);
        const closer = CLOSERS.get(lexeme);
        const infixKind = INFIX.get(lexeme);
        if (SCRIPTS.has(lexeme)) {
          let base = kids.length && kids[kids.length - 1] !== 'q' ? /** @type {FormulaNode} */ (kids.pop()) : '';
          /** @type {FormulaNode[]} */
          const noted = [];
          while (isRemark(base)) {
            noted.unshift(base);
            base = /** @type {FormulaNode} */ (kids.pop());
          }
          kids.push(this.scripts(base), ...noted);
        } else if (opener !== undefined) {
          this.position++;
          if (this.depth < MAX_DEPTH) {
            this.depth++;
            outer.push([kids, opener]);
            kids = [];
          } else {
            tooDeep++;
            this.report('too-deep');
            kids.push(`o${opener}`);
          }
        } else if (closer !== undefined) {
          this.position++;
          if (tooDeep) {
            tooDeep--;
            kids.push(`o${closer}`);
          } else if (outer.length && match(outer[outer.length - 1][1], closer)) {
            this.depth--;
            const [before, mark] = /** @type {Opened} */ (outer.pop());
            before.push(branch('P', `${mark} ${closer}`, [one(finish(kids))]));
            kids = before;
          } else {
            kids.push(`o${closer}`);
          }
        } else if (lexeme === '\\right' && tokens[this.position + 1] === '.') {
          this.position += 2;
          if (outer.length) {
            this.depth--;
            kids = unmatched(/** @type {Opened} */ (outer.pop()), kids);
          }
        } else if (infixKind === undefined) {
          this.step(kids);
        } else if (infix !== null) {
          this.position++;
          this.report('unbalanced', lexeme);
        } else {
          this.position++;
          this.depth -= outer.length;
          infix = [infixKind, one(finish(flatten(outer, kids)))];
          outer = [];
          kids = [];
        }
      }
      this.depth -= outer.length + 1;
      const row = finish(flatten(outer, kids));
      if (infix === null) return row;
      const [kind, numerator] = infix;
      if (kind === 'F') return [branch('F', '', [numerator, one(row)])];
      return [branch('X', kind, [numerator, one(row)])];
    }

    /** Read one construct that is no simple leaf and append what it is. @param {FormulaNode[]} kids */
    step(kids) {
      const lexeme = this.next;
      this.position++;
      if (lexeme[0] === '\\') {
        /** @type {FormulaNode[]} */
        const nodes = [];
        this.run(this, lexeme, nodes);
        this.splice(nodes, kids);
      } else if (/^[0-9.]/.test(lexeme)) {
        const last = kids.length ? kids[kids.length - 1] : '';
        if (typeof last === 'string' && last[0] === 'n') kids[kids.length - 1] = last + lexeme;
        else kids.push(`n${lexeme}`);
      } else if (lexeme === '{') {
        if (this.depth >= MAX_DEPTH) {
          this.report('too-deep');
          this.ignored++;
          return;
        }
        const nodes = this.row(GROUP);
        this.close();
        this.splice(nodes, kids);
      } else if (lexeme === '}') {
        this.report('unbalanced', '}');
      } else if (!['&', '~', '$', '#'].includes(lexeme)) {
        kids.push(character(lexeme));
      }
    }

    /**
     * Append the nodes of a group; a script that follows belongs to all of them.
     * @param {FormulaNode[]} nodes @param {FormulaNode[]} kids
     */
    splice(nodes, kids) {
      const scripted = nodes.length > 1 && SCRIPTS.has(this.next);
      if (scripted && !nodes.slice(1).every(isRemark) && !isAbsolute(nodes)) kids.push(one(nodes));
      else for (const node of nodes) kids.push(node);
    }

    /** Take the brace that ends a group. */
    close() {
      if (this.next === '}') this.position++;
      else this.report('unbalanced', '{');
    }

    /** Read one argument as TeX does: a group, or the next token. @returns {FormulaNode} */
    argument() {
      const lexeme = this.next;
      const leaf = SIMPLE.get(lexeme);
      if (leaf !== undefined) {
        this.position++;
        return leaf;
      }
      if (lexeme === '{') {
        this.position++;
        if (this.depth >= MAX_DEPTH) {
          this.report('too-deep');
          this.ignored++;
          return '';
        }
        const kids = this.row(GROUP);
        this.close();
        return one(kids);
      }
      if (NO_ARGUMENT.has(lexeme)) return '';
      if (/^[0-9]./.test(lexeme)) {
        this.tokens[this.position] = lexeme.slice(1);
        return `n${lexeme[0]}`;
      }
      const bracket = OPENERS.get(lexeme) ?? CLOSERS.get(lexeme);
      if (bracket !== undefined) {
        this.position++;
        return `o${bracket}`;
      }
      if (lexeme === "'" || lexeme === '\\prime') {
        this.position++;
        return "o'";
      }
      if (this.depth >= MAX_DEPTH) {
        this.report('too-deep');
        this.position++;
        return '';
      }
      this.depth++;
      /** @type {FormulaNode[]} */
      const kids = [];
      this.step(kids);
      this.depth--;
      return one(finish(kids));
    }

    /** Read all sub- and superscripts and primes that follow a base. @param {FormulaNode} base @returns {FormulaNode} */
    scripts(base) {
      /** @type {FormulaNode[]} */
      const below = [];
      /** @type {FormulaNode[]} */
      const above = [];
      let primes = '';
      for (;;) {
        const lexeme = this.next;
        if (lexeme !== '_' && lexeme !== '^' && lexeme !== "'" && lexeme !== '\\prime' && !LIMITS.has(lexeme)) break;
        this.position++;
        if (lexeme === '_') this.extend(below);
        else if (lexeme === '^') this.extend(above);
        else if (!LIMITS.has(lexeme)) primes += "'";
      }
      let rest = 0;
      for (let node = above[0]; typeof node === 'string' && node.startsWith("o'"); node = above[++rest]) primes += node.slice(1);
      above.splice(0, rest, ...(primes ? [`o${primes}`] : []));
      return script(base, one(finish(below)), one(finish(above)));
    }

    /** Read an argument and add its parts to those read before. @param {FormulaNode[]} pieces */
    extend(pieces) {
      const nodes = nodesOf(this.argument());
      nodes.forEach((/** @type {FormulaNode} */ node, /** @type {number} */ n) => {
        const primes = n === 0 && typeof node !== 'string' && node.kind === 'S' && !node.kids[0] && !node.kids[1];
        pieces.push(primes ? node.kids[2] : node); // primes in a group
      });
    }

    /** @returns {string[]} the tokens of an argument, unread */
    raw() {
      if (this.next !== '{') {
        if (this.next === END) return [];
        this.position++;
        return [this.tokens[this.position - 1]];
      }
      let depth = 0;
      const first = this.position + 1;
      for (let lexeme = this.next; lexeme !== END; lexeme = this.next) {
        this.position++;
        depth += Number(lexeme === '{') - Number(lexeme === '}');
        if (depth === 0) return this.tokens.slice(first, this.position - 1);
      }
      this.report('unbalanced', '{');
      return this.tokens.slice(first, this.position);
    }

    /** @returns {string[] | null} the tokens of an argument in square brackets, if there is one */
    option() {
      if (this.next !== '[') return null;
      let braces = 0;
      const first = this.position + 1;
      for (let end = first; end < Math.min(first + LONGEST_OPTION, this.tokens.length - 1); end++) {
        const lexeme = this.tokens[end];
        if (lexeme === ']' && braces === 0) {
          this.position = end + 1;
          return this.tokens.slice(first, end);
        }
        braces += Number(lexeme === '{') - Number(lexeme === '}');
        if (braces < 0) break;
      }
      return null; // it opens no argument, but an interval
    }
  }

  /** @param {string} lexeme a character or a run of CJK ones that no table names @returns {string} its leaf */
  function character(lexeme) {
    if (isCjk(lexeme)) return `t${lexeme}`;
    return isLetter(lexeme) ? `v${lexeme}` : `o${lexeme}`;
  }

  /** @param {FormulaNode[]} nodes @returns {boolean} whether they are `|x|` or `\|x\|`: a script behind the group is one behind its second bar */
  function isAbsolute(nodes) {
    const [bar] = nodes;
    const second = nodes.indexOf(bar, 1);
    return (bar === 'o|' || bar === 'oVert') && second > 1 && second === nodes.length - 1;
  }

  /** @param {string} opener @param {string} closer @returns {boolean} whether two brackets are a pair; the ends of an interval may differ */
  function match(opener, closer) {
    return tables.brackets.get(opener) === closer || (INTERVALS.has(opener) && INTERVALS.has(closer));
  }

  /** Undo the brackets that found no partner. @param {Opened[]} outer @param {FormulaNode[]} kids @returns {FormulaNode[]} */
  function flatten(outer, kids) {
    if (!outer.length) return kids;
    const row = [...outer[0][0]];
    outer.forEach(([, opener], n) => {
      const inner = n + 1 < outer.length ? outer[n + 1][0] : kids;
      for (const node of opened(opener, inner)) row.push(node);
    });
    return row;
  }

  /** @param {Opened} entry @param {FormulaNode[]} kids @returns {FormulaNode[]} */
  function unmatched([before, opener], kids) {
    for (const node of opened(opener, kids)) before.push(node);
    return before;
  }

  /**
   * A bracket without partner: before a table, a brace makes cases of it.
   * @param {string} opener @param {FormulaNode[]} inner @returns {FormulaNode[]}
   */
  function opened(opener, inner) {
    const first = inner.length ? inner[0] : '';
    if (opener === '{' && typeof first !== 'string' && (first.kind === 'M' || first.kind === 'L')) {
      const rows = first.kind === 'M' ? first.kids : first.kids.map((line) => branch('R', '', [line]));
      return [branch('M', 'cases', rows), ...inner.slice(1)];
    }
    return [`o${opener}`, ...inner];
  }

  blogFormulas.parser = { CELL, GROUP, INDEX, LINE, MAX_DEPTH, Parser, match };
})();
