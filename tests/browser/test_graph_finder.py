"""Which node is where."""

from __future__ import annotations

import pytest
from graph_stage import look


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
