"""Nodes and links on a canvas that is no map."""

from __future__ import annotations


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


def test_lines_are_cut_where_they_leave_the_canvas(stage):
    page = stage(5)
    cut = page.evaluate("""() => {
        const cases = [
            [[10, 10, 90, 50], true], [[-1000, 30, 1000, 30], true], [[50, -4000, 50, 4000], true],
            [[-100, -50, -20, 900], false], [[200, 0, 400, 60], false], [[-500, -500, 600, 600], true],
        ];
        return cases.map(([line, seen]) => {
            const places = [];
            const pen = { moveTo: (...at) => places.push(at), lineTo: (...at) => places.push(at) };
            blogGraph.addLine(pen, { width: 100, height: 60 }, ...line);
            return [line, seen, places];
        });
    }""")
    for (x0, y0, x1, y1), seen, places in cut:
        assert bool(places) == seen
        for x, y in places:
            assert -13 < x < 113
            assert -13 < y < 73
            # Still on the line.
            assert (
                abs((x - x0) * (y1 - y0) - (y - y0) * (x1 - x0))
                < 1e-6 * max(1, abs(x1 - x0), abs(y1 - y0)) ** 2
            )


def test_far_away_nodes_stop_shrinking(stage):
    radius = 'scale => blogGraph.radiusAt(10, scale)'
    page = stage(5)
    assert page.evaluate(radius, 2) == 20
    assert page.evaluate(radius, 0.5) == 5
    assert page.evaluate(radius, 0.02) == page.evaluate(radius, 0.05) > 1


def test_specks_stand_for_the_rest(stage):
    page = stage(300)
    counts = page.evaluate("""() => {
        const { model, style, engine } = stage;
        const v = engine.view();
        const count = (last) => {
            const canvas = document.createElement('canvas');
            [canvas.width, canvas.height] = [v.width, v.height];
            const context = canvas.getContext('2d');
            for (const _ of blogGraph.speckSteps(context, model, style, blogGraph.transformOf(v), last));
            const { data } = context.getImageData(0, 0, v.width, v.height);
            let dots = 0;
            for (let k = 3; k < data.length; k += 4) dots += Number(data[k] > 0);
            return dots;
        };
        const all = count(-1);
        model.nodeOn.fill(0, 0, 100);
        return [all, count(99), count(model.size - 1), count(Infinity), model.size];
    }""")
    assert counts[0] > 0.9 * counts[4]
    assert 0.85 * (counts[4] - 100) < counts[1] <= counts[4] - 100
    assert counts[2:4] == [0, 0]


def test_drawing_pauses_often(stage):
    page = stage(2000)
    edges, nodes = page.evaluate("""() => {
        const { model, style, engine } = stage;
        const context = document.createElement('canvas').getContext('2d');
        const transform = blogGraph.transformOf(engine.view());
        const all = [...Array(model.size).keys()];
        const links = [...Array(model.links).keys()];
        return [
            [...blogGraph.edgeSteps(context, model, style, transform, links)].length,
            [...blogGraph.nodeSteps(context, model, style, transform, all)].length,
        ];
    }""")
    assert edges > 8000 / 100
    assert nodes > 2000 / 100
