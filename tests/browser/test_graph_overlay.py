"""Labels, hovering, neighbourhoods and paths, over the engine of our own."""

from __future__ import annotations

import pytest
from graph_stage import open_stage, show


@pytest.fixture
def stage(page, tmp_path):
    page.set_viewport_size({'width': 1000, 'height': 700})
    open_stage(page, tmp_path)

    def go(posts=60, engine='canvas'):
        show(page, posts, engine)
        return page

    return go


def labels(page):
    return page.evaluate('stage.overlay.labelBoxes()')


def covering(boxes):
    """Pairs of labels of which one covers the other."""
    found = []
    for number, a in enumerate(boxes):
        for b in boxes[number + 1 :]:
            (x0, y0, x1, y1), (u0, v0, u1, v1) = a['box'], b['box']
            if x0 < u1 and u0 < x1 and y0 < v1 and v0 < y1:
                found.append((a['lines'], b['lines']))
    return found


def look(page, node, scale):
    page.evaluate(
        """([node, scale]) => {
            const { nodes } = stage.model;
            stage.engine.setView({ x: nodes.x[node], y: nodes.y[node], scale }, false);
            return settle();
        }""",
        [node, scale],
    )


def overlay_pixel(page, x, y):
    return page.evaluate(
        """([x, y]) => {
            const context = document.getElementById('bg-overlay').getContext('2d');
            return [...context.getImageData(x, y, 1, 1).data];
        }""",
        [round(x), round(y)],
    )


@pytest.mark.parametrize('posts', [30, 300, 2000, 8000])
def test_no_label_covers_another_one(stage, posts):
    page = stage(posts)
    for scale in (None, 0.5, 1, 2.5):
        if scale:
            look(page, 5, scale)
        boxes = labels(page)
        assert len(boxes) > (5 if scale is None or scale < 2 else 1)
        assert covering(boxes) == []
        assert all(
            box[0] > 0 and box[1] > 0 and box[2] < 1000 and box[3] < 700
            for box in (label['box'] for label in boxes)
        )


@pytest.mark.parametrize('posts', [300, 2000])
def test_no_label_covers_another_one_of_a_neighbourhood(stage, posts):
    page = stage(posts)
    look(page, 0, 0.6)
    for node in (0, 3, 40):
        look(page, node, 0.6)
        page.evaluate('node => { stage.overlay.hovered = node; stage.overlay.draw(); }', node)
        boxes = labels(page)
        assert boxes[0]['node'] == node
        linked = page.evaluate(
            'node => stage.model.edgesOf(node).map((e) => stage.model.across(e, node))', node
        )
        assert {label['node'] for label in boxes} <= {node, *linked}
        assert len(boxes) > 3
        assert covering(boxes) == []


def test_labels_do_not_meet_while_the_map_moves(stage):
    page = stage(300)
    look(page, 5, 1.5)
    steps = page.evaluate("""async () => {
        const seen = [];
        const { x, y } = stage.engine.view();
        for (let k = 0; k < 25; k++) {
            stage.engine.setView({ x: x + 6 * k, y: y - 3 * k, scale: 1.5 * 0.95 ** k }, false);
            await new Promise(requestAnimationFrame);
            seen.push(stage.overlay.labelBoxes());
        }
        return seen;
    }""")
    assert all(len(boxes) > 2 for boxes in steps)
    assert [pair for boxes in steps for pair in covering(boxes)] == []


def test_looking_nearer_names_more(stage):
    page = stage(300)
    look(page, 0, 0.7)
    half = page.evaluate('[...Array(stage.model.size).keys()].map((i) => stage.overlay.project(i))')
    inside = {i for i, (x, y, _) in enumerate(half) if 250 < x < 750 and 175 < y < 525}
    far = {label['node'] for label in labels(page)} & inside
    look(page, 0, 1.4)
    near = {label['node'] for label in labels(page)} & inside
    assert len(near) > 1.3 * len(far)


def test_the_most_important_posts_are_named_first(stage):
    page = stage(300)
    look(page, 0, 0.7)
    named = [label['node'] for label in labels(page)]
    places = page.evaluate('[...Array(stage.model.size).keys()].map((i) => stage.overlay.project(i))')
    inside = [i for i, (x, y, _) in enumerate(places) if 80 < x < 920 and 40 < y < 660]
    top = inside[:20]
    assert len(set(named) & set(top)) / len(top) > 1.5 * len(set(named) & set(inside)) / len(inside)


def test_from_afar_topics_are_named_and_nearer_posts(stage):
    page = stage(8000)
    names = page.evaluate('stage.model.data.communities.map((c) => c.name)')
    far = labels(page)
    topics = [label for label in far if label['topic'] >= 0]
    assert len(topics) > 8
    assert all(label['topic'] >= 0 for label in far)
    whole = next(label for label in topics if label['topic'] == 0)
    assert ' '.join(whole['lines']) == names[0]
    # The name stands amid its posts.
    places = page.evaluate("""() => [...Array(stage.model.size).keys()]
        .filter((i) => stage.model.nodes.community[i] === 0).map((i) => stage.overlay.project(i))""")
    xs, ys = sorted(x for x, _, _ in places), sorted(y for _, y, _ in places)
    x0, y0, x1, y1 = whole['box']
    assert xs[len(xs) // 4] < (x0 + x1) / 2 < xs[3 * len(xs) // 4]
    assert ys[len(ys) // 4] < (y0 + y1) / 2 < ys[3 * len(ys) // 4]
    assert page.evaluate('([x, y]) => stage.overlay.topicAt(x, y)', [(x0 + x1) / 2, (y0 + y1) / 2]) == 0
    look(page, 0, 1)
    assert all(label['topic'] < 0 for label in labels(page))


def test_a_hidden_topic_has_no_name(stage):
    page = stage(8000)
    assert any(label['topic'] == 0 for label in labels(page))
    page.evaluate("""() => {
        const { model, engine, overlay } = stage;
        for (let i = 0; i < model.size; i++) if (model.nodes.community[i] === 0) model.nodeOn[i] = 0;
        engine.update(null);
        overlay.update();
        return settle();
    }""")
    assert not any(label['topic'] == 0 for label in labels(page))


@pytest.mark.parametrize('scale', [0.06, 0.4, 1.5])
def test_the_node_under_the_pointer_is_found(stage, scale):
    page = stage(3000)
    look(page, 2, scale)
    wrong = page.evaluate("""() => {
        const { overlay, engine, model } = stage;
        const wrong = [];
        let hits = 0;
        for (let k = 0; k < 1500; k++) {
            const [px, py] = [(k * 37) % 1000, (k * 91.7) % 700];
            // As one would look for it without a grid.
            let [best, gap] = [-1, 6];
            for (let i = 0; i < model.size; i++) {
                const [x, y, r] = overlay.project(i);
                const own = Math.hypot(x - px, y - py) - r;
                if (engine.isDrawn(i) && own < gap) [best, gap] = [i, own];
            }
            const found = overlay.nodeAt(px, py, false);
            if (found >= 0) hits++;
            if (found === best) continue;
            // Of two that are equally near either will do.
            const [x, y, r] = found < 0 ? [0, 0, 0] : overlay.project(found);
            const asNear = found >= 0 && Math.abs(Math.hypot(x - px, y - py) - r - gap) < 1e-3;
            if (!asNear) wrong.push([px, py, found, best]);
        }
        return [wrong, hits];
    }""")
    assert wrong[0] == []
    assert wrong[1] > 40


def test_what_is_not_drawn_cannot_be_hit(stage):
    page = stage(60)
    x, y, _ = page.evaluate('stage.overlay.project(0)')
    assert page.evaluate('([x, y]) => stage.overlay.nodeAt(x, y, false)', [x, y]) == 0
    page.evaluate('stage.model.nodeOn[0] = 0; stage.engine.update(null); settle()')
    assert page.evaluate('([x, y]) => stage.overlay.nodeAt(x, y, false)', [x, y]) != 0


def test_a_finger_is_broader_than_a_pointer(stage):
    page = stage(30)
    look(page, 0, 1)
    page.evaluate(
        'stage.model.nodeOn.fill(0); stage.model.nodeOn[0] = 1; stage.engine.update(null); settle()'
    )
    x, y, r = page.evaluate('stage.overlay.project(0)')
    at = 'coarse => stage.overlay.nodeAt(coarse[0], coarse[1], coarse[2])'
    assert page.evaluate(at, [x + r + 12, y, False]) == -1
    assert page.evaluate(at, [x + r + 12, y, True]) == 0


def test_hovering_lights_the_neighbourhood_and_veils_the_rest(stage):
    page = stage(60)
    x, y, _ = page.evaluate('stage.overlay.project(7)')
    assert overlay_pixel(page, 3, 3)[3] == 0
    page.mouse.move(x, y)
    page.wait_for_function('stage.overlay.hovered >= 0')
    node = page.evaluate('stage.overlay.hovered')
    assert 190 < overlay_pixel(page, 3, 3)[3] < 220
    linked = page.evaluate(
        """node => stage.model.edgesOf(node).map((e) => stage.model.across(e, node))
            .map((i) => [...stage.overlay.project(i), stage.model.nodes.kind[i]])""",
        node,
    )
    posts = [(x, y) for x, y, _, kind in linked if kind == 0]
    assert len(posts) > 2
    # Solid where a neighbour is, labels and arrows included.
    assert all(overlay_pixel(page, x, y)[3] == 255 for x, y in posts)
    page.mouse.move(2, 2)
    page.wait_for_function('stage.overlay.hovered < 0')
    assert overlay_pixel(page, 3, 3)[3] == 0


def test_a_path_shows_its_steps_in_order(stage):
    page = stage(60)
    path = page.evaluate("""() => {
        const { model, overlay } = stage;
        const nodes = [0];
        const edges = [];
        for (let k = 0; k < 3; k++) {
            const end = nodes[nodes.length - 1];
            const edge = model.edgesOf(end).find((e) => !nodes.includes(model.across(e, end)));
            edges.push(edge);
            nodes.push(model.across(edge, end));
        }
        overlay.setPath(edges, nodes);
        const written = [];
        const fillText = CanvasRenderingContext2D.prototype.fillText;
        CanvasRenderingContext2D.prototype.fillText = function (text, ...place) {
            if (this.canvas.id === 'bg-overlay') written.push(text);
            return fillText.call(this, text, ...place);
        };
        overlay.draw();
        return [nodes, written];
    }""")
    nodes, written = path
    assert written == ['1', '2', '3', '4']
    boxes = labels(page)
    assert {label['node'] for label in boxes} <= set(nodes)
    assert covering(boxes) == []
    x, y, r = page.evaluate('stage.overlay.project(0)')
    assert overlay_pixel(page, x + 0.7 * r + 6 - 6, y - 0.7 * r - 6)[3] == 255
    page.evaluate('stage.overlay.setPath([], []); stage.overlay.draw()')
    assert overlay_pixel(page, 3, 3)[3] == 0


def test_the_cursor_is_named_in_any_case(stage):
    page = stage(2000)
    look(page, 1800, 0.25)
    assert all(label['node'] != 1800 for label in labels(page))
    page.evaluate('stage.overlay.cursor = 1800; stage.overlay.draw()')
    boxes = labels(page)
    assert boxes[0]['node'] == 1800
    assert covering(boxes) == []
    x, y, r = page.evaluate('stage.overlay.project(1800)')
    ring = max(3, r) + 4
    around = [overlay_pixel(page, x + dx, y + dy)[3] for dx in (-ring, ring) for dy in (-2, 0, 2)]
    assert any(around)


def test_titles_of_a_thousand_characters_are_cut(stage):
    page = stage(30)
    page.evaluate("""() => {
        stage.model.nodes.label[0] = '一个很长的标题'.repeat(2000);
        stage.overlay.cursor = 0;
        stage.overlay.draw();
    }""")
    label = labels(page)[0]
    assert label['lines'][-1].endswith('…')
    assert label['box'][2] - label['box'][0] < 280


def test_a_picture_of_the_map_has_its_nodes_and_labels(stage):
    page = stage(60)
    found = page.evaluate("""() => {
        const canvas = document.createElement('canvas');
        const v = stage.engine.view();
        [canvas.width, canvas.height] = [2 * v.width, 2 * v.height];
        const context = canvas.getContext('2d');
        context.scale(2, 2);
        let words = 0;
        const fillText = context.fillText;
        context.fillText = (...all) => {
            words++;
            fillText.apply(context, all);
        };
        blogGraph.drawMap(context, stage.model, stage.style, v);
        const at = (x, y) => [...context.getImageData(2 * x, 2 * y, 1, 1).data];
        const [x, y] = stage.overlay.project(0);
        return [at(x, y), at(1, 1), words];
    }""")
    node, corner, words = found
    assert node[3] == corner[3] == 255
    assert node != corner
    assert words > 10
