"""Names on the map: none covers another one, and the important ones come first."""

from __future__ import annotations

import pytest
from graph_stage import covering, labels, look


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
        page.evaluate('settle()')  # on a busy machine names come over several frames
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
    # on a busy machine a frame comes before its labels
    assert sum(len(boxes) > 2 for boxes in steps) > len(steps) // 2
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


def test_the_foremost_post_of_a_view_is_named_even_in_a_crowd(stage):
    page = stage(300)
    page.evaluate("""() => {
        const { nodes } = stage.model;
        for (let i = 1; i < 60; i++) {
            nodes.x[i] = nodes.x[0] + 30 * Math.cos(i) * Math.sqrt(i);
            nodes.y[i] = nodes.y[0] + 30 * Math.sin(i) * Math.sqrt(i);
        }
        stage.engine.redraw();
        return settle();
    }""")
    look(page, 0, 1)
    boxes = labels(page)
    assert 0 in {label['node'] for label in boxes}
    assert covering(boxes) == []
