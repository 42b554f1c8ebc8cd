// @ts-check
/* A title in lines of some width, in scripts with blanks between words and in
   scripts without. */
(function () {
  'use strict';

  const OPENING = '《〈「『【〖（(\\[“‘';
  const CLOSING = '、。，．；：！？）》〉」』】〗”’…,.;:!?)\\]';
  const WITHOUT_BLANKS = '\\u2e80-\\u9fff\\uac00-\\ud7af\\uf900-\\ufaff\\uff00-\\uffef';
  const WORD = new RegExp(`[${OPENING}]*(?:[^\\s${WITHOUT_BLANKS}]+|.)[${CLOSING}]*\\s*`, 'gsu');
  const LONGEST = 200; // characters that are looked at

  /**
   * @param {CanvasRenderingContext2D} context @param {string} text
   * @param {number} room px of a line @param {number} most lines
   * @returns {{lines: string[], width: number}}
   */
  function wrap(context, text, room, most) {
    // A word is a run without blanks of a script that has them, or one character of a script that has not.
    // Closing marks stay with what is before them, opening ones with what is after.
    const words = text.slice(0, LONGEST).match(WORD) || [''];
    /** @type {string[]} */
    const lines = [];
    let line = '';
    let rest = text.length > LONGEST;
    for (const word of words) {
      if (!line || context.measureText(line + word.trimEnd()).width <= room) {
        line += word;
        continue;
      }
      if (lines.length === most - 1) {
        rest = true;
        break;
      }
      lines.push(line.trimEnd());
      line = word;
    }
    line = line.trimEnd();
    if (rest || context.measureText(line).width > room) {
      const letters = [...line];
      while (letters.length && context.measureText(`${letters.join('')}…`).width > room) letters.pop();
      line = `${letters.join('')}…`;
    }
    lines.push(line);
    if (lines.length > 1 && !rest) {
      // Lines of about one length, rather than a last one of two letters.
      const even = (lines.reduce((sum, l) => sum + context.measureText(l).width, 0) / lines.length) * 1.12;
      const balanced = even < room * 0.9 ? wrap(context, text, even, most) : null;
      const whole = balanced && balanced.lines.length === lines.length;
      if (whole && !balanced.lines[lines.length - 1].endsWith('…')) return balanced;
    }
    return { lines, width: Math.max(...lines.map((l) => context.measureText(l).width)) };
  }

  Object.assign(/** @type {any} */ (window).blogGraph, { wrap });
})();
