// @ts-check
/* The nodes that are shown, in an order that a reader chose.

   Nobody reads 100,000 rows, so they are not all sorted: the next thousand rows are selected by one walk with a heap
   (selection by a heap of the k best: Knuth, The Art of Computer Programming 3, 5.3.3), which compares titles about as
   often as there are nodes. Comparing two in the language of the page takes a microsecond. */

/** @typedef {'title' | 'date' | 'series' | 'cites' | 'cited' | 'tags' | 'rank'} GraphColumn */

(function () {
  'use strict';

  const blogGraph = /** @type {any} */ (window).blogGraph;
  const CHUNK = 1000;

  /** @typedef {(a: number, b: number) => number} Compare */

  /** @param {string} language @returns {Intl.Collator} */
  function collatorOf(language) {
    try {
      return new Intl.Collator(language, { numeric: true });
    } catch {
      return new Intl.Collator(undefined, { numeric: true }); // no language tag at all
    }
  }

  /**
   * @param {string[]} texts @param {(a: string, b: string) => number} compare
   * @returns {Int32Array} place of each in order
   */
  function ranksOf(texts, compare) {
    const ranks = new Int32Array(texts.length);
    const order = [...texts.keys()].sort((a, b) => compare(texts[a], texts[b]) || a - b);
    order.forEach((k, place) => { ranks[k] = place; });
    return ranks;
  }

  class Sorter {
    /** @param {any} model @param {string} language of titles, tags and series */
    constructor(model, language) {
      this.model = model;
      this.collator = collatorOf(language);
      this.links = -1;
      this.size = -1;
      /** Of each node how many it cites, whatever is shown, and how many cite it. */
      this.cites = new Uint32Array(0);
      this.cited = new Uint32Array(0);
      /** @type {Int32Array} */
      this.tagRanks = new Int32Array(0);
      /** @type {Int32Array} */
      this.seriesRanks = new Int32Array(0);
      this.refresh();
    }

    /** Count and rank anew when the graph has grown. */
    refresh() {
      const { model } = this;
      if (this.links === model.links && this.size === model.size) return;
      this.links = model.links;
      this.size = model.size;
      const { compare } = this.collator;
      this.tagRanks = ranksOf(model.data.tags, compare);
      this.seriesRanks = ranksOf(model.data.series.map((/** @type {{name: string}} */ series) => series.name), compare);
      this.cites = new Uint32Array(model.size);
      this.cited = new Uint32Array(model.size);
      const kind = model.data.edgeKinds.indexOf('cites');
      const { edges } = model;
      for (let e = 0; e < model.links; e++) {
        if (edges.kind[e] !== kind) continue;
        this.cites[edges.source[e]]++;
        this.cited[edges.target[e]]++;
      }
    }

    /**
     * @param {GraphColumn} column @param {boolean} descending
     * @returns {Compare} a strict order; nodes without a value come last either way, equal ones by importance
     */
    order(column, descending) {
      const sign = descending ? -1 : 1;
      const { compare, has } = this._column(column);
      return (a, b) => {
        const [hasA, hasB] = [has(a), has(b)];
        if (hasA !== hasB) return hasA ? -1 : 1;
        return (hasA && sign * compare(a, b)) || a - b;
      };
    }

    /** @param {GraphColumn} column @returns {{compare: Compare, has: (node: number) => boolean}} */
    _column(column) {
      const { model } = this;
      const { nodes } = model;
      const { cites, cited, tagRanks, seriesRanks } = this;
      const always = () => true;
      switch (column) {
        case 'title': {
          const { compare } = this.collator;
          return { compare: (a, b) => compare(nodes.label[a], nodes.label[b]), has: always };
        }
        case 'date':
          return {
            compare: (a, b) => (nodes.date[a] < nodes.date[b] ? -1 : Number(nodes.date[a] > nodes.date[b])),
            has: (i) => nodes.year[i] > 0,
          };
        case 'series':
          return {
            compare: (a, b) => seriesRanks[nodes.series[a]] - seriesRanks[nodes.series[b]] ||
              (nodes.part[a] ?? 1e9) - (nodes.part[b] ?? 1e9),
            has: (i) => nodes.series[i] >= 0,
          };
        case 'tags':
          return {
            compare: (a, b) => {
              const [one, two] = [nodes.tags[a], nodes.tags[b]];
              for (let k = 0; k < Math.min(one.length, two.length); k++) {
                if (one[k] !== two[k]) return tagRanks[one[k]] - tagRanks[two[k]];
              }
              return one.length - two.length;
            },
            has: (i) => nodes.tags[i].length > 0,
          };
        case 'cites':
          return { compare: (a, b) => cites[a] - cites[b], has: always };
        case 'cited':
          return { compare: (a, b) => cited[a] - cited[b], has: always };
        default:
          return { compare: (a, b) => a - b, has: always };
      }
    }

    /**
     * @param {GraphColumn} column @param {boolean} descending
     * @param {Uint8Array} on flags of the nodes that are shown
     * @returns {Rows}
     */
    sort(column, descending, on) {
      this.refresh();
      return new Rows(on, this.model.size, this.order(column, descending));
    }
  }

  /** Nodes in order, found as far as they are asked for. */
  class Rows {
    /** @param {Uint8Array} on @param {number} size @param {Compare} compare */
    constructor(on, size, compare) {
      this.compare = compare;
      const nodes = new Uint32Array(size);
      let total = 0;
      for (let i = 0; i < size; i++) if (on[i]) nodes[total++] = i;
      this.nodes = nodes.subarray(0, total);
      this.total = total;
      /** @type {number[]} */
      this.found = [];
    }

    /** @param {number} from @param {number} to @returns {number[]} the nodes of these rows, fewer at the end */
    slice(from, to) {
      while (this.found.length < Math.min(to, this.total)) this.found.push(...this._next());
      return this.found.slice(from, to);
    }

    /** @returns {number[]} the next rows */
    _next() {
      const { compare, nodes, total, found } = this;
      const last = found.length ? found[found.length - 1] : -1;
      /** The worst of the best comes out first. */
      const best = new blogGraph.Heap((/** @type {number} */ a, /** @type {number} */ b) => compare(a, b) > 0);
      // Were they visited as they are numbered, an order that is the reverse of theirs would fill the heap every time.
      const step = strideOf(total);
      for (let k = 0, at = 0; k < total; k++, at = (at + step) % total) {
        const i = nodes[at];
        if (last >= 0 && compare(i, last) <= 0) continue;
        if (best.size < CHUNK) best.push(i);
        else if (compare(i, best.peek()) < 0) {
          best.pop();
          best.push(i);
        }
      }
      return best.items.sort(compare);
    }
  }

  /** @param {number} total @returns {number} a step that visits all places, spread evenly at any time */
  function strideOf(total) {
    const gcd = (/** @type {number} */ a, /** @type {number} */ b) => {
      while (b) [a, b] = [b, a % b];
      return a;
    };
    let step = Math.max(1, Math.round(total * 0.618));
    while (gcd(step, total) !== 1) step++;
    return step;
  }

  Object.assign(blogGraph, { Sorter });
})();
