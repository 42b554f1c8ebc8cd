// @ts-check
/* LaTeX that a reader types, or that a search found, as MathML. Temml converts
   it; nothing of what it makes comes into the page as it is: elements and
   attributes that are known are built anew, and anything else makes the formula
   be shown as its LaTeX. What is built is what the pages have from build time,
   so that the same font and style serve both. */
(function () {
  'use strict';

  const space = /** @type {any} */ (window);
  const blogFormulas = /** @type {any} */ (space.blogFormulas = space.blogFormulas || {});

  const MATHML = 'http://www.w3.org/1998/Math/MathML';
  const MAX_LENGTH = 8000; // characters of a formula; real ones stay below 1500
  const MAX_DEPTH = 100; // of nested elements: browsers lay them out by recursion
  const MAX_NODES = 20000;
  const MAX_EXPANSIONS = 1000;
  const MAX_WORK = 500000; // characters times expansions: each of them may copy all

  const ELEMENTS = new Set(('math mrow mi mn mo mtext mspace ms mfrac msqrt mroot msub msup msubsup munder mover ' +
    'munderover mmultiscripts mprescripts mtable mtr mtd mpadded mphantom mstyle menclose').split(' '));
  const TOKENS = new Set(['mi', 'mn', 'mo', 'mtext', 'ms']);
  const ATTRIBUTES = new Set(('accent accentunder columnspan depth displaystyle fence form height largeop linethickness ' +
    'lspace mathvariant maxsize minsize movablelimits notation rowspan rspace scriptlevel separator stretchy symmetric ' +
    'mathsize voffset width').split(' '));
  const VALUE = /^[\w\s.%+-]*$/;
  const STYLES = new Set(('background-color border border-bottom border-left border-right border-top color font-size ' +
    'font-weight margin-left padding padding-bottom padding-left padding-right padding-top text-align width').split(' '));
  const STYLE_VALUE = /^[\w\s.%#(),-]*$/; // no address, no quotation mark

  const TOKEN = /\\(?:[A-Za-z]+|[^]|$)|%[^\n]*\n?|[^\\%]/gu;
  const DEFINITION = /\\(?:[gex]?def|let|(?:re|provide)?newcommand|providecommand|DeclareMathOperator)(?![A-Za-z])/;
  const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069\ufffe\uffff]|\p{Cs}/u;
  /** Environments that only number what they hold, and the ones that do the same without. */
  const UNNUMBERED = new Map(Object.entries({
    equation: '', displaymath: '', math: '', subequations: '', align: 'aligned', flalign: 'aligned', split: 'aligned',
    alignat: 'alignedat', gather: 'gathered', multline: 'gathered', eqnarray: 'array',
  }));
  /** Commands for LaTeX's numbers and pages, by whether they have an argument. */
  const DROPPED = new Map([
    ['\\label', true], ['\\tag', true], ['\\require', true], ['\\nonumber', false], ['\\notag', false],
    ['\\allowbreak', false], ['\\nobreak', false],
  ]);
  const REFERENCES = new Set(['\\ref', '\\eqref']);
  const TEXTS = new Set(['\\text', '\\textbf', '\\textit', '\\textrm', '\\mbox', '\\hbox']);
  const IN_TEXT = new Map([['_', '\\_'], ['^', '\\char`^'], ['&', '\\&'], ['#', '\\#']]);

  /** Accents as math-core writes them, which fonts have in all widths. @type {Map<string, string>} */
  const ACCENTS = new Map([['~', '˜'], ['‾', '¯']]);
  const LINE = '\u0332';

  class RefusedError extends Error {}

  /**
   * Show a formula in an element, in place of what that holds.
   * @param {string} latex without its dollar signs; any text whatsoever
   * @param {Element} element
   * @param {{display?: boolean, macros?: any}} [options] `macros`: name -> body, or [body, number of arguments], as in
   *   MathJax's configuration, or what `readMacros` gives
   * @returns {boolean} whether it is shown as mathematics; otherwise its LaTeX is shown
   */
  function render(latex, element, { display = false, macros = {} } = {}) {
    let math = null;
    try {
      math = converted(latex, display, macros);
    } catch {
      // not LaTeX, or not any that Temml knows, or nested so deep that the stack ends
    }
    if (math) {
      element.replaceChildren(math);
      return true;
    }
    const code = document.createElement('code');
    code.className = 'blog-latex';
    code.textContent = latex.length > MAX_LENGTH ? `${latex.slice(0, MAX_LENGTH)}…` : latex;
    element.replaceChildren(code);
    return false;
  }

  /** @param {string} latex @param {boolean} display @param {any} macros @returns {Element | null} */
  function converted(latex, display, macros) {
    if (!latex.trim() || latex.length > MAX_LENGTH || FORBIDDEN.test(latex)) return null;
    const work = DEFINITION.test(latex) ? MAX_WORK / 10 : MAX_WORK;
    // Its tree, not its markup: nothing is parsed, so nothing can be smuggled in.
    const made = space.temml.__renderToMathMLTree(prepared(latex), {
      displayMode: display,
      throwOnError: true,
      trust: false,
      strict: false,
      wrap: 'none',
      maxSize: [20, 500],
      maxExpand: Math.min(MAX_EXPANSIONS, Math.floor(work / latex.length)),
      macros: macrosFor(macros),
    });
    if (made.type !== 'math') return null;
    const math = document.createElementNS(MATHML, 'math');
    if (display) math.setAttribute('display', 'block');
    new Builder().fill(math, made.children, 1);
    return math;
  }

  /** @param {any} macros @returns {Record<string, string>} by command; Temml adds to it what a formula defines */
  function macrosFor(macros) {
    /** @type {Record<string, string>} */
    const made = {};
    if (macros?.table instanceof Map) {
      for (const [name, { body, option }] of macros.table) if (option === null) made[name] = joined(body);
      return made;
    }
    for (const [name, value] of Object.entries(macros ?? {})) {
      const body = Array.isArray(value) ? value[0] : value;
      if (typeof body === 'string') made[name[0] === '\\' ? name : `\\${name}`] = body;
    }
    return made;
  }

  /** @param {string[]} tokens @returns {string} LaTeX again; a command keeps its distance from a letter */
  function joined(tokens) {
    return tokens.map((token, n) => (
      n && /^[A-Za-z]/.test(token) && /^\\[A-Za-z]+$/.test(tokens[n - 1]) ? ` ${token}` : token)).join('');
  }

  /** @param {string} latex @returns {string} in the words that Temml knows, without numbers */
  function prepared(latex) {
    const tokens = (latex.match(TOKEN) ?? []).filter((token) => token[0] !== '%');
    /** @type {string[]} */
    const out = [];
    let lines = false; // whether there are several, outside of any environment or group
    let depth = 0;
    for (let n = 0; n < tokens.length; n++) {
      const token = tokens[n];
      if (DROPPED.has(token)) {
        if (DROPPED.get(token)) n = argument(tokens, n + 1).end;
        out.push(' ');
      } else if (REFERENCES.has(token)) {
        const { text, end } = argument(tokens, n + 1);
        n = end;
        out.push(...inText(['{', ...(token === '\\eqref' ? ['(', ...text, ')'] : text), '}']));
      } else if (TEXTS.has(token) && next(tokens, n + 1) === '{') {
        const { text, end } = argument(tokens, n + 1);
        n = end;
        out.push(...inText(['{', ...text, '}'], token));
      } else if (token === '\\begin' || token === '\\end') {
        const { text, end } = argument(tokens, n + 1);
        n = end;
        const name = text.join('');
        const other = UNNUMBERED.get(name.replace(/\*$/, ''));
        if (other === '') continue; // what it holds stands outside of any
        depth += token === '\\begin' ? 1 : -1;
        out.push(`${token}{${other ?? name}}`);
        if (other === 'array' && token === '\\begin') out.push('{rcl}');
      } else if (token === '\\color') {
        // With an argument it colours that, as in MathJax; without, what follows, as in LaTeX.
        const { end } = argument(tokens, n + 1);
        out.push(next(tokens, end + 1) === '{' ? '\\textcolor' : token);
      } else if (token === '\\DeclareMathOperator') {
        const name = argument(tokens, n + 1);
        const words = argument(tokens, name.end + 1);
        n = words.end;
        out.push(`\\def${name.text.join('')}{\\operatorname{${joined(words.text)}}}`);
      } else {
        depth += Number(token === '{') - Number(token === '}');
        lines = lines || (depth === 0 && (token === '\\\\' || token === '&'));
        out.push(token);
      }
    }
    const result = joined(out);
    return lines ? `\\begin{aligned}${result}\\end{aligned}` : result;
  }

  /** @param {string[]} tokens @param {number} n @returns {string} the first token from there on that is no space */
  function next(tokens, n) {
    while (n < tokens.length && !tokens[n].trim()) n++;
    return tokens[n] ?? '';
  }

  /**
   * The argument that begins at a place.
   * @param {string[]} tokens @param {number} start
   * @returns {{text: string[], end: number}} without its braces; the place of its last token
   */
  function argument(tokens, start) {
    let n = start;
    while (n < tokens.length && (!tokens[n].trim() || tokens[n] === '*')) n++;
    if (tokens[n] === '[') n = Math.max(n, tokens.indexOf(']', n)) + 1;
    if (tokens[n] !== '{') return { text: tokens.slice(n, n + 1), end: n };
    let depth = 0;
    for (let end = n; end < tokens.length; end++) {
      depth += Number(tokens[end] === '{') - Number(tokens[end] === '}');
      if (depth === 0) return { text: tokens.slice(n + 1, end), end };
    }
    throw new RefusedError();
  }

  /** @param {string[]} tokens a group @param {string} [command] @returns {string[]} as text, in which `_` is a character */
  function inText(tokens, command = '\\text') {
    let math = false;
    const text = tokens.map((token) => {
      if (token === '$') math = !math;
      return math ? token : IN_TEXT.get(token) ?? token;
    });
    return [TEXTS.has(command) && /^\\[mh]box$/.test(command) ? '\\text' : command, ...text];
  }

  /**
   * @typedef {object} TemmlNode A node of Temml's tree: an element has a type, a text a text, a fragment neither.
   * @property {string} [type]
   * @property {string} [text]
   * @property {TemmlNode[]} children
   * @property {Record<string, unknown>} attributes
   * @property {Record<string, unknown>} style
   * @property {string[]} classes
   */

  /** Builds the nodes of one formula anew. */
  class Builder {
    constructor() {
      this.nodes = 0;
    }

    /** @param {Element} to @param {TemmlNode[]} children @param {number} depth */
    fill(to, children, depth) {
      if (depth > MAX_DEPTH) throw new RefusedError();
      for (const child of children) {
        if (++this.nodes > MAX_NODES) throw new RefusedError();
        if (child.type !== undefined) to.append(this.built(child, depth));
        else if (typeof child.text === 'string') to.append(child.text);
        else if (isHtml(child)) throw new RefusedError();
        else this.fill(to, child.children, depth + 1);
      }
    }

    /** @param {TemmlNode} from @param {number} depth @returns {Element} */
    built(from, depth) {
      const { type, attributes, children } = from;
      if (type === undefined || !ELEMENTS.has(type)) throw new RefusedError();
      if (type === 'menclose' && attributes.notation === 'top') return this.lined('mover', 'accent', children, depth);
      if (type === 'menclose' && attributes.notation === 'bottom') return this.lined('munder', 'accentunder', children, depth);
      const to = /** @type {MathMLElement} */ (document.createElementNS(MATHML, type));
      for (const [name, value] of Object.entries(attributes)) {
        if (ATTRIBUTES.has(name) && VALUE.test(String(value))) to.setAttribute(name, String(value));
      }
      for (const [name, value] of Object.entries(from.style)) {
        const property = name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`);
        if (STYLES.has(property) && STYLE_VALUE.test(String(value))) to.style.setProperty(property, String(value));
      }
      if (type === 'mtd') align(to, from.classes);
      if (TOKENS.has(type)) to.append(wordsOf(children, depth));
      else this.fill(to, children, depth + 1);
      if (type === 'mover' || type === 'munder') accent(to, children[1]);
      return to;
    }

    /** What has a line over or under it. @param {string} type @param {string} attribute @param {TemmlNode[]} children @param {number} depth */
    lined(type, attribute, children, depth) {
      const to = document.createElementNS(MATHML, type);
      const row = document.createElementNS(MATHML, 'mrow');
      const line = document.createElementNS(MATHML, 'mo');
      to.setAttribute(attribute, 'true');
      line.setAttribute('stretchy', 'true');
      line.textContent = LINE;
      this.fill(row, children, depth + 2);
      to.append(row, line);
      return to;
    }
  }

  /** Temml's links, pictures and spans have neither type nor text, but one of these. @param {object} node @returns {boolean} */
  function isHtml(node) {
    return 'attributes' in node || 'href' in node || 'src' in node;
  }

  /** What a token says; Temml puts elements into some. @param {TemmlNode[]} children @param {number} depth @returns {string} */
  function wordsOf(children, depth) {
    if (depth > MAX_DEPTH) throw new RefusedError();
    return children.map((child) => child.text ?? wordsOf(child.children, depth + 1)).join('');
  }

  /** Columns of equations, as math-core marks them. @param {MathMLElement} to @param {string[]} classes */
  function align(to, classes) {
    for (const [side, end] of [['left', 'start'], ['right', 'end']]) {
      if (!classes.includes(`tml-${side}`)) continue;
      to.style.setProperty('text-align', side);
      to.style.setProperty('justify-items', end);
    }
  }

  /** An accent is no limit; Temml says so in a style. @param {Element} to @param {TemmlNode | undefined} mark */
  function accent(to, mark) {
    const isArrow = mark?.classes?.includes('tml-vec');
    if (mark?.type !== 'mo' || !(isArrow || 'mathDepth' in mark.style || 'math-depth' in mark.style)) return;
    to.setAttribute(to.localName === 'mover' ? 'accent' : 'accentunder', 'true');
    const last = to.children[1];
    if (last) last.textContent = isArrow ? '\u20d7' : ACCENTS.get(last.textContent ?? '') ?? last.textContent;
  }

  blogFormulas.render = render;
})();
