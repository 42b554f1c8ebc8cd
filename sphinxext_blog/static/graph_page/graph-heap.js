// @ts-check
/* A heap: takes items in any order, gives the first of them (J. W. J. Williams, Algorithm 232, CACM 7, 1964). */
(function () {
  'use strict';

  /** @template T */
  class Heap {
    /** @param {(a: T, b: T) => boolean} before whether a comes out before b; must be a strict order */
    constructor(before) {
      this.before = before;
      /** @type {T[]} */
      this.items = [];
    }

    get size() {
      return this.items.length;
    }

    /** @returns {T | undefined} the first, which stays */
    peek() {
      return this.items[0];
    }

    /** @param {T} item */
    push(item) {
      const { items, before } = this;
      let k = items.length;
      items.push(item);
      while (k > 0) {
        const parent = (k - 1) >> 1;
        if (!before(item, items[parent])) break;
        items[k] = items[parent];
        k = parent;
      }
      items[k] = item;
    }

    /** @returns {T | undefined} the first, taken out; undefined when there is none */
    pop() {
      const { items, before } = this;
      const first = items[0];
      const last = /** @type {T} */ (items.pop());
      const { length } = items;
      if (!length) return first;
      let k = 0;
      for (;;) {
        let child = 2 * k + 1;
        if (child >= length) break;
        if (child + 1 < length && before(items[child + 1], items[child])) child++;
        if (!before(items[child], last)) break;
        items[k] = items[child];
        k = child;
      }
      items[k] = last;
      return first;
    }
  }

  Object.assign(/** @type {any} */ (window).blogGraph, { Heap });
})();
