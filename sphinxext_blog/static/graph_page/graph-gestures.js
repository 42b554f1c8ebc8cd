// @ts-check
/* The reader's hands on the map, whatever engine draws it: mouse and pen drag
   it, the wheel and two fingers on a trackpad zoom about the pointer, and on a
   touch screen two fingers move and zoom it, while one finger scrolls the page
   as everywhere else. */
(function () {
  'use strict';

  const blogGraph = /** @type {any} */ (window).blogGraph;

  const [SMALLEST, LARGEST] = [0.02, 8]; // zoom
  const STILL = 5; // px; a hand that moves less is pressing, not dragging
  const LINE = 16; // px of one line, for wheels that count in lines
  const WHEEL = 0.0016; // zoom by a px of the wheel
  const PINCH = 0.01; // by a px of a trackpad's pinch, which browsers report as a wheel with Ctrl
  const PAUSE = 160; // ms without a turn, after which a wheel is at rest

  /** @param {number} scale */
  function limited(scale) {
    return Math.min(LARGEST, Math.max(SMALLEST, scale));
  }

  /**
   * @param {HTMLElement} stage what is touched
   * @param {any} engine with view() and setView()
   * @param {object} told
   * @param {(x: number, y: number, event: MouseEvent) => void} [told.onTap] a click of any button, or a tap, px from
   *   the stage's corner
   * @param {(x: number, y: number) => void} [told.onHover] mouse or pen, at most once a frame, never while dragging
   * @param {() => void} [told.onLeave]
   * @param {() => void} [told.onMoveStart] the map starts to follow the hand
   * @param {() => void} [told.onMoveEnd]
   * @param {() => void} [told.onHint] one finger tries to drag the map
   * @returns {{destroy: () => void}}
   */
  function createGestures(stage, engine, told) {
    const before = { touchAction: stage.style.touchAction, userSelect: stage.style.userSelect };
    Object.assign(stage.style, { touchAction: 'pan-y', userSelect: 'none' });
    const listening = new AbortController();
    /** @type {{id: number, x: number, y: number, view: any, moved: boolean} | null} */
    let drag = null;
    let swallow = false; // the click at the end of a drag is none
    let moving = false;
    let wheelTimer = 0;
    let hoverRequest = 0;
    let pen = false;
    let hinted = false;
    /** @type {[number, number]} */
    let pointer = [0, 0];

    /** @param {{clientX: number, clientY: number}} event @returns {[number, number]} */
    function place(event) {
      const box = stage.getBoundingClientRect();
      return [event.clientX - box.left, event.clientY - box.top];
    }

    /** @template {Event} E @param {string} type @param {(event: E) => void} react */
    function on(type, react, passive = true) {
      stage.addEventListener(type, /** @type {any} */ (react), { passive, signal: listening.signal });
    }

    function start() {
      if (moving) return;
      moving = true;
      if (told.onMoveStart) told.onMoveStart();
    }

    function stop() {
      if (!moving) return;
      moving = false;
      if (told.onMoveEnd) told.onMoveEnd();
    }

    /**
     * Move so that a point of the map comes to lie at a point of the stage.
     * @param {{x: number, y: number}} world @param {number} px @param {number} py @param {number} scale
     */
    function pin(world, px, py, scale) {
      const { width, height } = engine.view();
      engine.setView({ x: world.x - (px - width / 2) / scale, y: world.y - (py - height / 2) / scale, scale }, false);
    }

    /** @param {any} view @param {number} px @param {number} py @returns {{x: number, y: number}} what lies there */
    function under(view, px, py) {
      return { x: view.x + (px - view.width / 2) / view.scale, y: view.y + (py - view.height / 2) / view.scale };
    }

    /* ---------------------------------------------------------- mouse and pen */

    on('pointerdown', (/** @type {PointerEvent} */ event) => {
      pen = event.pointerType === 'pen';
      swallow = false;
      if (event.pointerType === 'touch' || event.button !== 0) return;
      const [x, y] = place(event);
      drag = { id: event.pointerId, x, y, view: engine.view(), moved: false };
    });
    on('pointermove', (/** @type {PointerEvent} */ event) => {
      if (event.pointerType === 'touch') return;
      pointer = place(event);
      if (!drag || drag.id !== event.pointerId) {
        if (!event.buttons) hover();
        return;
      }
      const [dx, dy] = [pointer[0] - drag.x, pointer[1] - drag.y];
      if (!drag.moved) {
        if (Math.hypot(dx, dy) < STILL) return;
        drag.moved = true;
        // From here on, so that a plain click still reaches what is under it.
        stage.setPointerCapture(event.pointerId);
        start();
      }
      const { x, y, scale } = drag.view;
      engine.setView({ x: x - dx / scale, y: y - dy / scale, scale }, false);
    });
    const release = (/** @type {PointerEvent} */ event) => {
      if (!drag || drag.id !== event.pointerId) return;
      swallow = drag.moved;
      drag = null;
      stop();
    };
    on('pointerup', release);
    on('pointercancel', (/** @type {PointerEvent} */ event) => {
      release(event);
      // The browser scrolls the page with this finger.
      if (event.pointerType === 'touch' && event.isPrimary) hint();
    });
    on('pointerleave', (/** @type {PointerEvent} */ event) => {
      if (event.pointerType === 'touch') return;
      window.cancelAnimationFrame(hoverRequest);
      hoverRequest = 0;
      if (told.onLeave) told.onLeave();
    });

    function hover() {
      if (hoverRequest || !told.onHover) return;
      hoverRequest = window.requestAnimationFrame(() => {
        hoverRequest = 0;
        if (!drag && told.onHover) told.onHover(...pointer);
      });
    }

    const tap = (/** @type {MouseEvent} */ event) => {
      if (swallow) {
        swallow = false;
        return;
      }
      if (told.onTap) told.onTap(...place(event), event);
    };
    on('click', tap);
    on('auxclick', tap);

    /* ----------------------------------------------------------------- wheel */

    on('wheel', (/** @type {WheelEvent} */ event) => {
      event.preventDefault();
      const view = engine.view();
      const unit = event.deltaMode === 1 ? LINE : event.deltaMode === 2 ? view.height : 1;
      const turned = Math.min(300, Math.max(-300, event.deltaY * unit));
      if (!turned) return;
      const scale = limited(view.scale * Math.exp(-turned * (event.ctrlKey ? PINCH : WHEEL)));
      if (scale !== view.scale) {
        start();
        pin(under(view, ...place(event)), ...place(event), scale);
      }
      window.clearTimeout(wheelTimer);
      wheelTimer = window.setTimeout(() => { if (!drag) stop(); }, PAUSE);
    }, false);
    // Safari reports a trackpad's pinch in events of its own, and would zoom the page.
    for (const type of ['gesturestart', 'gesturechange']) on(type, (event) => { event.preventDefault(); }, false);

    /* ----------------------------------------------------------------- touch */

    /** @type {{world: {x: number, y: number}, spread: number, scale: number} | null} */
    let pinch = null;
    /** @type {[number, number] | null} */
    let finger = null;

    /** @param {TouchEvent} event @returns {{middle: [number, number], spread: number}} of the first two fingers */
    function hands(event) {
      const [a, b] = [place(event.targetTouches[0]), place(event.targetTouches[1])];
      const spread = Math.max(8, Math.hypot(a[0] - b[0], a[1] - b[1]));
      return { middle: [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2], spread };
    }

    function hint() {
      if (hinted || pinch) return;
      hinted = true;
      if (told.onHint) told.onHint();
    }

    /** Fingers were put down or taken away: what moves from here on starts here. @param {TouchEvent} event */
    function grip(event) {
      if (event.targetTouches.length >= 2) {
        // Else the browser would scroll the page with both.
        if (event.cancelable) event.preventDefault();
        const { middle, spread } = hands(event);
        const view = engine.view();
        pinch = { world: under(view, ...middle), spread, scale: view.scale };
        finger = null;
        start();
        return;
      }
      if (pinch) stop();
      finger = pinch || !event.targetTouches.length ? null : place(event.targetTouches[0]);
      pinch = null;
    }
    on('touchstart', (/** @type {TouchEvent} */ event) => {
      hinted = false;
      if (pen && event.cancelable) event.preventDefault(); // a pen drags as a mouse does
      else grip(event);
    }, false);
    on('touchmove', (/** @type {TouchEvent} */ event) => {
      if (pinch && event.targetTouches.length >= 2) {
        if (event.cancelable) event.preventDefault();
        const { middle, spread } = hands(event);
        pin(pinch.world, ...middle, limited((pinch.scale * spread) / pinch.spread));
      } else if (finger && event.targetTouches.length === 1) {
        const [x, y] = place(event.targetTouches[0]);
        if (Math.hypot(x - finger[0], y - finger[1]) > 3 * STILL) hint();
      }
    }, false);
    on('touchend', grip, false);
    on('touchcancel', grip, false);

    function destroy() {
      listening.abort();
      Object.assign(stage.style, before);
      window.clearTimeout(wheelTimer);
      window.cancelAnimationFrame(hoverRequest);
    }

    return { destroy };
  }

  Object.assign(blogGraph, { createGestures, limitedZoom: limited });
})();
