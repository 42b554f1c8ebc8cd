// @ts-check
/* Where the reader looks: fits the map into what no card covers, flies to nodes,
   zooms. Any engine will do. */
(function () {
  'use strict';

  const { limitedZoom } = /** @type {any} */ (window).blogGraph;
  const MARGIN = 48; // px around the map
  const NARROW_MARGIN = 20;
  const LARGEST_FIT = 1.6; // a handful of posts are not blown up
  const NEAR = 0.9; // zoom at which one post is looked at

  /**
   * @param {{model: any, engine: any, map: HTMLElement, narrow: () => boolean,
   *   free: () => {left: number, top: number, right: number, bottom: number}}} page
   */
  function createCamera({ model, engine, map, narrow, free }) {
    const { nodes } = model;

    /** The point stands in the middle of what is free. @param {number} x @param {number} y @param {number} scale @param {boolean} slow */
    function look(x, y, scale, slow) {
      const room = free();
      engine.setView({
        x: x + (map.clientWidth / 2 - (room.left + room.right) / 2) / scale,
        y: y + (map.clientHeight / 2 - (room.top + room.bottom) / 2) / scale,
        scale,
      }, slow);
    }

    /** @param {boolean} slow @param {Iterable<number>} [some] all that is shown, unless given */
    function fit(slow, some) {
      let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
      /** @param {number} i */
      function include(i) {
        x0 = Math.min(x0, nodes.x[i] - nodes.size[i]);
        x1 = Math.max(x1, nodes.x[i] + nodes.size[i]);
        y0 = Math.min(y0, nodes.y[i] - nodes.size[i]);
        y1 = Math.max(y1, nodes.y[i] + nodes.size[i]);
      }
      if (some) for (const i of some) include(i);
      else for (let i = 0; i < model.size; i++) if (model.nodeOn[i]) include(i);
      if (x0 > x1) return;
      const room = free();
      const margin = narrow() ? NARROW_MARGIN : MARGIN;
      const scale = Math.min(
        (room.right - room.left - 2 * margin) / Math.max(1, x1 - x0),
        (room.bottom - room.top - 2 * margin) / Math.max(1, y1 - y0),
        LARGEST_FIT,
      );
      look((x0 + x1) / 2, (y0 + y1) / 2, Math.max(scale, 0.01), slow);
    }

    /** @param {number} factor */
    function zoom(factor) {
      const v = engine.view();
      engine.setView({ x: v.x, y: v.y, scale: limitedZoom(v.scale * factor) }, true);
    }

    /**
     * Bring a node into sight.
     * @param {number} node @param {boolean} fly even when it is in sight, and near it @param {boolean} [slow]
     */
    function reveal(node, fly, slow = true) {
      const v = engine.view();
      const room = free();
      const x = (nodes.x[node] - v.x) * v.scale + v.width / 2;
      const y = (nodes.y[node] - v.y) * v.scale + v.height / 2;
      const inside = x > room.left + 30 && x < room.right - 30 && y > room.top + 30 && y < room.bottom - 30;
      if (inside && !fly) return;
      look(nodes.x[node], nodes.y[node], fly ? Math.max(v.scale, NEAR) : v.scale, slow);
    }

    return { look, fit, zoom, reveal };
  }

  /** @type {any} */ (window).blogGraph.createCamera = createCamera;
})();
