"""The formula page as readers use it: from ``file://``, without a network."""

from __future__ import annotations

from urllib.parse import quote

import pytest

SUM = r's = \sum_{k=1}^{m} \mu_k (y_k - \bar{y})^2'
GAMMA = r'\Gamma(x) = \int_0^{\infty} t^{x-1} e^{-t} \, dt'


def post(title, *formulas, tags=''):
    head = f':blogpost:\n:tags: {tags}\n\n' if tags else ':blogpost:\n\n'
    body = ''.join(f'.. math:: {latex}\n\n' for latex in formulas)
    return f'{head}{title}\n{"=" * 60}\n\n{"Words. " * 300}\n\nPart\n----\n\n{body}\n{"Words. " * 300}\n'


FILES = {
    'gamma.rst': post('On :math:`\\Gamma`', GAMMA, tags='analysis'),
    'variance.rst': post('Variance', SUM, tags='statistics'),
    'again.rst': post('方差 again', SUM, r'q = \frac{a + b}{\sqrt{a + b}}', tags='统计'),
    'sections.rst': post('Sections', r'u = \oint v\, dw').replace(
        'Part\n----\n', 'Costs 5\\$, :math:`O(n \\log n)` steps\n--------------------------------\n'
    ),
    'rank.rst': post(
        'Matrices',
        r'\newcommand{\rk}{\operatorname{rank}} \rk A + \rk B \ge \rk(A + B)',
        r'y = \operatorname{rank}(\boldsymbol{x}) + 1',
    ).replace('Part\n----\n', 'Part\n----\n\nWe speak of 低秩近似 and lowrank sums:\n'),
    'hostile.rst': post(
        '<img src=x onerror=alert(1)>', r'\text{</script><b>} + \href{javascript:alert(1)}{x}'
    ),
}
MANY = [[rf'{letter}_{{{n}}} = 7' for letter in 'abcde'] for n in range(10)]
FILES |= {
    f'many{n}.rst': post(
        f'Many {n}', *formulas, *[r'k = \frac{1}{9}'] * (n < 8), *['\\mathrm{KL}(p)'] * (n < 1)
    )
    for n, formulas in enumerate(MANY)
}


@pytest.fixture(scope='module')
def built(make_site):
    conf = {'mathjax3_config': {'tex': {'macros': {'EE': r'\mathbb{E}'}}}, 'html_math_renderer': 'mathml'}
    return make_site(FILES, conf | {'suppress_warnings': ['blog.formula']}).build()


@pytest.fixture
def address(built):
    return (built.outdir / 'formulas.html').as_uri()


@pytest.fixture
def requests(page):
    seen = []
    page.on('request', lambda request: seen.append(request.url))
    yield seen
    assert all(url.startswith('file://') for url in seen)


def groups(page):
    return {
        section.locator('h2').inner_text().rsplit(' ', 1)[0]: [
            ' '.join(item.inner_text().split()) for item in section.locator('li .blog-formula-places').all()
        ]
        for section in page.locator('.blog-formula-group').all()
    }


def ask(page, latex):
    page.fill('#blog-formula-query', latex)
    page.locator('#blog-formula-status:not(:empty)').wait_for()
    # What is typed is looked for after a pause.
    page.wait_for_function('q => location.hash.includes(encodeURIComponent(q))', arg=latex)
    page.wait_for_timeout(300)


@pytest.mark.parametrize(
    ('query', 'group', 'places'),
    [
        (SUM, 'The same formula', ['方差 again § Part, Variance § Part']),
        (r'\Gamma(x)=\int\limits_0^{\infty}t^{x-1}e^{-t}dt', 'The same formula', ['On Γ § Part']),
        (r'G(u) = \int_0^\infty v^{u-1}e^{-v}dv', 'The same with other letters', ['On Γ § Part']),
        (
            r'\sum_{k=1}^m \mu_k(y_k-\bar y)^2',
            'Formulas that contain it',
            ['方差 again § Part, Variance § Part'],
        ),
        (r's = \sum_{k=1}^{n} \mu_k (y_k - \bar{z})^2', 'Similar formulas', None),
        (r'\frac{?a}{\sqrt{?a}}', 'Of this form', ['方差 again § Part']),
        (r'\int_?a^?b ?f\, d?x', 'Of this form', ['On Γ § Part']),
    ],
)
def test_formulas_are_found_in_their_groups(page, address, requests, query, group, places):
    page.goto(address)
    ask(page, query)
    found = groups(page)
    assert group in found
    if places:
        assert found[group] == places


def test_a_result_leads_to_the_very_place(page, address):
    page.goto(address)
    ask(page, GAMMA)
    page.locator('.blog-formula-group a').first.click()
    assert '/gamma.html#formula-' in page.url
    box = page.locator(':target').bounding_box()
    assert 0 <= box['y'] < page.viewport_size['height']


def test_what_is_typed_is_shown_as_mathematics_while_it_is_typed(page, address):
    page.goto(address)
    page.locator('#blog-formula-query').press_sequentially(r'\frac12')
    preview = page.locator('#blog-formula-preview')
    preview.locator('mfrac').wait_for()
    page.fill('#blog-formula-query', r'\frac12 + \frac{')
    page.wait_for_timeout(300)
    assert preview.inner_text() != ''
    page.fill('#blog-formula-query', '')
    page.wait_for_timeout(300)
    assert preview.inner_text() == ''
    assert page.locator('#blog-formula-results').inner_text() == ''


def test_the_empty_preview_says_what_it_is(page, address):
    page.goto(address)
    shown = "getComputedStyle(document.getElementById('blog-formula-preview'), '::before').content"
    assert page.evaluate(shown) == '"Preview"'
    page.locator('#blog-formula-query').press_sequentially('x^2')
    page.locator('#blog-formula-preview math').wait_for()
    assert page.evaluate(shown) == 'none'


def test_wildcards_are_shown_and_say_what_they_stand_for(page, address):
    page.goto(address)
    ask(page, r'\frac{?a}{\sqrt{?a}}')
    assert page.locator('#blog-formula-preview mfrac').count() == 1
    binding = page.locator('.blog-formula-pattern .blog-formula-binding').first
    assert '?a' in binding.inner_text()
    assert binding.locator('math').text_content() == 'a+b'


def test_a_pattern_that_could_be_anything_is_told_so(page, address):
    page.goto(address)
    ask(page, '?a')
    assert page.locator('#blog-formula-status').inner_text() == 'This could be any formula: say more of it'


def test_macros_of_the_project_may_be_typed(page, address):
    page.goto(address)
    page.fill('#blog-formula-query', r'\EE[x]')
    page.locator('#blog-formula-preview math').wait_for()
    assert '𝔼' in page.locator('#blog-formula-preview').inner_text()


def test_macros_of_a_post_may_be_typed(page, address):
    page.goto(address)
    ask(page, r'\rk A + \rk B \ge \rk(A + B)')
    assert groups(page)['The same formula'] == ['Matrices § Part']
    assert 'rank' in page.locator('#blog-formula-preview').inner_text()


def test_words_without_a_backslash_are_read_as_words_and_told(page, address):
    page.goto(address)
    ask(page, 'rank(?a)')
    assert groups(page) == {'Of this form': ['Matrices § Part', 'Matrices § Part']}
    status = page.locator('#blog-formula-status')
    assert status.inner_text() == r'2 formulas found · Read as \operatorname{rank}(?a)'
    assert status.locator('code').inner_text() == r'\operatorname{rank}(?a)'
    page.wait_for_function("document.getElementById('blog-formula-preview').textContent.includes('rank')")


def test_two_letters_are_a_word_where_there_is_no_such_product(page, address):
    page.goto(address)
    ask(page, 'KL(p)')
    assert groups(page)['The same formula'] == ['Many 0 § Part']
    assert r'Read as \operatorname{KL}(p)' in page.locator('#blog-formula-status').inner_text()


def test_formulas_of_a_section_are_shown_as_formulas(page, address):
    page.goto(address)
    ask(page, r'u = \oint v\, dw')
    note = page.locator('.blog-formula-same .blog-note')
    assert note.locator('math').count() == 1
    assert '$O' not in note.inner_text()
    assert note.inner_text().startswith('§ Costs 5$, ')


def test_the_same_is_shown_before_what_is_alike_has_arrived(page, address):
    waiting = []

    def hold(route):
        waiting.append(route)

    page.route('**/texts-0.js*', hold)
    page.goto(address)
    page.fill('#blog-formula-query', SUM)
    page.locator('.blog-formula-same').wait_for()
    status = page.locator('#blog-formula-status')
    assert status.inner_text() == '1 found, looking for more …'
    assert list(groups(page)) == ['The same formula']
    link = page.locator('.blog-formula-same a').first
    link.focus()
    page.wait_for_timeout(300)
    assert len(waiting) == 1
    waiting[0].continue_()
    page.wait_for_function("!document.getElementById('blog-formula-status').textContent.includes('…')")
    assert link.evaluate('link => link === document.activeElement')


def test_there_are_more_than_are_shown_at_once(page, address):
    page.goto(address)
    ask(page, '?a = 7')
    items = page.locator('.blog-formula-group li')
    status = page.locator('#blog-formula-status')
    assert status.inner_text() == 'More than 40 formulas found'
    assert (items.count(), page.locator('.blog-formula-count').inner_text()) == (40, '40+')
    first = items.first.element_handle()
    page.get_by_role('button', name='More formulas').click()
    page.wait_for_function("document.querySelectorAll('.blog-formula-group li').length > 40")
    assert status.inner_text() == '50 formulas found'
    assert page.locator('.blog-formula-count').inner_text() == '50'
    assert items.nth(40).locator('a').first.evaluate('link => link === document.activeElement')
    assert first.evaluate('item => item.isConnected')
    assert page.get_by_role('button', name='More formulas').count() == 0


def test_all_places_of_a_formula_can_be_seen(page, address):
    page.goto(address)
    ask(page, r'k = \frac{1}{9}')
    places = page.locator('.blog-formula-same .blog-formula-places')
    assert places.locator('a').count() == 6
    places.get_by_role('button', name='and 2 more').click()
    assert places.locator('a').count() == 8
    assert places.locator('a').nth(6).evaluate('link => link === document.activeElement')


def test_examples_find_something(page, address):
    page.goto(address)
    buttons = page.locator('#blog-formula-examples button')
    buttons.first.wait_for()
    assert buttons.count() >= 3
    for button in buttons.all():
        button.click()
        page.locator('.blog-formula-group').first.wait_for()
        assert page.input_value('#blog-formula-query') == button.inner_text()
        assert {*groups(page)} - {'Similar formulas'}
        page.fill('#blog-formula-query', '')
        page.locator('.blog-formula-group').first.wait_for(state='detached')


def test_what_a_wildcard_stands_for_is_bold_where_it_is(page, address):
    page.goto(address)
    ask(page, r'y = \operatorname{rank}(?a) + 1')
    assert page.locator('.blog-formula-binding math').text_content() == '𝒙'


@pytest.mark.parametrize('query', ['低秩', '低秩近似 sums', 'lowrank SUMS'])
def test_words_find_formulas_about_which_they_are_said(page, address, requests, query):
    page.goto(address)
    ask(page, query)
    assert list(groups(page)) == ['Formulas about which this is said']
    assert groups(page)['Formulas about which this is said'][0] == 'Matrices § Part'
    assert page.locator('#blog-formula-preview').inner_text() == ''


def test_words_alone_find_formulas(page, address, requests):
    page.goto(address)
    page.fill('#blog-formula-words', '统计')
    page.locator('.blog-formula-said').wait_for()
    assert 'w=' in page.url
    found = groups(page)['Formulas about which this is said']
    assert found == ['方差 again § Part'] * len(found)
    page.fill('#blog-formula-words', '')
    page.locator('.blog-formula-said').wait_for(state='detached')
    assert page.locator('#blog-formula-status').inner_text() == ''


def test_words_choose_posts(page, address):
    page.goto(address)
    page.fill('#blog-formula-words', '统计')
    ask(page, SUM)
    assert groups(page)['The same formula'] == ['方差 again § Part']


def test_a_search_is_an_address_and_a_step_back(page, address):
    page.goto(f'{address}#q={quote(GAMMA, safe="")}')
    page.locator('.blog-formula-same').wait_for()
    assert page.input_value('#blog-formula-query') == GAMMA
    page.fill('#blog-formula-query', SUM)
    page.press('#blog-formula-query', 'Enter')
    page.locator('.blog-formula-group .blog-formula-places', has_text='Variance').first.wait_for()
    page.go_back()
    page.locator('.blog-formula-group .blog-formula-places', has_text='Γ').first.wait_for()


def test_a_post_leads_to_the_search_for_its_formula(page, built):
    page.goto((built.outdir / 'variance.html').as_uri())
    page.locator('.blog-formula').first.hover()
    page.locator('.blog-formula-find a').first.click()
    page.locator('.blog-formula-same').wait_for()
    assert page.input_value('#blog-formula-query') == SUM


def test_nothing_found_is_told(page, address):
    page.goto(address)
    ask(page, r'\oint \aleph = \beth')
    assert page.locator('#blog-formula-status').inner_text() == 'No formula found'


@pytest.mark.parametrize(
    'query',
    [
        r'\href{javascript:alert(1)}{x}',
        '</script><img src=x onerror=alert(1)>',
        '{' * 5000,
        r'\def\a{\a\a}\a',
        '?' * 500,
        '\u202e\ud83e',
    ],
)
def test_hostile_queries_do_nothing(page, address, requests, query):
    dialogs = []
    page.on('dialog', lambda dialog: dialogs.append(dialog.message) or dialog.dismiss())
    page.goto(address)
    page.evaluate(
        """query => {
          const field = document.getElementById('blog-formula-query');
          field.value = query;
          field.dispatchEvent(new Event('input'));
        }""",
        query,
    )
    page.wait_for_timeout(700)
    assert not dialogs
    assert page.locator('#blog-formula-search a[href^="javascript"], #blog-formula-search img').count() == 0


def test_hostile_titles_and_formulas_are_text(page, address):
    dialogs = []
    page.on('dialog', lambda dialog: dialogs.append(dialog.message) or dialog.dismiss())
    page.goto(address)
    ask(page, r'\text{</script><b>} + x')
    assert '<img src=x onerror=alert(1)>' in page.locator('.blog-formula-group').first.inner_text()
    assert page.locator('.blog-formula-group img, .blog-formula-group b').count() == 0
    assert not dialogs


def test_no_column_of_a_formula_is_narrower_than_what_stands_in_it(page, make_site):
    aligned = (
        r'\begin{align} \log p(x) &= \log \int p(x|z)p(z)\mathrm{d}z \\'
        r' &\geq \mathbb{E}_{q(z|x)}[\log p(x|z)] \end{align}'
    )
    files = {
        'a.rst': post('A', aligned),
        'index.rst': 'Index\n=====\n\n.. formula-index::\n   :min-posts: 1\n',
    }
    build = make_site(files).build()
    for name in ('formulas.html', 'index.html'):
        page.goto((build.outdir / name).as_uri())
        widths = page.eval_on_selector_all(
            '.blog-formulas mtd',
            """cells => cells.map((cell) => {
              const inside = [...cell.children].map((child) => child.getBoundingClientRect());
              const right = Math.max(...inside.map((box) => box.right));
              return [right - Math.min(...inside.map((box) => box.left)), cell.getBoundingClientRect().width];
            })""",
        )
        assert len(widths) >= 3
        assert all(inside <= cell + 0.5 for inside, cell in widths if inside > 0)


@pytest.mark.parametrize('theme', ['alabaster', 'furo', 'sphinx_rtd_theme'])
@pytest.mark.parametrize('width', [1280, 390])
def test_a_table_of_notation_has_room_for_its_columns(page, make_site, theme, width):
    wide = 's = ' + ' + '.join(rf'\frac{{a_{{{n}}}}}{{b_{{{n}}}}}' for n in range(20))
    files = {
        'a.rst': post('A', wide),
        'b.rst': post('Another post', wide),
        'index.rst': 'Index\n=====\n\n.. notation:: a\n',
    }
    build = make_site(files, {'html_theme': theme, 'html_math_renderer': 'mathml'}).build()
    page.set_viewport_size({'width': width, 'height': 800})
    page.goto((build.outdir / 'index.html').as_uri())
    panel = page.locator('.blog-notation')
    room = panel.bounding_box()
    meaning = page.locator('.blog-notation-meaning math').first
    assert meaning.evaluate('e => e.scrollWidth > e.clientWidth')
    last = page.locator('.blog-notation-table th').last
    if width == 390:
        assert page.evaluate('document.documentElement.scrollWidth') <= width
        last.scroll_into_view_if_needed()
    shown = last.bounding_box()
    assert shown['x'] + shown['width'] <= room['x'] + room['width'] + 8


def test_an_index_that_is_not_there_is_told(page, make_site):
    build = make_site(FILES, {'suppress_warnings': ['blog.formula']}).build()
    (build.outdir / 'formula-index' / 'index.js').unlink()
    page.goto((build.outdir / 'formulas.html').as_uri())
    page.fill('#blog-formula-query', 'x + y')
    page.get_by_text('The index of formulas could not be loaded').wait_for()


def test_a_reader_without_a_script_has_the_index(browser, address):
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(address)
    assert not tab.locator('#blog-formula-search').is_visible()
    assert 'The search needs JavaScript' in tab.locator('noscript').first.text_content()
    assert tab.locator('.blog-formula-list li').count() >= 3
    context.close()


@pytest.mark.parametrize(
    'theme', ['alabaster', 'furo', 'pydata_sphinx_theme', 'sphinx_rtd_theme', 'sphinx_book_theme']
)
def test_the_page_fits_a_phone_in_every_theme(page, make_site, theme):
    wide = post('Wide', ' + '.join(rf'\frac{{a_{{{n}}}}}{{b_{{{n}}}}}' for n in range(20)) + ' = 0')
    build = make_site(
        FILES | {'wide.rst': wide}, {'html_theme': theme, 'suppress_warnings': ['blog.formula']}
    ).build()
    page.set_viewport_size({'width': 390, 'height': 800})
    page.goto((build.outdir / 'formulas.html').as_uri())
    ask(page, '?c = 0')
    assert page.locator('.blog-formula-pattern').is_visible()
    assert page.evaluate('document.documentElement.scrollWidth') <= 390
