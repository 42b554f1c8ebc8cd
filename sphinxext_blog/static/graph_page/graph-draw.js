// @ts-check
/* Nodes and links on any canvas: what the canvas engine rasters, and what is
   saved as a picture. Things that look the same share one path; each function
   that ends in Steps is a generator which pauses often, so that a long drawing
   can be spread over several frames. */
(function () {
  'use strict';

  const blogGraph = /** @type {any} */ (window).blogGraph;

  const FAR = 0.18; // below this zoom nodes shrink no more: they would vanish
  const LINES = 250; // links in one path: longer paths are slower to fill than two of half the length
  const DISCS = 400; // nodes that are sorted by look before the next, more important ones cover them
  const DASHED = 1500; // more links than this are drawn without dashes, which cost ten times as much
  const READABLE = 400; // more links of a look than this are drawn fainter
  const FAINTEST = 0.12;
  const BORDERED = 2.5; // px; a border would hide a smaller node

  /** @typedef {{scale: number, dx: number, dy: number}} Transform x on the canvas = x on the map · scale + dx */

  /** @param {number} size px at zoom 1 @param {number} scale @returns {number} radius of a node on the screen, px */
  function radiusAt(size, scale) {
    return size * Math.max(scale, FAR);
  }

  /** @param {{x: number, y: number, scale: number, width: number, height: number}} view @returns {Transform} */
  function transformOf(view) {
    return { scale: view.scale, dx: view.width / 2 - view.x * view.scale, dy: view.height / 2 - view.y * view.scale };
  }

  /**
   * @template T
   * @param {Iterable<number>} items @param {(item: number) => T} lookOf
   * @returns {Map<T, number[]>}
   */
  function byLook(items, lookOf) {
    /** @type {Map<T, number[]>} */
    const groups = new Map();
    for (const item of items) {
      const look = lookOf(item);
      const group = groups.get(look);
      if (group) group.push(item);
      else groups.set(look, [item]);
    }
    return groups;
  }

  /**
   * Links, the weaker kinds first.
   * @param {CanvasRenderingContext2D} context @param {any} model @param {any} style
   * @param {Transform} transform @param {ArrayLike<number> & Iterable<number>} edges
   * @returns {Generator<void>}
   */
  function* edgeSteps(context, model, style, transform, edges) {
    const { x, y } = model.nodes;
    const { source, target, kind } = model.edges;
    const { scale, dx, dy } = transform;
    const groups = [...byLook(edges, style.edge)].sort((a, b) => kind[b[1][0]] - kind[a[1][0]]);
    const dashed = edges.length <= DASHED && scale > 0.3;
    for (const [look, group] of groups) {
      for (let start = 0; start < group.length; start += LINES) {
        context.strokeStyle = look.solid;
        context.globalAlpha = Math.max(FAINTEST, look.alpha * Math.min(1, Math.sqrt(READABLE / group.length)));
        context.lineWidth = look.width * Math.min(1.5, Math.max(0.45, scale));
        context.setLineDash(dashed && look.dashes ? look.dashes : []);
        context.beginPath();
        for (let k = start; k < Math.min(group.length, start + LINES); k++) {
          const [from, to] = [source[group[k]], target[group[k]]];
          context.moveTo(x[from] * scale + dx, y[from] * scale + dy);
          context.lineTo(x[to] * scale + dx, y[to] * scale + dy);
        }
        context.stroke();
        context.globalAlpha = 1;
        yield;
      }
    }
    context.setLineDash([]);
  }

  /**
   * Nodes, the most important ones on top.
   * @param {CanvasRenderingContext2D} context @param {any} model @param {any} style
   * @param {Transform} transform @param {ArrayLike<number>} nodes by importance, the highest first
   * @returns {Generator<void>}
   */
  function* nodeSteps(context, model, style, transform, nodes) {
    const { x, y, size } = model.nodes;
    const { scale, dx, dy } = transform;
    for (let end = nodes.length; end > 0; end -= DISCS) {
      /** @type {number[]} */
      const layer = [];
      for (let k = Math.max(0, end - DISCS); k < end; k++) layer.push(nodes[k]);
      for (const [look, group] of byLook(layer, style.node)) {
        context.beginPath();
        let largest = 0;
        for (const i of group) {
          const r = radiusAt(size[i], scale);
          largest = Math.max(largest, r);
          disc(context, x[i] * scale + dx, y[i] * scale + dy, r, look.square);
        }
        context.fillStyle = look.fill;
        context.fill();
        if (largest >= BORDERED) {
          context.lineWidth = Math.max(look.hollow ? 1 : 0.6, look.borderWidth * Math.min(2, scale));
          context.strokeStyle = look.border;
          context.setLineDash(look.dashes && scale > 0.6 ? look.dashes : []);
          context.stroke();
        }
      }
      yield;
    }
    context.setLineDash([]);
  }

  /**
   * @param {CanvasRenderingContext2D} context @param {number} x @param {number} y @param {number} r
   * @param {boolean} square
   */
  function disc(context, x, y, r, square) {
    if (square || r < 1.2) {
      context.rect(x - r, y - r, 2 * r, 2 * r);
    } else {
      context.moveTo(x + r, y);
      context.arc(x, y, r, 0, 2 * Math.PI);
    }
  }

  /**
   * @param {CanvasRenderingContext2D} context @param {any} model @param {any} style
   * @param {Transform} transform @param {ArrayLike<number> & Iterable<number>} edges
   */
  function drawEdges(context, model, style, transform, edges) {
    for (const _ of edgeSteps(context, model, style, transform, edges));
  }

  /**
   * @param {CanvasRenderingContext2D} context @param {any} model @param {any} style
   * @param {Transform} transform @param {ArrayLike<number>} nodes by importance, the highest first
   */
  function drawNodes(context, model, style, transform, nodes) {
    for (const _ of nodeSteps(context, model, style, transform, nodes));
  }

  /**
   * A whole view with its labels, in px of the view: set the context's transform for another resolution.
   * @param {CanvasRenderingContext2D} context @param {any} model @param {any} style
   * @param {{x: number, y: number, scale: number, width: number, height: number}} view
   * @param {{nodes?: ArrayLike<number>, edges?: ArrayLike<number> & Iterable<number>}} [what] all that is on and in
   *   the view, when left out
   */
  function drawMap(context, model, style, view, what = {}) {
    const transform = transformOf(view);
    const { nodes, edges } = what.nodes && what.edges ? what
      : { ...blogGraph.choose(model, { nodes: Infinity, edges: Infinity }, boxOf(view), 30 / view.scale), ...what };
    context.save();
    context.fillStyle = style.background;
    context.fillRect(0, 0, view.width, view.height);
    context.beginPath();
    context.rect(0, 0, view.width, view.height);
    context.clip();
    drawEdges(context, model, style, transform, edges);
    drawNodes(context, model, style, transform, nodes);
    const labels = new blogGraph.Labels(model);
    labels.paint(style);
    const shown = new Set(nodes);
    const room = { left: 0, top: 0, right: view.width, bottom: view.height };
    labels.draw(context, view, labels.place(view, room, { accept: (/** @type {number} */ i) => shown.has(i) }));
    context.restore();
  }

  /** @param {{x: number, y: number, scale: number, width: number, height: number}} view the part of the map it shows */
  function boxOf(view) {
    const [w, h] = [view.width / view.scale / 2, view.height / view.scale / 2];
    return { left: view.x - w, top: view.y - h, right: view.x + w, bottom: view.y + h };
  }

  Object.assign(blogGraph, { radiusAt, transformOf, boxOf, edgeSteps, nodeSteps, disc, byLook, drawEdges, drawNodes, drawMap });
})();
