// @ts-check
/* The formula page: what a reader types is shown as mathematics while it is
   typed, and looked for. The query stands in the address: #q=…&w=…, so that a
   search can be linked to and the back button works. */
(function () {
  'use strict';

  const blogFormulas = /** @type {any} */ (window).blogFormulas;

  const PAUSE = 150; // milliseconds without a key after which the search starts
  const LIMIT = 40; // formulas that are shown at once
  const MOST_PLACES = 6;
  // As Python splits titles: no blank inside a dollar sign, no digit behind the second.
  const FORMULA = /(?<!\\)\$(?!\s)((?:[^$\\]|\\.)+?)(?<![\s\\])\$(?!\d)/gsu;

  const form = /** @type {HTMLFormElement | null} */ (document.getElementById('blog-formula-search'));
  if (!form) return;

  /** @param {string} id @returns {HTMLElement} */
  const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(`blog-formula-${id}`));
  const query = /** @type {HTMLInputElement} */ (byId('query'));
  const words = /** @type {HTMLInputElement} */ (byId('words'));
  const preview = byId('preview');
  const status = byId('status');
  const results = byId('results');

  /** @type {Record<string, string>} */
  const messages = JSON.parse(form.dataset.messages ?? '{}');
  const read = blogFormulas.reader(form.dataset.index, form.dataset.version);
  /** @type {Promise<{search: any, posts: Map<string, any>, macros: any} | null> | null} */
  let opened = null;
  let latest = 0;
  let timer = 0;
  /** Whether the query of the address is one that the reader may want to come back to. */
  let finished = true;
  /** What is shown now, by kind. @type {Map<string, {part: HTMLElement, list: HTMLElement, count: HTMLElement, hits: string[]}>} */
  let drawn = new Map();

  /** @param {string} key @param {Record<string, string | number>} [values] */
  function say(key, values = {}) {
    return (messages[key] ?? key).replace(/\{(\w+)\}/gu, (all, name) => String(values[name] ?? all));
  }

  /**
   * @param {string} tag @param {Record<string, string>} [attributes] @param {(Node | string)[]} children
   * @returns {HTMLElement}
   */
  function element(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }

  /** A wildcard in the preview is a letter in a box. @param {string} latex */
  function shownWildcards(latex) {
    return latex.replace(/(\\.)|[?\uff1f]([A-Za-z][0-9]*)/gsu, (all, escaped, name) => escaped ?? `{\\boxed{${name}}}`);
  }

  /** Load what every search needs, once. */
  function open() {
    opened ??= (async () => {
      const search = new blogFormulas.FormulaSearch(read);
      const [fits, about] = await Promise.all([search.open(), read('posts')]);
      if (!fits || !about) return null;
      const posts = new Map(about.posts.map((/** @type {any} */ post) => [post.id, post]));
      return { search, posts, macros: blogFormulas.readMacros(about.macros) };
    })();
    return opened;
  }

  /**
   * Answer what stands in the fields now.
   * @param {number} limit formulas that are shown at once
   */
  async function answer(limit = LIMIT) {
    const turn = ++latest;
    const latex = query.value.trim();
    if (latex) await showPreview(latex);
    else preview.replaceChildren();
    if (!latex && !words.value.trim()) {
      status.textContent = '';
      draw([], new Map());
      return;
    }
    const index = await open();
    if (!index) {
      status.textContent = say('failed');
      return;
    }
    const { search, posts, macros } = index;
    /** What is the same is shown at once: what is alike takes far more data. @param {any[]} groups */
    const first = async (groups) => {
      if (turn !== latest) throw new Error('the reader has typed on');
      draw(upTo(limit, groups), posts);
      status.textContent = say('searching', { count: Math.min(limit, total(groups)) });
      await new Promise((done) => { window.setTimeout(done); }); // to be seen
    };
    let groups;
    try {
      // One more than is shown tells whether there are more.
      groups = latex
        ? await search.search(latex, { limit: limit + 1, macros, posts, where: blogFormulas.saidIn(words.value, posts), first })
        : await search.said(words.value, posts, { limit: limit + 1 });
    } catch {
      if (turn === latest) status.textContent = say('failed');
      return;
    }
    if (turn !== latest) return; // the reader has typed on
    const readAs = groups.find((/** @type {any} */ group) => group.readAs)?.readAs;
    status.textContent = total(groups) > limit ? say('found-more', { count: limit }) : verdict(latex, total(groups), macros);
    if (readAs) {
      const [before, after] = say('read-as', { latex: '\n' }).split('\n');
      status.append(' · ', before, element('code', {}, readAs), after);
      void showPreview(readAs);
    } else if (groups.length && groups.every((/** @type {any} */ group) => group.kind === 'said')) {
      preview.replaceChildren(); // words, no product of letters
    }
    draw(upTo(limit, groups), posts);
    if (total(groups) > limit) results.append(moreButton(limit));
  }

  /** @param {any[]} groups @returns {number} hits in all of them */
  function total(groups) {
    return groups.reduce((sum, group) => sum + group.hits.length, 0);
  }

  /** @param {number} limit @param {any[]} groups @returns {any[]} the first hits; a group that goes on says so */
  function upTo(limit, groups) {
    let left = limit;
    return groups.map((group) => {
      const hits = group.hits.slice(0, left);
      left -= hits.length;
      return { ...group, hits, goesOn: hits.length < group.hits.length };
    }).filter(({ hits }) => hits.length);
  }

  /** @param {number} limit formulas that are shown */
  function moreButton(limit) {
    const button = element('button', { type: 'button', class: 'blog-formula-example' }, say('more-formulas'));
    button.addEventListener('click', async () => {
      await answer(limit + LIMIT);
      // The first of what came: the last group went on, and others follow it.
      results.querySelectorAll('li')[limit]?.querySelector('a')?.focus();
    });
    return element('p', { class: 'blog-formula-on' }, button);
  }

  /**
   * Show groups. What is shown already stays in its place, for the reader may be about to follow a link of it.
   * @param {any[]} groups @param {Map<string, any>} posts
   */
  function draw(groups, posts) {
    const before = drawn;
    drawn = new Map();
    for (const group of groups) {
      const hits = group.hits.map((/** @type {any} */ hit) => JSON.stringify(hit));
      const old = before.get(group.kind);
      const shown = old?.hits.every((hit, n) => hit === hits[n]) ? old : emptySection(group.kind);
      for (const hit of group.hits.slice(shown.hits.length)) shown.list.append(item(hit, posts));
      shown.hits = hits;
      shown.count.textContent = `${hits.length}${group.goesOn ? '+' : ''}`;
      drawn.set(group.kind, shown);
    }
    const parts = [...drawn.values()].map(({ part }) => part);
    for (const child of [...results.children]) if (!parts.includes(/** @type {HTMLElement} */ (child))) child.remove();
    parts.forEach((part, n) => {
      if (results.children[n] !== part) results.insertBefore(part, results.children[n] ?? null);
    });
  }

  /** @param {string} latex */
  async function showPreview(latex) {
    blogFormulas.render(shownWildcards(latex), preview, { display: true, macros: (await open())?.macros });
  }

  /** @param {string} latex @param {number} count @param {any} macros @returns {string} */
  function verdict(latex, count, macros) {
    if (count > 1) return say('found', { count });
    if (count === 1) return say('found-one');
    const pattern = blogFormulas.readPattern(latex, macros);
    const says = blogFormulas.constantRuns(pattern).some((/** @type {any[]} */ runs) => runs.length);
    return say(pattern.names.length && !says ? 'general' : 'nothing');
  }

  /** @param {string} kind */
  function emptySection(kind) {
    const list = element('ol', { class: 'blog-formula-index' });
    const count = element('span', { class: 'blog-formula-count' });
    const part = element('section', { class: `blog-formula-group blog-formula-${kind}` },
      element('h2', {}, say(`group-${kind}`), ' ', count), list);
    return { part, list, count, hits: /** @type {string[]} */ ([]) };
  }

  /** @param {any} hit @param {Map<string, any>} posts */
  function item(hit, posts) {
    const shown = element('div', { class: 'blog-formula-shown' });
    blogFormulas.render(hit.latex, shown, { display: true });
    const places = element('p', { class: 'blog-formula-places' }, ...links(hit.places.slice(0, MOST_PLACES), posts));
    const rest = hit.places.slice(MOST_PLACES);
    if (rest.length) {
      const button = element('button', { type: 'button', class: 'blog-formula-example' }, say('more', { count: rest.length }));
      button.addEventListener('click', () => {
        const added = links(rest, posts);
        button.replaceWith(say('comma'), ...added);
        added.find((node) => node instanceof HTMLElement)?.focus();
      });
      places.append(' ', button);
    }
    const binding = element('p', { class: 'blog-formula-binding' });
    for (const [name, latex] of hit.binding ?? []) {
      const part = element('span', {}, `?${name} = `);
      const value = element('span');
      blogFormulas.render(latex, value, { display: false });
      part.append(value);
      binding.append(part, ' ');
    }
    return element('li', {}, shown, ...(binding.childNodes.length ? [binding] : []), places);
  }

  /** @param {any[]} places @param {Map<string, any>} posts @returns {(HTMLElement | string)[]} */
  function links(places, posts) {
    return places.flatMap((place, n) => [...(n ? [say('comma')] : []), ...link(place, posts.get(place.docname))]);
  }

  /** @param {any} place @param {any} post @returns {(HTMLElement | string)[]} */
  function link(place, post) {
    if (!post) return [place.docname];
    const anchor = element('a', { href: `${form?.dataset.base}${post.url}${place.anchor ? `#${place.anchor}` : ''}` });
    anchor.innerHTML = post.html; // made at build time, escaped there
    if (!place.number && !place.section) return [anchor];
    const detail = place.number ? [`(${place.number})`] : ['§ ', ...withFormulas(place.section)];
    return [anchor, ' ', element('span', { class: 'blog-note' }, ...detail)];
  }

  /** @param {string} text in which formulas stand between dollar signs @returns {(Node | string)[]} */
  function withFormulas(text) {
    return text.split(FORMULA).map((piece, n) => {
      if (n % 2 === 0) return piece.replaceAll('\\$', '$');
      const shown = element('span');
      blogFormulas.render(piece, shown, { display: false });
      return shown;
    });
  }

  /** Put the address into the fields. */
  function restore() {
    const parameters = new URLSearchParams(window.location.hash.slice(1));
    query.value = parameters.get('q') ?? '';
    words.value = parameters.get('w') ?? '';
    finished = true;
    void answer();
  }

  /**
   * Put the fields into the address. The back button leads from one finished query to the one before: what
   * is typed on the way replaces itself.
   * @param {boolean} done the reader has finished this query
   */
  function remember(done) {
    const parts = [];
    for (const [name, field] of /** @type {[string, HTMLInputElement][]} */ ([['q', query], ['w', words]])) {
      // Half a surrogate pair can be typed, but stands in no address.
      if (field.value) parts.push(`${name}=${encodeURIComponent(field.value.replace(/\p{Surrogate}/gu, '\ufffd'))}`);
    }
    const hash = parts.length ? `#${parts.join('&')}` : window.location.pathname + window.location.search;
    if (finished) window.history.pushState(null, '', hash);
    else window.history.replaceState(null, '', hash);
    finished = done;
  }

  for (const field of [query, words]) {
    field.addEventListener('input', () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => {
        remember(false);
        void answer();
      }, PAUSE);
    });
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    window.clearTimeout(timer);
    remember(true);
    void answer();
  });
  window.addEventListener('hashchange', restore);
  window.addEventListener('popstate', restore);
  /** Examples are of this blog: each finds something. */
  async function offerExamples() {
    /** @type {string[]} */
    const examples = (await read('index'))?.examples ?? [];
    byId('examples').hidden = !examples.length;
    examples.forEach((latex, n) => {
      const button = element('button', { type: 'button', class: 'blog-formula-example' }, latex);
      button.addEventListener('click', () => {
        query.value = latex;
        remember(true);
        void answer();
        query.focus();
      });
      byId('examples').append(n ? ' ' : '', button);
    });
  }

  form.hidden = false;
  restore();
  void offerExamples();
})();
