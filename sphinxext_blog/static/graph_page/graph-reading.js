// @ts-check
/* What to read before a post, and in which order.

   A post comes after what it cites and after the earlier parts of its series. Where such links run in a circle, as
   between parts that announce one another, some are left out, and named: those against the order of parts or dates,
   else as few as can be. Whatever the filter hides is needed all the same. */

/**
 * @typedef {object} GraphReading
 * @property {number[]} order posts, first to last; the post that was asked for is the last
 * @property {number[]} distance of each of these, how many links lie between it and the last
 * @property {[number, number][]} broken source and target of the edges that were left out
 * @property {number[]} missing posts that one should read, too, but that are not in the blog; most important first
 */

(function () {
  'use strict';

  const blogGraph = /** @type {any} */ (window).blogGraph;
  const SERIES = 1e6; // what leaving out a link of a series costs, in citations

  /**
   * The links from a post to what comes before it, for all that can be reached so.
   * @typedef {object} Needs
   * @property {number[]} nodes nearest first; places in this list are what all else is about
   * @property {Int32Array} starts the needs of place p are `ends[starts[p]]` to `ends[starts[p + 1]]`
   * @property {number[]} ends places
   * @property {number[]} edges of the model
   */

  /** @param {any} model @param {number} node @returns {Needs} */
  function needsOf(model, node) {
    const { data, starts, ends, edges: { source, target, kind } } = model;
    const [cites, series] = ['cites', 'series'].map((name) => data.edgeKinds.indexOf(name));
    const work = data.kinds.indexOf('work');
    const place = new Int32Array(model.size).fill(-1);
    /** @type {{nodes: number[], starts: number[], ends: number[], edges: number[]}} */
    const found = { nodes: [node], starts: [0], ends: [], edges: [] };
    place[node] = 0;
    for (let p = 0; p < found.nodes.length; p++) {
      const i = found.nodes[p];
      for (let k = starts[i]; k < starts[i + 1]; k++) {
        const e = ends[k];
        let other = -1;
        if (kind[e] === cites && source[e] === i) other = target[e];
        else if (kind[e] === series && target[e] === i) other = source[e];
        if (other < 0 || other === i || model.nodes.kind[other] === work) continue;
        if (place[other] < 0) {
          place[other] = found.nodes.length;
          found.nodes.push(other);
        }
        found.ends.push(place[other]);
        found.edges.push(e);
      }
      found.starts.push(found.ends.length);
    }
    return { ...found, starts: Int32Array.from(found.starts) };
  }

  /**
   * R. Tarjan, Depth-first search and linear graph algorithms, SIAM J. Comput. 1, 1972; with a stack of its own.
   * @param {Needs} needs @param {Uint8Array} broken links that don't count
   * @returns {Int32Array} number of the strongly connected component of each place; -1 for what no link leads to
   */
  function components({ nodes, starts, ends }, broken) {
    const size = nodes.length;
    const component = new Int32Array(size).fill(-1);
    const number = new Int32Array(size).fill(-1);
    const low = new Int32Array(size);
    const next = starts.slice();
    const path = [0];
    const open = [0];
    let visited = 0;
    let components = 0;
    number[0] = low[0] = visited++;
    while (path.length) {
      const p = path[path.length - 1];
      if (next[p] < starts[p + 1]) {
        const k = next[p]++;
        const q = ends[k];
        if (broken[k]) continue;
        if (number[q] < 0) {
          number[q] = low[q] = visited++;
          path.push(q);
          open.push(q);
        } else if (component[q] < 0) low[p] = Math.min(low[p], number[q]);
        continue;
      }
      path.pop();
      if (path.length) low[path[path.length - 1]] = Math.min(low[path[path.length - 1]], low[p]);
      if (low[p] !== number[p]) continue;
      let q;
      do {
        q = /** @type {number} */ (open.pop());
        component[q] = components;
      } while (q !== p);
      components++;
    }
    return component;
  }

  /**
   * @param {any} model @param {number[]} nodes
   * @returns {{age: Int32Array, turn: Int32Array}} places counted by date, then number; and by part, then these
   */
  function orders(model, nodes) {
    const { date, part } = model.nodes;
    // A day of an unknown year tells nothing: after all dates that are known.
    const dates = nodes.map((i) => (/^\d/u.test(date[i]) ? date[i] : '\uffff'));
    const rank = (/** @type {(a: number, b: number) => number} */ compare) => {
      const ranks = new Int32Array(nodes.length);
      [...nodes.keys()].sort(compare).forEach((p, k) => { ranks[p] = k; });
      return ranks;
    };
    const age = rank((a, b) => (dates[a] < dates[b] ? -1 : dates[a] > dates[b] ? 1 : nodes[a] - nodes[b]));
    const parts = nodes.map((i) => part[i] ?? Infinity);
    const turn = rank((a, b) => (parts[a] < parts[b] ? -1 : parts[a] > parts[b] ? 1 : age[a] - age[b]));
    return { age, turn };
  }

  /**
   * Circles are opened where most is known about the order: first by what is against the parts of a series, since most
   * circles are parts that announce the next one; then by citations of newer posts; what is still a circle then, by as
   * few links as a quick guess finds.
   * @param {any} model @param {Needs} needs @param {Int32Array} age
   * @returns {Uint8Array} of each link of `needs` whether it must be left out
   */
  function brokenLinks(model, needs, age) {
    const { nodes, ends, edges } = needs;
    const { series, part, date } = model.nodes;
    const cites = model.data.edgeKinds.indexOf('cites');
    const broken = new Uint8Array(ends.length);
    let component = components(needs, broken);

    /** @param {(p: number, q: number, e: number) => boolean} wrong whether p, which needs q, should not wait for it */
    function leaveOut(wrong) {
      for (let p = 0; p < nodes.length; p++) {
        for (let k = needs.starts[p]; k < needs.starts[p + 1]; k++) {
          const q = ends[k];
          if (component[p] >= 0 && component[p] === component[q] && wrong(p, q, edges[k])) broken[k] = 1;
        }
      }
      component = components(needs, broken);
    }

    leaveOut((p, q) => {
      const [own, other] = [part[nodes[p]], part[nodes[q]]];
      const both = series[nodes[p]] >= 0 && series[nodes[p]] === series[nodes[q]];
      return both && own !== null && other !== null && own < other;
    });
    leaveOut((p, q, e) => model.edges.kind[e] === cites && isNewer(date[nodes[q]], date[nodes[p]]));
    const position = arrangeCircles(needs, component, broken, age, (e) => (model.edges.kind[e] === cites ? 1 : SERIES));
    leaveOut((p, q) => position[q] > position[p]);
    return broken;
  }

  /** @param {string} date ISO 8601, possibly reduced @param {string} other @returns {boolean} whether it surely is */
  function isNewer(date, other) {
    if (!/^\d/u.test(date) || !/^\d/u.test(other)) return false;
    const exact = Math.min(date.length, other.length);
    return date.slice(0, exact) > other.slice(0, exact);
  }

  /**
   * @param {Needs} needs @param {Int32Array} component @param {Uint8Array} broken @param {Int32Array} age
   * @param {(edge: number) => number} weight
   * @returns {Int32Array} position of each place in its circle
   */
  function arrangeCircles(needs, component, broken, age, weight) {
    /** @type {Map<number, number[]>} */
    const circles = new Map();
    component.forEach((c, p) => {
      const places = circles.get(c);
      if (places) places.push(p);
      else circles.set(c, [p]);
    });
    circles.delete(-1);
    const position = new Int32Array(needs.nodes.length);
    for (const places of circles.values()) {
      if (places.length > 1) arrange(needs, places, broken, age, weight).forEach((p, k) => { position[p] = k; });
    }
    return position;
  }

  /**
   * @typedef {object} Member of a circle
   * @property {number} place
   * @property {[Member, number][]} before what it needs, with weights
   * @property {[Member, number][]} after what needs it
   * @property {number} needs how many of `before` are left
   * @property {number} needed how many of `after`
   * @property {number} lead weight of what needs it, less that of what it needs
   * @property {boolean} done
   */

  /**
   * A circle in an order that leaves few links out: one after the other the post that more posts wait for than it waits
   * for itself (P. Eades, X. Lin, W. F. Smyth, A fast and effective heuristic for the feedback arc set problem,
   * Information Processing Letters 47, 1993); of equals the oldest.
   * @param {Needs} needs @param {number[]} places @param {Uint8Array} broken @param {Int32Array} age
   * @param {(edge: number) => number} weight
   * @returns {number[]} the same places
   */
  function arrange(needs, places, broken, age, weight) {
    /** @type {Map<number, Member>} */
    const members = new Map(places.map((place) =>
      [place, { place, before: [], after: [], needs: 0, needed: 0, lead: 0, done: false }]));
    for (const member of members.values()) {
      for (let k = needs.starts[member.place]; k < needs.starts[member.place + 1]; k++) {
        const other = members.get(needs.ends[k]);
        if (!other || broken[k]) continue;
        const w = weight(needs.edges[k]);
        member.before.push([other, w]);
        other.after.push([member, w]);
        member.needs++;
        other.needed++;
        member.lead -= w;
        other.lead += w;
      }
    }
    /** @typedef {{member: Member, lead: number}} Entry A new one is made at each change, older ones are skipped. */
    const older = (/** @type {Member} */ a, /** @type {Member} */ b) => age[a.place] < age[b.place];
    const first = new blogGraph.Heap(older);
    const last = new blogGraph.Heap((/** @type {Member} */ a, /** @type {Member} */ b) => older(b, a));
    const leading = new blogGraph.Heap((/** @type {Entry} */ a, /** @type {Entry} */ b) =>
      (a.lead !== b.lead ? a.lead > b.lead : older(a.member, b.member)));

    /** @param {Member} member */
    function note(member) {
      if (!member.needs) first.push(member);
      else if (!member.needed) last.push(member);
      else leading.push({ member, lead: member.lead });
    }

    /** @param {any} heap @returns {Member | undefined} */
    function take(heap) {
      while (heap.size) {
        const member = heap.pop();
        if (!member.done) return member;
      }
      return undefined;
    }

    /** @returns {Member | undefined} */
    function takeLeader() {
      while (leading.size) {
        const { member, lead } = leading.pop();
        if (!member.done && lead === member.lead) return member;
      }
      return undefined;
    }

    for (const member of members.values()) note(member);
    /** @type {number[]} */
    const front = [];
    /** @type {number[]} */
    const back = [];
    for (;;) {
      let member = take(first);
      const final = member ? undefined : take(last);
      member = member || final || takeLeader();
      if (!member) return [...front, ...back.reverse()];
      (final ? back : front).push(member.place);
      member.done = true;
      for (const [other, w] of member.before) {
        if (other.done) continue;
        other.needed--;
        other.lead -= w;
        note(other);
      }
      for (const [other, w] of member.after) {
        if (other.done) continue;
        other.needs--;
        other.lead += w;
        note(other);
      }
    }
  }

  /**
   * What to read before a post: all that it leads back to over `cites` and `series`, in an order in which nothing
   * comes before what it needs (A. B. Kahn, Topological sorting of large networks, CACM 5, 1962). Where there is a
   * choice, the series that was begun goes on; else the oldest post comes next.
   * @param {any} model @param {number} node @returns {GraphReading}
   */
  function readingOrder(model, node) {
    const needs = needsOf(model, node);
    const { nodes, starts, ends } = needs;
    const by = orders(model, nodes);
    const broken = brokenLinks(model, needs, by.age);
    const distance = distances(needs, broken);

    const waiting = new Int32Array(nodes.length);
    /** @type {number[][]} */
    const neededBy = nodes.map(() => []);
    /** @type {Map<string, [number, number]>} */
    const left = new Map();
    for (let p = 0; p < nodes.length; p++) {
      if (distance[p] < 0) continue;
      for (let k = starts[p]; k < starts[p + 1]; k++) {
        if (broken[k]) {
          const [s, t] = [model.edges.source[needs.edges[k]], model.edges.target[needs.edges[k]]];
          left.set(`${s} ${t}`, [s, t]);
        } else {
          waiting[p]++;
          neededBy[ends[k]].push(p);
        }
      }
    }

    const order = sorted(model, nodes, { by, distance, waiting, neededBy });
    const post = model.data.kinds.indexOf('post');
    const posts = order.filter((p) => model.nodes.kind[nodes[p]] === post || p === 0);
    const missing = order.filter((p) => model.nodes.kind[nodes[p]] !== post && p !== 0);
    return {
      order: posts.map((p) => nodes[p]),
      distance: posts.map((p) => distance[p]),
      broken: [...left.values()].sort((a, b) => a[0] - b[0] || a[1] - b[1]),
      missing: missing.map((p) => nodes[p]).sort((a, b) => a - b),
    };
  }

  /**
   * @param {Needs} needs @param {Uint8Array} broken
   * @returns {Int32Array} steps from the first place; -1 for what only links that are left out lead to
   */
  function distances({ nodes, starts, ends }, broken) {
    const distance = new Int32Array(nodes.length).fill(-1);
    const queue = [0];
    distance[0] = 0;
    for (let head = 0; head < queue.length; head++) {
      const p = queue[head];
      for (let k = starts[p]; k < starts[p + 1]; k++) {
        if (broken[k] || distance[ends[k]] >= 0) continue;
        distance[ends[k]] = distance[p] + 1;
        queue.push(ends[k]);
      }
    }
    return distance;
  }

  /**
   * @param {any} model @param {number[]} nodes
   * @param {{by: {age: Int32Array, turn: Int32Array}, distance: Int32Array, waiting: Int32Array,
   *   neededBy: number[][]}} known
   * @returns {number[]} places
   */
  function sorted(model, nodes, { by, distance, waiting, neededBy }) {
    const first = (/** @type {Int32Array} */ ranks) =>
      new blogGraph.Heap((/** @type {number} */ a, /** @type {number} */ b) => ranks[a] < ranks[b]);
    const oldest = first(by.age);
    /** @type {Map<number, any>} */
    const nextOf = new Map();
    const done = new Uint8Array(nodes.length);
    const series = (/** @type {number} */ p) => model.nodes.series[nodes[p]];

    /** @param {number} p */
    function free(p) {
      oldest.push(p);
      if (series(p) < 0) return;
      if (!nextOf.has(series(p))) nextOf.set(series(p), first(by.turn));
      nextOf.get(series(p)).push(p);
    }

    /** @param {any} heap @returns {number} its first that is not yet read, or -1 */
    function take(heap) {
      while (heap && heap.size) {
        const p = heap.pop();
        if (!done[p]) return p;
      }
      return -1;
    }

    for (let p = 0; p < nodes.length; p++) if (distance[p] >= 0 && !waiting[p]) free(p);
    const order = [];
    let current = -1;
    for (;;) {
      let p = take(nextOf.get(current));
      if (p < 0) p = take(oldest);
      if (p < 0) return order;
      done[p] = 1;
      current = series(p);
      order.push(p);
      for (const q of neededBy[p]) if (!--waiting[q]) free(q);
    }
  }

  Object.assign(blogGraph, { readingOrder });
})();
