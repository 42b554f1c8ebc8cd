// @ts-check
/* The engine for maps of some thousand things: vis-network. An engine is an
   object with these methods, and nothing outside it knows vis:

     paint(style)           colours of all nodes and links anew
     update(changed)        nodes and links that were switched on or off; null for "look at all"
     grow()                 the model has more nodes and links now
     view()                 {x, y, scale, width, height}: what the middle of the map shows
     setView(view, slow)    move there, gliding when slow is true
     isDrawn(node)          whether it is on, and within the budget
     drawn()                {nodes, of}: how many of those that are on are drawn
     setBudget(nodes, edges), budget()
     redraw(), destroy()

   It calls onView after each drawing. */
(function () {
  'use strict';

  const blogGraph = /** @type {any} */ (window).blogGraph;

  const GLIDE = 350; // ms
  const MOVING = 200; // ms; views that follow one another faster are one movement

  /**
   * @param {HTMLElement} container
   * @param {any} model
   * @param {() => void} onView
   */
  function createVisEngine(container, model, onView) {
    const vis = /** @type {any} */ (window).vis;
    const visNodes = new vis.DataSet();
    const visEdges = new vis.DataSet();
    const budget = { ...blogGraph.defaultBudget };
    /** @type {any} */
    let network = null;
    /** @type {any} */
    let style = null;
    /** @type {any} */
    let choice = null;
    let moved = -Infinity;
    let seenNodes = new Uint8Array(0);
    let seenEdges = new Uint8Array(0);

    /** Which nodes and links are drawn now. */
    function look() {
      choice = blogGraph.choose(model, budget, null, 0);
      const nodes = new Uint8Array(model.size);
      const edges = new Uint8Array(model.links);
      for (const i of choice.nodes) nodes[i] = 1;
      for (const e of choice.edges) edges[e] = 1;
      return { nodes, edges };
    }

    /** @param {any} value */
    function paint(value) {
      style = value;
      const { nodes, edges } = model;
      ({ nodes: seenNodes, edges: seenEdges } = look());
      const nodeItems = [];
      for (let i = 0; i < model.size; i++) {
        const own = style.node(i);
        nodeItems.push({
          id: i,
          x: nodes.x[i],
          y: nodes.y[i],
          size: nodes.size[i],
          shape: own.square ? 'square' : 'dot',
          borderWidth: own.borderWidth,
          color: { background: own.fill, border: own.border },
          shapeProperties: { borderDashes: own.dashes },
          hidden: !seenNodes[i],
        });
      }
      const edgeItems = [];
      for (let e = 0; e < model.links; e++) {
        const own = style.edge(e);
        edgeItems.push({
          id: e,
          from: edges.source[e],
          to: edges.target[e],
          width: own.width,
          dashes: own.dashes,
          color: { color: own.colour, inherit: false },
          hidden: !seenEdges[e],
        });
      }
      visNodes.update(nodeItems);
      visEdges.update(edgeItems);
      if (network) return;
      const options = model.data.options || {};
      network = new vis.Network(container, { nodes: visNodes, edges: visEdges }, {
        ...options,
        // Hands are the business of graph-gestures.js.
        interaction: { ...options.interaction, dragView: false, zoomView: false, dragNodes: false, selectable: false },
        autoResize: true,
      });
      network.on('afterDrawing', onView);
      // Its library of gestures would keep one finger from scrolling the page.
      for (const canvas of container.querySelectorAll('canvas')) canvas.style.touchAction = 'pan-y';
      // The map itself takes the focus.
      for (const part of container.querySelectorAll('[tabindex]')) part.removeAttribute('tabindex');
    }

    function update() {
      const { nodes, edges } = look();
      const changes = (/** @type {Uint8Array} */ now, /** @type {Uint8Array} */ before) => {
        const items = [];
        for (let k = 0; k < now.length; k++) if (now[k] !== before[k]) items.push({ id: k, hidden: !now[k] });
        return items;
      };
      visNodes.update(changes(nodes, seenNodes));
      visEdges.update(changes(edges, seenEdges));
      [seenNodes, seenEdges] = [nodes, edges];
    }

    function grow() {
      if (style) paint(style);
    }

    function view() {
      const { x, y } = network.getViewPosition();
      return {
        x, y, scale: network.getScale(), width: container.clientWidth, height: container.clientHeight,
      };
    }

    /** @param {{x: number, y: number, scale: number}} target @param {boolean} [slow] */
    function setView(target, slow) {
      // What vis does when it moves itself: links are left out until the map rests, if its options say so.
      const now = performance.now();
      if (!slow && now - moved < MOVING) network.body.emitter.emit('zoom', {});
      moved = now;
      network.moveTo({
        position: { x: target.x, y: target.y },
        scale: target.scale,
        animation: Boolean(slow) && !style.reducedMotion && { duration: GLIDE, easingFunction: 'easeInOutQuad' },
      });
    }

    /** @param {number} nodes @param {number} edges Infinity for all */
    function setBudget(nodes, edges) {
      Object.assign(budget, { nodes, edges });
      if (network) update();
    }

    function chosen() {
      if (!choice) look();
      return choice;
    }

    /** @param {number} node */
    function isDrawn(node) {
      return Boolean(model.nodeOn[node]) && node <= chosen().last;
    }

    function drawn() {
      const { inside, of } = chosen();
      return { nodes: inside, of };
    }

    function redraw() {
      network.redraw();
    }

    function destroy() {
      network.destroy();
    }

    return { paint, update, grow, view, setView, redraw, destroy, isDrawn, drawn, setBudget, budget: () => budget };
  }

  blogGraph.createVisEngine = createVisEngine;
})();
