// @ts-check
/* One formula's LaTeX to its equations and sides in normal form, and their keys. */

/**
 * @typedef {object} FormulaAnalysis All that one formula's LaTeX says.
 * @property {FormulaUnit[]} equations
 * @property {FormulaUnit[]} sides of the equations that have two or more, in order, without repetition
 * @property {FormulaProblem[]} problems what could not be read as it was meant
 * @property {string[]} arrows the implications between its statements, each with the number of statements before it
 * @property {FormulaMacros} macros in force after this formula: those it was given and those it defines
 */

(function () {
  'use strict';

  const blogFormulas = /** @type {any} */ (window).blogFormulas;
  const { beginning } = blogFormulas.lexer;
  const { NO_MACROS, problem, tokensOf } = blogFormulas.macros;
  const { one } = blogFormulas.tree;
  const { read } = blogFormulas.commands;
  const { linksOf, sidesOf, statementsWithin } = blogFormulas.equations;
  const { unitOf, wordCache } = blogFormulas.normal;

  /**
   * @param {string} latex one formula without its dollar signs; any text
   * @param {FormulaMacros} [macros]
   * @returns {FormulaNode} its tree; a formula that holds nothing is the empty string
   */
  function parse(latex, macros = NO_MACROS) {
    return one(read(tokensOf(latex, macros).tokens).row);
  }

  /**
   * Read one formula. Nothing is thrown: what can't be read is a problem.
   * @param {string} latex one formula without its dollar signs, environments included
   * @param {FormulaMacros} [macros] those of the project, or those after the formula before on the same
   *   page, so that a `\newcommand` holds for the formulas after it
   * @returns {FormulaAnalysis}
   */
  function analyse(latex, macros = NO_MACROS) {
    const expanded = tokensOf(latex, macros);
    const tooLong = beginning(latex).length < latex.length ? [problem('too-long', '')] : [];
    const { row, problems } = read(expanded.tokens);
    const cache = wordCache();
    /** @type {FormulaUnit[]} */
    const equations = [];
    /** @type {Map<string, FormulaUnit>} */
    const sides = new Map();
    const { parts, arrows } = statementsWithin(row);
    for (const equation of parts.flatMap(linksOf)) {
      equations.push(unitOf(equation, cache));
      for (const side of sidesOf(equation)) {
        const unit = unitOf(side, cache);
        if (!sides.has(unit.canonical[0])) sides.set(unit.canonical[0], unit);
      }
    }
    return {
      equations,
      sides: [...sides.values()],
      problems: [...tooLong, ...expanded.problems, ...problems],
      macros: expanded.macros,
      arrows,
    };
  }

  /** @param {FormulaUnit} unit @returns {[string, string, string]} its keys on the levels 1, 2 and 3 */
  function keysOf({ canonical: [first, second, third] }) {
    const key = hashOf(first);
    return [key, second === first ? key : hashOf(second), hashOf(third)];
  }

  /** @param {string} text a canonical text @returns {string} 16 hexadecimal digits: the first of its SHA-256 in UTF-8 */
  function hashOf(text) {
    const digest = sha256(text);
    return hexadecimal(digest[0]) + hexadecimal(digest[1]);
  }

  /** @param {number} word of 32 bits @returns {string} */
  function hexadecimal(word) {
    return (word >>> 0).toString(16).padStart(8, '0');
  }

  // crypto.subtle answers later, and not at all on a page without HTTPS: SHA-256 as FIPS 180-4 has it.

  const ROUND_CONSTANTS = new Int32Array([
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
  ]);
  const INITIAL_STATE = new Int32Array([
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
  ]);

  const encoder = new TextEncoder();
  // Kept between calls: texts are short and many.
  let buffer = new DataView(new ArrayBuffer(4096));
  const schedule = new Int32Array(64);

  /** @param {string} text @returns {Int32Array} eight words */
  function sha256(text) {
    const end = padded(text);
    const state = INITIAL_STATE.slice();
    for (let offset = 0; offset < end; offset += 64) {
      for (let t = 0; t < 16; t++) schedule[t] = buffer.getInt32(offset + 4 * t);
      for (let t = 16; t < 64; t++) {
        const near = schedule[t - 2];
        const far = schedule[t - 15];
        schedule[t] = schedule[t - 16] + schedule[t - 7] +
          (rotated(near, 17) ^ rotated(near, 19) ^ (near >>> 10)) +
          (rotated(far, 7) ^ rotated(far, 18) ^ (far >>> 3));
      }
      compress(state);
    }
    return state;
  }

  /** Put a text into the buffer: UTF-8, a bit, zeros, its length in bits. @param {string} text @returns {number} where it ends */
  function padded(text) {
    const room = 3 * text.length + 128; // no character of UTF-16 needs more than three bytes
    if (room > buffer.byteLength) buffer = new DataView(new ArrayBuffer(2 * room));
    const bytes = new Uint8Array(buffer.buffer);
    const { written: length } = encoder.encodeInto(text, bytes);
    const end = 64 * Math.ceil((length + 9) / 64);
    bytes.fill(0, length, end);
    bytes[length] = 0x80;
    buffer.setUint32(end - 8, Math.floor(length / 2 ** 29));
    buffer.setUint32(end - 4, length << 3);
    return end;
  }

  /** One block, whose words are in the schedule. @param {Int32Array} state */
  function compress(state) {
    let a = state[0];
    let b = state[1];
    let c = state[2];
    let d = state[3];
    let e = state[4];
    let f = state[5];
    let g = state[6];
    let h = state[7];
    for (let t = 0; t < 64; t++) {
      const choice = (e & f) ^ (~e & g);
      const majority = (a & b) ^ (a & c) ^ (b & c);
      const first = h + (rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)) + choice + ROUND_CONSTANTS[t] + schedule[t];
      const second = (rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) + majority;
      h = g;
      g = f;
      f = e;
      e = (d + first) | 0;
      d = c;
      c = b;
      b = a;
      a = (first + second) | 0;
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
    state[4] += e;
    state[5] += f;
    state[6] += g;
    state[7] += h;
  }

  /** @param {number} word @param {number} count of bits @returns {number} the word rotated to the right */
  function rotated(word, count) {
    return (word >>> count) | (word << (32 - count));
  }

  Object.assign(blogFormulas, { analyse, hashOf, keysOf, parse });
})();
