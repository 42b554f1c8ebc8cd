// @ts-check
/* Macros: those of the project, and those that formulas define for the formulas after them.

   As in MathJax, a definition holds from its place on for the rest of the page, whatever group it
   stands in. Expansion works on tokens and is bounded, so that a macro that calls itself ends in a
   problem instead of a stalled page. */

/** @typedef {{code: string, text: string}} FormulaProblem What could not be read as it was meant, see Problem in model.py. */
/**
 * @typedef {object} FormulaMacro What stands for a command.
 * @property {string[]} body tokens; `#1` is the first argument
 * @property {number} count of its arguments
 * @property {string[] | null} option the first argument where none is given in brackets; null: it is a plain one
 */
/**
 * @typedef {object} FormulaMacros Macros in force; never changed, only replaced.
 * @property {Map<string, FormulaMacro>} table by command with its backslash
 * @property {FormulaProblem[]} problems
 * @property {boolean} shadowing one of them has the name of a command that the lexer reads whole
 */

(function () {
  'use strict';

  const blogFormulas = /** @type {any} */ (window).blogFormulas;
  const { compounds, tokenise } = blogFormulas.lexer;

  const MAX_EXPANSIONS = 2000;
  const MAX_TOKENS = 200000;
  const DEFINITION =
    /\\(?:(?:re|provide)?newcommand|(?:re|provide)command|[gex]?def|let|DeclareMathOperator|DeclareRobustCommand)(?![A-Za-z])/;
  const NEW_COMMANDS = new Set(['\\newcommand', '\\renewcommand', '\\providecommand', '\\DeclareRobustCommand']);
  const DEFS = new Set(['\\def', '\\gdef', '\\edef', '\\xdef']);
  const DEFINITIONS = new Set([...NEW_COMMANDS, ...DEFS, '\\let', '\\DeclareMathOperator']);

  /** @param {string} code @param {string} text @returns {FormulaProblem} */
  function problem(code, text) {
    return { code, text };
  }

  /** @param {string[]} body @param {number} [count] @param {string[] | null} [option] @returns {FormulaMacro} */
  function macroOf(body, count = 0, option = null) {
    return { body, count, option };
  }

  /** @param {Map<string, FormulaMacro>} table @param {FormulaProblem[]} problems @returns {FormulaMacros} */
  function macrosOf(table, problems) {
    const shadowing = [...table.keys()].some((name) => compounds.has(name.slice(1)));
    return { table, problems, shadowing };
  }

  const NO_MACROS = macrosOf(new Map(), []);

  /** @param {any} value @returns {boolean} */
  function isMapping(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  }

  /**
   * Read macros from LaTeX definitions or from a configuration of MathJax.
   * @param {string | Record<string, any>} source text that holds `\newcommand`, `\def`, `\let` or
   *   `\DeclareMathOperator`; or the value of `tex.macros` (name -> `body`, `[body, count]` or
   *   `[body, count, option]`), or a whole configuration that holds one
   * @param {FormulaMacros} [base] macros already in force
   * @returns {FormulaMacros} all of them; what can't be read is listed in `problems`, never thrown
   */
  function readMacros(source, base = NO_MACROS) {
    if (typeof source === 'string') return expand(tokenise(source, false), base).macros;
    for (const name of ['tex', 'TeX', 'macros', 'Macros']) {
      if (Object.hasOwn(source, name) && isMapping(source[name])) return readMacros(source[name], base);
    }
    const table = new Map(base.table);
    const problems = [...base.problems];
    for (const [name, value] of Object.entries(source)) {
      const macro = configured(value);
      if (macro === null || !name) problems.push(problem('definition', name));
      else table.set(`\\${name}`, macro);
    }
    return macrosOf(table, problems);
  }

  /** @param {any} value @returns {FormulaMacro | null} */
  function configured(value) {
    const parts = typeof value === 'string' ? [value] : value;
    if (!Array.isArray(parts) || parts.length > 3 || typeof parts[0] !== 'string') return null;
    const [body, count = 0, option = null] = parts;
    if (!Number.isInteger(count) || count < 0 || count > 9) return null;
    if (option !== null && typeof option !== 'string') return null;
    return macroOf(tokenise(body, false), count, option === null ? null : tokenise(option, false));
  }

  /**
   * @typedef {object} FormulaExpansion
   * @property {string[]} tokens without macros and definitions
   * @property {FormulaMacros} macros those in force at the end
   * @property {FormulaProblem[]} problems
   */

  /** @param {string} latex @param {FormulaMacros} macros @returns {FormulaExpansion} */
  function tokensOf(latex, macros) {
    if (!latex.includes('\\')) return { tokens: tokenise(latex), macros, problems: [] };
    const defines = DEFINITION.test(latex);
    /** @type {string[]} */
    const tokens = tokenise(latex, !(defines || macros.shadowing));
    if (!defines && !(macros.table.size && tokens.some((lexeme) => macros.table.has(lexeme)))) {
      return { tokens, macros, problems: [] };
    }
    return expand(tokens, macros);
  }

  /**
   * Expand macros and take definitions in, in order.
   * @param {string[]} tokens @param {FormulaMacros} macros @returns {FormulaExpansion}
   */
  function expand(tokens, macros) {
    return new Expander(tokens, macros).run();
  }

  /** A stack of tokens to read, the next one last. */
  class Expander {
    /** @param {string[]} tokens @param {FormulaMacros} macros */
    constructor(tokens, macros) {
      this.stack = [...tokens].reverse();
      this.macros = macros;
      /** Copied before it is changed. */
      this.table = macros.table;
      /** @type {FormulaProblem[]} */
      this.problems = [];
    }

    /** @returns {FormulaExpansion} */
    run() {
      /** @type {string[]} */
      const out = [];
      let expansions = 0;
      let pushed = 0;
      while (this.stack.length) {
        const lexeme = this.pop();
        if (lexeme[0] !== '\\') {
          out.push(lexeme);
          continue;
        }
        if (DEFINITIONS.has(lexeme)) {
          this.define(lexeme);
          continue;
        }
        const macro = this.table.get(lexeme);
        if (macro === undefined) {
          out.push(lexeme);
        } else if (expansions >= MAX_EXPANSIONS || pushed >= MAX_TOKENS) {
          this.problems.push(problem('macro-limit', lexeme));
          out.push(lexeme);
          while (this.stack.length) out.push(this.pop());
        } else {
          expansions++;
          const body = this.filled(macro);
          pushed += body.length;
          for (let n = body.length - 1; n >= 0; n--) this.stack.push(body[n]);
        }
      }
      return { tokens: out, macros: this.macrosAfter(), problems: this.problems };
    }

    macrosAfter() {
      if (this.table === this.macros.table) return this.macros;
      const met = this.problems.filter(({ code }) => code === 'definition');
      return macrosOf(this.table, [...this.macros.problems, ...met]);
    }

    /** @returns {string} */
    pop() {
      return /** @type {string} */ (this.stack.pop());
    }

    /** @param {string} lexeme @returns {boolean} whether it comes next */
    next(lexeme) {
      return this.stack.length > 0 && this.stack[this.stack.length - 1] === lexeme;
    }

    /** @param {FormulaMacro} macro @returns {string[]} its body with its arguments in their places */
    filled(macro) {
      /** @type {string[][]} */
      const given = [];
      if (macro.option !== null && macro.count) given.push(this.option() ?? macro.option);
      while (given.length < macro.count) given.push(this.argument());
      if (!macro.count) return macro.body;
      /** @type {string[]} */
      const body = [];
      for (const lexeme of macro.body) {
        const place = lexeme[0] === '#' && lexeme.length === 2 ? Number(lexeme[1]) : 0;
        if (place >= 1 && place <= given.length) {
          for (const token of given[place - 1]) body.push(token);
          if (body.length > MAX_TOKENS) break;
        } else {
          body.push(lexeme);
        }
      }
      return body;
    }

    /** @returns {string[] | null} */
    option() {
      if (!this.next('[')) return null;
      this.pop();
      return this.until(']');
    }

    /** @returns {string[]} */
    argument() {
      if (!this.stack.length) return [];
      const lexeme = this.pop();
      if (lexeme === '{') return this.until('}');
      if (/^[0-9]./.test(lexeme)) {
        this.stack.push(lexeme.slice(1));
        return [lexeme[0]];
      }
      return [lexeme];
    }

    /** @param {string} closer @returns {string[]} the tokens up to the closer on this level of braces, which is taken too */
    until(closer) {
      /** @type {string[]} */
      const out = [];
      let depth = 0;
      while (this.stack.length) {
        const lexeme = this.pop();
        if (lexeme === closer && depth === 0) return out;
        depth += Number(lexeme === '{') - Number(lexeme === '}');
        out.push(lexeme);
      }
      this.problems.push(problem('unbalanced', closer));
      return out;
    }

    /** @param {string} command */
    define(command) {
      if (this.next('*')) this.pop();
      if (DEFS.has(command)) {
        this.definePlain();
        return;
      }
      const name = this.argument();
      let macro;
      if (command === '\\let') {
        if (this.next('=')) this.pop();
        const body = this.argument();
        macro = this.table.get(body[0]) ?? macroOf(body);
      } else if (command === '\\DeclareMathOperator') {
        macro = macroOf(['\\operatorname', '{', ...this.argument(), '}']);
      } else {
        const count = (this.option() ?? []).join('');
        const option = this.option();
        macro = macroOf(this.argument(), /^[0-9]$/.test(count) ? Number(count) : 0, option);
      }
      this.learn(name, macro);
    }

    definePlain() {
      const name = this.argument();
      /** @type {string[]} */
      const pattern = [];
      while (this.stack.length && !this.next('{')) pattern.push(this.pop());
      const body = this.argument();
      if (pattern.some((lexeme, n) => lexeme !== `#${n + 1}`)) {
        this.problems.push(problem('definition', name.join(''))); // delimited arguments
        return;
      }
      this.learn(name, macroOf(body, pattern.length));
    }

    /** @param {string[]} name @param {FormulaMacro} macro */
    learn(name, macro) {
      const circular = macro.body.length === 1 && macro.body[0] === name[0];
      if (name.length !== 1 || name[0][0] !== '\\' || circular) {
        this.problems.push(problem('definition', name.join('')));
        return;
      }
      if (this.table === this.macros.table) this.table = new Map(this.table);
      this.table.set(name[0], macro);
    }
  }

  Object.assign(blogFormulas, { readMacros });
  blogFormulas.macros = { NO_MACROS, problem, tokensOf };
})();
