"""What is shown on the graph page, saved as a picture."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree as ET

import pytest
from graph_scripts import CITES, RELATED, STATIC, open_graph_scripts, serve

HOSTILE = '</text></svg><script>window.hacked=1</script>]]>&"\x00\ud83d\u2028\u202e'
CLEAN = HOSTILE.replace('\x00', '\ufffd').replace('\ud83d', '\ufffd')
BLOG = {
    'nodes': [
        {'label': 'Walks', 'x': 0, 'y': 0, 'size': 10, 'url': 'posts/walks.html'},
        {'label': HOSTILE, 'x': 200, 'y': 0, 'size': 10, 'url': '"><script>alert(1)</script>'},
        {'label': 'Missing', 'x': 0, 'y': 100, 'size': 5, 'kind': 1, 'url': ''},
        {'label': 'Work', 'x': 200, 'y': 100, 'size': 5, 'kind': 2, 'url': 'https://arxiv.org/abs/1'},
        {'label': 'Evil', 'x': 100, 'y': 60, 'size': 5, 'kind': 2, 'url': '\x01java\nscript:alert(1)'},
        {'label': 'Data', 'x': 100, 'y': -60, 'size': 5, 'kind': 2, 'url': 'data:text/html,<script>'},
        {'label': 'Far away', 'x': 9000, 'y': 0, 'size': 10},
    ],
    'edges': [
        {'source': 0, 'target': 1, 'kind': CITES},
        {'source': 0, 'target': 2, 'kind': CITES},
        {'source': 0, 'target': 3, 'kind': RELATED},
        {'source': 0, 'target': 6, 'kind': CITES},
    ],
    'communities': [{'name': 'A', 'main': 0, 'size': 7}],
}
PREPARE = """text => {
  const model = window.model = fakeModel(JSON.parse(text));
  window.style = blogGraph.createStyle(model, new Map([[0, 0]]), true);
  window.view = { x: 100, y: 20, scale: 1, width: 600, height: 400 };
  window.all = { nodes: [...model.nodes.id.keys()], edges: [0, 1, 2, 3] };
}"""
SVG = '{http://www.w3.org/2000/svg}'


@pytest.fixture
def tab(page, tmp_path):
    """A page that has the colours of the graph page, under a strict policy."""
    (tmp_path / 'graph.css').write_bytes((STATIC / 'graph.css').read_bytes())
    body = '<link rel="stylesheet" href="graph.css">'
    open_graph_scripts(page, tmp_path, body=body, address=serve(page, tmp_path))
    page.evaluate(PREPARE, json.dumps(BLOG))
    return page


def svg(tab, change=''):
    text = tab.evaluate(f'() => {{ {change} return blogGraph.toSvg(model, style, view, all); }}')
    return ET.fromstring(text.encode('utf-8'))


def titles(root):
    return [element.text for element in root.iter(f'{SVG}title')]


def links(root):
    return {element.find(f'{SVG}title').text: element.get('href') for element in root.iter(f'{SVG}a')}


def test_a_picture_holds_what_is_in_view(tab):
    root = svg(tab)
    assert root.tag == f'{SVG}svg'
    assert (root.get('width'), root.get('height')) == ('600', '400')
    names = {text.text for text in root.iter(f'{SVG}text')}
    assert {'Walks', 'Work'} <= names
    assert 'Far away' not in titles(root)
    _, lines, discs, _ = root
    assert len(lines.findall(f'{SVG}path')) == 4
    assert [disc.find(f'{SVG}title').text for disc in discs][-1] == 'Walks'
    circle = discs[-1].find(f'{SVG}path')
    assert circle.get('d') == 'M210 180A10 10 0 1 1 190 180A10 10 0 1 1 210 180z'
    assert re.fullmatch('#[0-9a-f]{6}', circle.get('fill'))


def test_only_what_is_asked_for_is_drawn(tab):
    root = svg(tab, 'all = { nodes: [0, 3], edges: [2] };')
    assert {*titles(root)} == {'Walks', 'Work'}
    assert len(root[1].findall(f'{SVG}path')) == 1


def test_all_that_is_on_is_drawn_unless_told_otherwise(tab):
    root = svg(tab, 'model.nodeOn[1] = 0; model.edgeOn[2] = 0; all = {};')
    assert {*titles(root)} == {'Walks', 'Missing', 'Work', 'Evil', 'Data'}
    assert len(root[1].findall(f'{SVG}path')) == 2


def test_links_are_whole_and_safe(tab):
    found = links(svg(tab))
    assert found == {
        'Walks': 'http://blog.test/posts/walks.html',
        CLEAN: 'http://blog.test/%22%3E%3Cscript%3Ealert(1)%3C/script%3E',
        'Work': 'https://arxiv.org/abs/1',
    }


def test_a_page_from_a_folder_does_not_tell_where_it_lies(page, tmp_path):
    open_graph_scripts(page, tmp_path)
    page.evaluate(PREPARE, json.dumps(BLOG))
    text = page.evaluate(
        '() => { style.background = "#fff"; return blogGraph.toSvg(model, style, view, all); }'
    )
    assert 'file:' not in text
    assert 'href="posts/walks.html"' in text


def test_hostile_titles_are_text(tab, page):
    root = svg(tab)
    assert CLEAN in titles(root)
    assert not [*root.iter(f'{SVG}script')]
    tab.evaluate(
        """() => {
          const svg = blogGraph.toSvg(model, style, view, all);
          const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml');
          document.body.append(document.importNode(parsed.documentElement, true));
        }"""
    )
    assert tab.evaluate('window.hacked') is None
    assert tab.locator('script').count() == tab.evaluate('document.scripts.length')


def test_an_svg_is_an_image_of_the_same_colours_as_a_png(tab):
    """Both are painted on a canvas and looked at where nodes and nothing are."""
    found = tab.evaluate(
        """async () => {
          const blobs = [
            await blogGraph.toPng(model, style, view, all),
            new Blob([blogGraph.toSvg(model, style, view, all)], { type: 'image/svg+xml' }),
          ];
          const pictures = [];
          for (const blob of blobs) {
            const image = new Image();
            image.src = URL.createObjectURL(blob);
            await image.decode();
            const canvas = Object.assign(document.createElement('canvas'), { width: 600, height: 400 });
            const context = canvas.getContext('2d');
            context.drawImage(image, 0, 0, 600, 400);
            const at = (x, y) => [...context.getImageData(x, y, 1, 1).data];
            const places = [[200, 180], [400, 180], [200, 280], [5, 5], [300, 180]].map(([x, y]) => at(x, y));
            pictures.push([image.naturalWidth, places]);
          }
          return pictures;
        }"""
    )
    (png_width, png), (svg_width, drawn) = found
    assert (png_width, svg_width) == (1200, 600)
    for one, two in zip(png, drawn, strict=True):
        assert max(abs(a - b) for a, b in zip(one, two, strict=True)) <= 40  # antialiasing
    assert png[0] != png[3] != png[4]


def test_a_large_window_makes_a_picture_that_a_canvas_can_hold(tab):
    width, height = tab.evaluate(
        """async () => {
          const blob = await blogGraph.toPng(model, style, { ...view, width: 8000, height: 8000 }, all);
          const image = await createImageBitmap(blob);
          return [image.width, image.height];
        }"""
    )
    assert width == height == 4000


def test_the_strict_policy_is_kept(tab):
    problems = []
    tab.on('console', lambda message: problems.append(message.text))
    with tab.expect_download() as saving:
        tab.evaluate(
            """async () => {
              const picture = await blogGraph.toPng(model, style, view, all);
              blogGraph.download('graph.png', 'image/png', picture);
            }"""
        )
    assert saving.value.path().read_bytes().startswith(b'\x89PNG')
    assert problems == []
