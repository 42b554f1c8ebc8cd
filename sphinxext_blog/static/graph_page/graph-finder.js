// @ts-check
/* Which node is where: the nodes sorted into the cells of a grid, in two typed
   arrays, as a counting sort leaves them. */
(function () {
  'use strict';

  const blogGraph = /** @type {any} */ (window).blogGraph;

  const FILLING = 3; // nodes a cell, on average
  const MOST_CELLS = 1 << 20;

  class Finder {
    /** @param {any} model */
    constructor(model) {
      this.model = model;
      this.left = 0;
      this.top = 0;
      this.cell = 1;
      this.largest = 0;
      this.columns = 1;
      this.rows = 1;
      /** Nodes of cell c are items[starts[c]] to items[starts[c + 1]]. */
      this.starts = new Uint32Array(2);
      this.items = new Uint32Array(0);
      this.grow();
    }

    /** Look at the nodes anew: there are more, or they have moved. */
    grow() {
      const { size } = this.model;
      const { x, y, size: radius } = this.model.nodes;
      let [left, top, right, bottom, largest] = [Infinity, Infinity, -Infinity, -Infinity, 0];
      for (let i = 0; i < size; i++) {
        left = Math.min(left, x[i]);
        right = Math.max(right, x[i]);
        top = Math.min(top, y[i]);
        bottom = Math.max(bottom, y[i]);
        largest = Math.max(largest, radius[i]);
      }
      if (!(left <= right)) [left, top, right, bottom] = [0, 0, 1, 1];
      const area = Math.max(1, right - left) * Math.max(1, bottom - top);
      const cell = Math.max(
        Math.sqrt((area * FILLING) / Math.max(1, size)), Math.max(right - left, bottom - top) / 4000,
        Math.sqrt(area / MOST_CELLS),
      );
      Object.assign(this, { left, top, cell, largest });
      this.columns = Math.floor((right - left) / cell) + 1;
      this.rows = Math.floor((bottom - top) / cell) + 1;
      const starts = new Uint32Array(this.columns * this.rows + 1);
      const cells = new Uint32Array(size);
      for (let i = 0; i < size; i++) {
        cells[i] = this._column(x[i]) + this._row(y[i]) * this.columns;
        starts[cells[i] + 1]++;
      }
      for (let c = 0; c < starts.length - 1; c++) starts[c + 1] += starts[c];
      const next = starts.slice(0, -1);
      const items = new Uint32Array(size);
      for (let i = 0; i < size; i++) items[next[cells[i]]++] = i;
      this.starts = starts;
      this.items = items;
    }

    /** @param {number} x @returns {number} */
    _column(x) {
      return Math.min(this.columns - 1, Math.max(0, Math.floor((x - this.left) / this.cell)));
    }

    /** @param {number} y @returns {number} */
    _row(y) {
      return Math.min(this.rows - 1, Math.max(0, Math.floor((y - this.top) / this.cell)));
    }

    /**
     * The node at a point: the one that the point lies deepest in.
     * @param {number} x @param {number} y on the map
     * @param {number} scale
     * @param {number} slack px on the screen; how far outside its edge a node is still hit
     * @param {(node: number) => boolean} accept
     * @returns {number} -1 when there is none
     */
    at(x, y, scale, slack, accept) {
      const { nodes } = this.model;
      const grown = blogGraph.radiusAt(1, scale) / scale;
      const reach = this.largest * grown + slack / scale;
      let best = -1;
      let bestGap = slack / scale;
      const [first, last] = [this._column(x - reach), this._column(x + reach)];
      for (let row = this._row(y - reach), end = this._row(y + reach); row <= end; row++) {
        // Cells of a row follow one another, so their nodes do.
        const from = this.starts[row * this.columns + first];
        const to = this.starts[row * this.columns + last + 1];
        for (let k = from; k < to; k++) {
          const i = this.items[k];
          const gap = Math.hypot(nodes.x[i] - x, nodes.y[i] - y) - nodes.size[i] * grown;
          if (gap <= bestGap && accept(i)) {
            best = i;
            bestGap = gap;
          }
        }
      }
      return best;
    }
  }

  blogGraph.Finder = Finder;
})();
