// @ts-check
/* The card that says what the marks, lines and colours mean, and lets the reader
   choose what is shown: kinds, topics, tags, series, years, strength, and the
   surroundings of a post. Beside each choice stands how much it would show. */
(function () {
  'use strict';

  const blogGraph = /** @type {any} */ (window).blogGraph;
  const FEW = 8; // options that are listed before a reader asks for more
  const MOST = 3000; // options that a list holds at all

  /**
   * @param {{model: any, palette: Map<number, number>, language: string,
   *   say: (key: string, values?: Record<string, string | number>) => string,
   *   filter: () => any, change: (filter: any, sliding?: boolean) => void, fly: (topic: number) => void}} page
   */
  function createFilters({ model, palette, language, say, filter, change, fly }) {
    const { element, createFilter, isDefault, countFacets } = blogGraph;
    const { data, nodes } = model;
    const number = new Intl.NumberFormat(language);
    /** @type {((counts: any, filter: any) => void)[]} */
    const refreshers = [];

    /** @param {string} id @returns {HTMLElement} */
    const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

    /** @param {(draft: any) => void} edit @param {boolean} [sliding] the reader still moves a slider */
    function edit(edit, sliding = false) {
      const before = filter();
      const draft = { ...before };
      for (const name of ['nodeKinds', 'edgeKinds', 'tags', 'series', 'communities']) draft[name] = [...before[name]];
      if (before.around) draft.around = { ...before.around };
      edit(draft);
      change(draft, sliding);
    }

    /* --------------------------------------------------------------- kinds */

    /** @param {'node' | 'edge'} what @param {string[]} names */
    function switches(what, names) {
      const list = byId(`bg-${what}-kinds`);
      names.forEach((name, kind) => {
        const box = /** @type {HTMLInputElement} */ (
          element('input', { type: 'checkbox', id: `bg-switch-${what}-${kind}`, 'data-kind': name }));
        box.addEventListener('change', () => { edit((draft) => { draft[`${what}Kinds`][kind] = box.checked; }); });
        const count = element('span', { class: 'bg-count' });
        const item = element('li', {}, element('label', {}, box,
          element('span', { class: `bg-sample bg-sample-${name}`, 'aria-hidden': 'true' }),
          element('span', { class: 'bg-name' }, say(`${what}-${name}`)), count));
        list.append(item);
        refreshers.push((counts, now) => {
          const n = counts[`${what}Kinds`][kind];
          box.checked = now[`${what}Kinds`][kind];
          count.textContent = number.format(n);
          item.classList.toggle('bg-none', !n);
        });
      });
    }

    /* ----------------------------------------- topics, tags and series */

    /**
     * A list of options that can be pressed, the frequent first.
     * @param {'communities' | 'tags' | 'series'} facet
     * @param {{key: number, label: string, html?: string, size: number, dot?: number}[]} options
     */
    function facet(facet, options) {
      const part = byId(`bg-${facet}`);
      part.hidden = options.length < 2;
      if (part.hidden) return;
      const list = element('ul');
      const find = /** @type {HTMLInputElement} */ (element('input', {
        type: 'search', id: `bg-find-${facet}`, class: 'bg-find', 'aria-label': say(`find-${facet}`), placeholder: say(`find-${facet}`),
        autocomplete: 'off', spellcheck: 'false',
      }));
      const more = element('button', { type: 'button', class: 'bg-more' });
      let all = false;
      const sorted = [...options].sort((a, b) => b.size - a.size || a.key - b.key).slice(0, MOST);
      const items = sorted.map((option) => {
        const button = element('button', { type: 'button', class: 'bg-option', 'aria-pressed': 'false', title: option.label });
        if (option.dot !== undefined) {
          button.append(element('span', { class: `bg-dot bg-dot-${option.dot < 0 ? 'other' : option.dot}`, 'aria-hidden': 'true' }));
        }
        const count = element('span', { class: 'bg-count' });
        const name = element('span', { class: 'bg-name', dir: 'auto' });
        if (option.html === undefined) name.textContent = option.label;
        else name.innerHTML = option.html;
        button.append(name, count);
        button.addEventListener('click', () => {
          edit((draft) => {
            const chosen = new Set(draft[facet]);
            if (!chosen.delete(option.key)) chosen.add(option.key);
            draft[facet] = [...chosen].sort((a, b) => a - b);
          });
          const chosen = filter()[facet];
          if (facet === 'communities' && chosen.includes(option.key)) fly(option.key);
        });
        const item = element('li', {}, button);
        list.append(item);
        return { option, button, count, item, text: option.label.toLowerCase() };
      });

      function show() {
        const query = find.value.trim().toLowerCase();
        let shown = 0;
        let hidden = 0;
        for (const { button, item, text } of items) {
          const pressed = button.getAttribute('aria-pressed') === 'true';
          const fits = query ? text.includes(query) : all || shown < FEW;
          item.hidden = !(fits || pressed);
          if (item.hidden) hidden++;
          else shown++;
        }
        more.hidden = Boolean(query) || (!hidden && !all);
        more.textContent = all ? say('fewer') : say('more', { count: number.format(hidden) });
        more.setAttribute('aria-expanded', String(all));
      }

      find.addEventListener('input', show);
      more.addEventListener('click', () => {
        all = !all;
        show();
      });
      find.hidden = items.length <= FEW;
      part.append(find, list, more);
      refreshers.push((counts, now) => {
        const chosen = new Set(now[facet]);
        for (const { option, button, count, item } of items) {
          const n = counts[facet][option.key] || 0;
          count.textContent = number.format(n);
          button.setAttribute('aria-pressed', String(chosen.has(option.key)));
          item.classList.toggle('bg-none', !n && !chosen.has(option.key));
        }
        /** @type {HTMLDetailsElement | null} */ (part.closest('details'))?.classList.toggle('bg-active', chosen.size > 0);
        show();
      });
    }

    /* --------------------------------------------------------------- years */

    function years() {
      const part = byId('bg-years');
      let [first, last] = [Infinity, -Infinity];
      for (let i = 0; i < model.size; i++) {
        if (!nodes.year[i]) continue;
        first = Math.min(first, nodes.year[i]);
        last = Math.max(last, nodes.year[i]);
      }
      part.hidden = !(last > first);
      if (part.hidden) return;
      const bars = element('div', { class: 'bg-bars', 'aria-hidden': 'true' });
      const low = range('years-from', first, last);
      const high = range('years-to', first, last);
      const text = element('p', { class: 'bg-range-text' });
      const columns = Array.from({ length: last - first + 1 }, () => {
        const bar = element('span');
        bars.append(bar);
        return bar;
      });
      const take = (/** @type {Event} */ event) => {
        edit((draft) => {
          const [a, b] = [low.valueAsNumber, high.valueAsNumber];
          draft.from = Math.min(a, b) === first ? null : Math.min(a, b);
          draft.to = Math.max(a, b) === last ? null : Math.max(a, b);
        }, event.type === 'input');
      };
      for (const input of [low, high]) for (const type of ['input', 'change']) input.addEventListener(type, take);
      part.append(bars, element('div', { class: 'bg-double' }, low, high), text);
      refreshers.push((counts, now) => {
        const [from, to] = [now.from ?? first, now.to ?? last];
        low.value = String(from);
        high.value = String(to);
        text.textContent = from === to ? String(from) : `${from} – ${to}`;
        const most = Math.max(1, ...counts.years.values());
        columns.forEach((bar, k) => {
          const n = counts.years.get(first + k) || 0;
          bar.style.height = `${n ? Math.max(8, (100 * n) / most) : 0}%`;
          bar.classList.toggle('bg-out', first + k < from || first + k > to);
          bar.title = `${first + k}: ${n}`;
        });
        part.closest('details')?.classList.toggle('bg-active', now.from !== null || now.to !== null);
      });
    }

    /** @param {string} key @param {number} min @param {number} max @param {string} [step] @returns {HTMLInputElement} */
    function range(key, min, max, step = '1') {
      return /** @type {HTMLInputElement} */ (element('input', {
        type: 'range', id: `bg-${key}`, min: String(min), max: String(max), step, 'aria-label': say(key),
      }));
    }

    /* ------------------------------------------- strength and surroundings */

    function strength() {
      const part = byId('bg-strength');
      const input = range('weight', 0, 1, '0.05');
      const text = element('p', { class: 'bg-range-text' });
      for (const type of ['input', 'change']) {
        input.addEventListener(type, () => { edit((draft) => { draft.weight = input.valueAsNumber; }, type === 'input'); });
      }
      part.append(input, text);
      refreshers.push((_counts, now) => {
        input.value = String(now.weight);
        text.textContent = now.weight ? say('at-least', { number: number.format(now.weight) }) : say('any');
        part.closest('details')?.classList.toggle('bg-active', now.weight > 0);
      });
    }

    function around() {
      const part = byId('bg-around');
      const title = element('span', { class: 'bg-name', dir: 'auto' });
      const depth = select('depth', [['1', '1'], ['2', '2'], ['3', '3']]);
      const direction = select('direction', [['both', say('both')], ['in', say('in')], ['out', say('out')]]);
      const off = element('button', { type: 'button', class: 'bg-close', 'aria-label': say('around-off') }, '×');
      const take = () => {
        edit((draft) => {
          if (draft.around) draft.around = { ...draft.around, depth: Number(depth.value), direction: direction.value };
        });
      };
      for (const input of [depth, direction]) input.addEventListener('change', take);
      off.addEventListener('click', () => { edit((draft) => { draft.around = null; }); });
      part.append(
        element('h2', {}, say('around')), element('p', { class: 'bg-around-title' }, title, off),
        element('p', { class: 'bg-around-how' }, element('label', {}, `${say('depth')} `, depth),
          element('label', {}, `${say('direction')} `, direction)),
      );
      refreshers.push((_counts, now) => {
        part.hidden = !now.around;
        if (!now.around) return;
        title.innerHTML = model.titleHtml(now.around.node);
        depth.value = String(now.around.depth);
        direction.value = now.around.direction;
      });
    }

    /** @param {string} key @param {string[][]} options @returns {HTMLSelectElement} */
    function select(key, options) {
      return /** @type {HTMLSelectElement} */ (element('select', { id: `bg-${key}` },
        ...options.map(([value, text]) => element('option', { value }, text))));
    }

    /* ---------------------------------------------------------------- all */

    /** How many nodes have each tag, and each series. */
    function sizes() {
      const tags = new Uint32Array(data.tags.length);
      const series = new Uint32Array(data.series.length);
      for (let i = 0; i < model.size; i++) {
        for (const tag of nodes.tags[i]) tags[tag]++;
        if (nodes.series[i] >= 0) series[nodes.series[i]]++;
      }
      return { tags, series };
    }

    /** Anew when more of a large graph has come. */
    function build() {
      refreshers.length = 0;
      const typed = [...document.querySelectorAll('.bg-find')].map((field) => [field.id, /** @type {HTMLInputElement} */ (field).value]);
      const focused = document.activeElement?.id || '';
      for (const name of ['node-kinds', 'edge-kinds', 'around', 'communities', 'series', 'tags', 'years', 'strength']) {
        byId(`bg-${name}`).replaceChildren();
      }
      const size = sizes();
      switches('node', data.kinds);
      switches('edge', data.edgeKinds);
      around();
      facet('communities', data.communities.flatMap((/** @type {any} */ community, /** @type {number} */ key) =>
        (community.main < 0 ? [] : [{ key, label: community.name, size: community.size, dot: palette.get(key) ?? -1 }])));
      facet('series', data.series.map((/** @type {any} */ series, /** @type {number} */ key) =>
        ({ key, label: series.name, html: series.html, size: size.series[key] })));
      facet('tags', data.tags.map((/** @type {string} */ label, /** @type {number} */ key) => ({ key, label, size: size.tags[key] })));
      years();
      strength();
      for (const name of ['communities', 'series', 'tags', 'years']) {
        const part = byId(`bg-${name}`);
        const box = part.closest('details');
        if (box) box.hidden = part.hidden;
      }
      refreshers.push((_counts, now) => { reset.setAttribute('aria-disabled', String(isDefault(now))); });
      for (const [id, value] of typed) {
        const field = /** @type {HTMLInputElement | null} */ (document.getElementById(id));
        if (field) field.value = value;
      }
      if (focused.startsWith('bg-')) document.getElementById(focused)?.focus({ preventScroll: true });
    }

    function refresh() {
      const now = filter();
      const counts = countFacets(model, now);
      for (const act of refreshers) act(counts, now);
      const { nodes: n, edges: m } = model.shown();
      byId('bg-shown').textContent = say('shown', { nodes: number.format(n), links: number.format(m) });
    }

    const reset = /** @type {HTMLButtonElement} */ (byId('bg-reset'));
    reset.addEventListener('click', () => { change(createFilter()); });
    build();
    return { build, refresh };
  }

  blogGraph.createFilters = createFilters;
})();
