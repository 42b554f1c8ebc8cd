// @ts-check
/* Nodes and links on any canvas: what the canvas engine rasters, and what is
   saved as a picture. Things that look the same share one path; each function
   that ends in Steps is a generator which pauses often, so that a long drawing
   can be spread over several frames. */
(function () {
  'use strict';

  const blogGraph = /** @type {any} */ (window).blogGraph;

  const FAR = 0.18; // below this zoom nodes shrink no more: they would vanish
  const HAIRS = 60; // thin links in one path
  const WIDE = 20; // wide links between two pauses
  const SPECKS = 1500; // between two pauses
  const MOST_SPECKS = 15000;
  const TOGETHER = 60; // nodes in one path
  const DISCS = 400; // nodes that are sorted by look before the next, more important ones cover them
  const READABLE = 400; // more links of a look than this are drawn fainter, thinner and without dashes
  const FAINTEST = 0.12;
  const BORDERED = 2.5; // px; a border would hide a smaller node

  const EDGE = 12; // px around the canvas where a line may end unseen

  /**
   * x on the canvas = x on the map · scale + dx; the canvas has this width and height, and no node a radius of fewer
   * px than the least.
   * @typedef {{scale: number, dx: number, dy: number, width: number, height: number, least?: number}} Transform
   */

  /** @param {number} size px at zoom 1 @param {number} scale @returns {number} radius of a node on the screen, px */
  function radiusAt(size, scale) {
    return size * Math.max(scale, FAR);
  }

  /** @param {{x: number, y: number, scale: number, width: number, height: number}} view @returns {Transform} */
  function transformOf(view) {
    const { x, y, scale, width, height } = view;
    return { scale, dx: width / 2 - x * scale, dy: height / 2 - y * scale, width, height };
  }

  /**
   * Add a line to the path, cut where it leaves the canvas: the dashes of a line of many thousand px take their time,
   * seen or not. After Liang and Barsky, A new concept and method for line clipping, 1984.
   * @param {CanvasRenderingContext2D} context @param {Transform} transform
   * @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1 px on the canvas
   */
  function addLine(context, { width, height }, x0, y0, x1, y1) {
    let [start, end] = [0, 1];
    const [dx, dy] = [x1 - x0, y1 - y0];
    for (const [step, room] of [
      [-dx, x0 + EDGE], [dx, width + EDGE - x0], [-dy, y0 + EDGE], [dy, height + EDGE - y0],
    ]) {
      if (step === 0 && room < 0) return;
      if (step < 0) start = Math.max(start, room / step);
      else if (step > 0) end = Math.min(end, room / step);
    }
    if (start > end) return;
    context.moveTo(x0 + start * dx, y0 + start * dy);
    context.lineTo(x0 + end * dx, y0 + end * dy);
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
    const hair = 1 / context.getTransform().a; // one pixel of the bitmap
    for (const [look, group] of groups) {
      const crowd = group.length > READABLE;
      const width = look.width * Math.min(1.5, Math.max(0.3, scale));
      // A line of more than a pixel takes four times as long as a hair, and ten with others in one path.
      const wide = width > hair && (!crowd || look.width >= 2);
      const together = wide ? 1 : HAIRS;
      const steps = wide ? WIDE : HAIRS;
      for (let start = 0; start < group.length; start += steps) {
        context.strokeStyle = look.solid;
        context.globalAlpha = Math.max(
          FAINTEST, look.alpha * Math.min(1, Math.sqrt(READABLE / group.length)) * Math.min(1, 0.45 + 2 * scale));
        context.lineWidth = wide ? width : Math.min(width, hair);
        context.setLineDash(look.dashes && !crowd && scale > 0.3 ? look.dashes : []);
        const end = Math.min(group.length, start + steps);
        for (let first = start; first < end; first += together) {
          context.beginPath();
          for (let k = first; k < Math.min(end, first + together); k++) {
            const [from, to] = [source[group[k]], target[group[k]]];
            addLine(context, transform,
              x[from] * scale + dx, y[from] * scale + dy, x[to] * scale + dx, y[to] * scale + dy);
          }
          context.stroke();
        }
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
    const { scale, dx, dy, least = 0 } = transform;
    for (let end = nodes.length; end > 0; end -= DISCS) {
      /** @type {number[]} */
      const layer = [];
      for (let k = Math.max(0, end - DISCS); k < end; k++) layer.push(nodes[k]);
      for (const [look, group] of byLook(layer, style.node)) {
        for (let start = 0; start < group.length; start += TOGETHER) {
          context.beginPath();
          let largest = 0;
          for (let k = start; k < Math.min(group.length, start + TOGETHER); k++) {
            const i = group[k];
            const r = Math.max(least, radiusAt(size[i], scale));
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
          yield;
        }
      }
    }
    context.setLineDash([]);
  }

  /**
   * A speck of dust for nodes that are on but not drawn, so that the whole shape of the map is seen. When there are
   * very many, every second or third one tells as much.
   * @param {CanvasRenderingContext2D} context @param {any} model @param {any} style
   * @param {Transform} transform @param {number} last the highest number a drawn node may have
   * @returns {Generator<void>}
   */
  function* speckSteps(context, model, style, transform, last) {
    const { nodeOn } = model;
    const { x, y } = model.nodes;
    const { scale, dx, dy, width, height } = transform;
    const ratio = context.getTransform().a;
    const side = Math.max(1, Math.round(ratio));
    const stride = Math.max(1, Math.ceil((model.size - last) / MOST_SPECKS));
    for (let start = last + 1; start < model.size; start += SPECKS * stride) {
      /** @type {number[]} */
      const seen = [];
      for (let i = start; i < Math.min(model.size, start + SPECKS * stride); i += stride) {
        const a = x[i] * scale + dx;
        const b = y[i] * scale + dy;
        if (nodeOn[i] && a > 0 && b > 0 && a < width && b < height) seen.push(i);
      }
      context.save();
      context.setTransform(1, 0, 0, 1, 0, 0); // whole pixels are filled several times faster
      context.globalAlpha = 0.5;
      for (const [look, group] of byLook(seen, style.node)) {
        context.fillStyle = look.hollow ? look.border : look.fill;
        for (const i of group) {
          const left = Math.floor((x[i] * scale + dx) * ratio);
          context.fillRect(left, Math.floor((y[i] * scale + dy) * ratio), side, side);
        }
      }
      context.restore();
      yield;
    }
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

  Object.assign(blogGraph, {
    addLine, radiusAt, transformOf, boxOf, edgeSteps, nodeSteps, speckSteps, disc, byLook, drawEdges, drawNodes,
    drawMap,
  });
})();
