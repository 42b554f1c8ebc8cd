"""What lies over the map: neighbourhoods, paths, the cursor."""

from __future__ import annotations

from graph_stage import covering, labels, look


def overlay_pixel(page, x, y):
    return page.evaluate(
        """([x, y]) => {
            const context = document.getElementById('bg-overlay').getContext('2d');
            return [...context.getImageData(x, y, 1, 1).data];
        }""",
        [round(x), round(y)],
    )


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
