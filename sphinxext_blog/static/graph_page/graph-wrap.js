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

  const MOST_WIDTHS = 20_000;

  /** Widths of words, measured once: asking the browser takes as long as all the rest of breaking a title. */
  class Ruler {
    constructor() {
      this.context = /** @type {CanvasRenderingContext2D} */ (document.createElement('canvas').getContext('2d'));
      /** @type {Map<string, Map<string, number>>} */
      this.widths = new Map();
    }

    /** @param {string} font @returns {(text: string) => number} px */
    measure(font) {
      let known = this.widths.get(font);
      if (!known || known.size > MOST_WIDTHS) this.widths.set(font, (known = new Map()));
      const widths = known;
      return (text) => {
        let width = widths.get(text);
        if (width === undefined) {
          this.context.font = font;
          widths.set(text, (width = this.context.measureText(text).width));
        }
        return width;
      };
    }
  }

  /**
   * The words of a line are measured one by one, so that its width is right up to the kerning around a blank.
   * @param {(text: string) => number} measure width of a word, px @param {string} text
   * @param {number} room px of a line @param {number} most lines
   * @returns {{lines: string[], width: number}}
   */
  function wrap(measure, text, room, most) {
    // A word is a run without blanks of a script that has them, or one character of a script that has not.
    // Closing marks stay with what is before them, opening ones with what is after.
    const words = text.slice(0, LONGEST).match(WORD) || [''];
    let rest = text.length > LONGEST;
    /** @type {{words: string[], width: number}[]} */
    const lines = [{ words: [], width: 0 }];
    for (const word of words) {
      let line = lines[lines.length - 1];
      if (line.words.length && line.width + measure(word.trimEnd()) > room) {
        if (lines.length === most) {
          rest = true;
          break;
        }
        lines.push((line = { words: [], width: 0 }));
      }
      line.words.push(word);
      line.width += measure(word);
    }
    const texts = lines.map((line) => line.words.join('').trimEnd());
    const widths = lines.map(({ words: own, width }) => {
      const last = own.length ? own[own.length - 1] : '';
      return width - measure(last) + measure(last.trimEnd());
    });
    const end = texts.length - 1;
    if (rest || widths[end] > room) {
      const letters = [...texts[end]];
      const dots = measure('…');
      let width = letters.reduce((sum, letter) => sum + measure(letter), 0);
      while (letters.length && width + dots > room) width -= measure(/** @type {string} */ (letters.pop()));
      texts[end] = `${letters.join('').trimEnd()}…`;
      widths[end] = width + dots;
    } else if (end > 0) {
      // Lines of about one length, rather than a last one of two letters.
      const even = (widths.reduce((sum, width) => sum + width, 0) / widths.length) * 1.12;
      const balanced = even < room * 0.9 ? wrap(measure, text, even, most) : null;
      if (balanced && balanced.lines.length === texts.length && !balanced.lines[end].endsWith('…')) return balanced;
    }
    return { lines: texts, width: Math.max(...widths) };
  }

  Object.assign(/** @type {any} */ (window).blogGraph, { wrap, Ruler });
})();
