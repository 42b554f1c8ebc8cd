// @ts-check
/* The engine that draws nodes and edges: vis-network. An engine is an object
   with these methods, and nothing outside it knows vis:

     paint(style)          colours of all nodes and edges anew
     update(changed)       nodes and edges that were switched on or off
     view()                {x, y, scale, width, height}: what the middle of the map shows
     setView(view, slow)   move there, gliding when slow is true
     destroy()

   It calls onView after each drawing. */
(function () {
  'use strict';

  const blogGraph = /** @type {any} */ (window).blogGraph;

  /**
   * @param {HTMLElement} container
   * @param {any} model
   * @param {() => void} onView
   */
  function createVisEngine(container, model, onView) {
    const vis = /** @type {any} */ (window).vis;
    const { nodes, edges } = model;
    const visNodes = new vis.DataSet();
    const visEdges = new vis.DataSet();
    /** @type {any} */
    let network = null;
    let reduced = false;

    /** @param {any} style */
    function paint(style) {
      reduced = style.reducedMotion;
      const nodeItems = nodes.id.map((/** @type {string} */ _id, /** @type {number} */ i) => {
        const look = style.node(i);
        return {
          id: i,
          x: nodes.x[i],
          y: nodes.y[i],
          size: nodes.size[i],
          shape: look.square ? 'square' : 'dot',
          borderWidth: look.borderWidth,
          color: { background: look.fill, border: look.border },
          shapeProperties: { borderDashes: look.dashes },
          hidden: !model.nodeOn[i],
        };
      });
      const edgeItems = edges.source.map((/** @type {number} */ from, /** @type {number} */ e) => {
        const look = style.edge(e);
        return {
          id: e,
          from,
          to: edges.target[e],
          width: look.width,
          dashes: look.dashes,
          color: { color: look.colour, inherit: false },
          hidden: !model.edgeOn[e],
        };
      });
      visNodes.update(nodeItems);
      visEdges.update(edgeItems);
      if (network) return;
      network = new vis.Network(container, { nodes: visNodes, edges: visEdges }, {
        ...model.data.options,
        autoResize: true,
      });
      network.on('afterDrawing', onView);
    }

    /** @param {{nodes: number[], edges: number[]}} changed */
    function update(changed) {
      visNodes.update(changed.nodes.map((i) => ({ id: i, hidden: !model.nodeOn[i] })));
      visEdges.update(changed.edges.map((e) => ({ id: e, hidden: !model.edgeOn[e] })));
    }

    function view() {
      const { x, y } = network.getViewPosition();
      return {
        x, y, scale: network.getScale(), width: container.clientWidth, height: container.clientHeight,
      };
    }

    /** @param {{x: number, y: number, scale: number}} target @param {boolean} slow */
    function setView(target, slow) {
      network.moveTo({
        position: { x: target.x, y: target.y },
        scale: target.scale,
        animation: slow && !reduced && { duration: 350, easingFunction: 'easeInOutQuad' },
      });
    }

    function redraw() {
      network.redraw();
    }

    function destroy() {
      network.destroy();
    }

    return { paint, update, view, setView, redraw, destroy };
  }

  blogGraph.createVisEngine = createVisEngine;
})();
