// @ts-check
/* Which places on the screen are taken, so that no label is put there. */
(function () {
  'use strict';

  const CELL = 64; // px

  /** Rectangles in a grid, so that asking is quick. */
  class Taken {
    /** @param {number} width @param {number} height */
    constructor(width, height) {
      this.columns = Math.ceil(width / CELL) + 4;
      this.rows = Math.ceil(height / CELL) + 4;
      this.heads = new Int32Array(this.columns * this.rows).fill(-1);
      /** @type {number[]} */
      this.next = [];
      /** @type {number[]} */
      this.owner = [];
      /** @type {number[][]} */
      this.boxes = [];
    }

    /** @param {number} value @param {number} count @returns {number} cells around the edge take what lies outside */
    _cell(value, count) {
      return Math.min(count - 1, Math.max(0, Math.floor(value / CELL) + 2));
    }

    /** @param {number[]} b left, top, right, bottom @param {number} except number of a box @returns {boolean} */
    hits(b, except = -1) {
      const lastColumn = this._cell(b[2], this.columns);
      const lastRow = this._cell(b[3], this.rows);
      for (let row = this._cell(b[1], this.rows); row <= lastRow; row++) {
        for (let column = this._cell(b[0], this.columns); column <= lastColumn; column++) {
          for (let k = this.heads[row * this.columns + column]; k >= 0; k = this.next[k]) {
            const o = this.boxes[this.owner[k]];
            if (this.owner[k] !== except && b[0] < o[2] && o[0] < b[2] && b[1] < o[3] && o[1] < b[3]) return true;
          }
        }
      }
      return false;
    }

    /** @param {number[]} b @returns {number} its number */
    add(b) {
      const number = this.boxes.push(b) - 1;
      const lastColumn = this._cell(b[2], this.columns);
      const lastRow = this._cell(b[3], this.rows);
      for (let row = this._cell(b[1], this.rows); row <= lastRow; row++) {
        for (let column = this._cell(b[0], this.columns); column <= lastColumn; column++) {
          const cell = row * this.columns + column;
          this.next.push(this.heads[cell]);
          this.owner.push(number);
          this.heads[cell] = this.next.length - 1;
        }
      }
      return number;
    }
  }

  Object.assign(/** @type {any} */ (window).blogGraph, { Taken });
})();
