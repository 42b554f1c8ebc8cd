"""What both engines of the map promise, and the hands that move it, on a bare page."""

from __future__ import annotations

import math

import pytest
from graph_stage import open_stage, show

ENGINES = ['canvas', 'vis']


@pytest.fixture
def stage(page, tmp_path):
    """Show a graph: ``stage(posts, engine)`` gives the page."""
    page.set_viewport_size({'width': 1000, 'height': 700})
    open_stage(page, tmp_path)

    def go(posts=60, engine='canvas'):
        show(page, posts, engine)
        return page

    return go


def view(page):
    return page.evaluate('stage.engine.view()')


def pixel(page, x, y):
    """Colour that the engine has drawn at a point of the map."""
    return page.evaluate(
        """([x, y]) => {
            const canvas = document.querySelector('#bg-canvas canvas');
            const k = canvas.width / canvas.clientWidth;
            return [...canvas.getContext('2d').getImageData(Math.round(x * k), Math.round(y * k), 1, 1).data];
        }""",
        [x, y],
    )


def colour(page, expression):
    """A colour of the style as the browser's numbers."""
    return page.evaluate(f"""() => {{
        const context = document.createElement('canvas').getContext('2d');
        context.fillStyle = {expression};
        context.fillRect(0, 0, 1, 1);
        return [...context.getImageData(0, 0, 1, 1).data];
    }}""")


def only(page, *nodes):
    page.evaluate(
        """nodes => {
            const { model, engine } = stage;
            model.nodeOn.fill(0);
            model.edgeOn.fill(0);
            for (const i of nodes) model.nodeOn[i] = 1;
            engine.update(null);
            return settle();
        }""",
        list(nodes),
    )


def project(page, node):
    return page.evaluate('node => stage.overlay.project(node)', node)


# --------------------------------------------------------------------- engines


@pytest.mark.parametrize('engine', ENGINES)
def test_a_view_that_was_set_is_the_view(stage, engine):
    page = stage(60, engine)
    page.evaluate('stage.engine.setView({ x: 120, y: -45, scale: 0.75 }, false)')
    now = view(page)
    assert (now['x'], now['y'], now['scale']) == pytest.approx((120, -45, 0.75), abs=1e-6)
    assert (now['width'], now['height']) == (1000, 700)


@pytest.mark.parametrize('engine', ENGINES)
def test_a_node_is_drawn_in_its_colour_where_the_view_puts_it(stage, engine):
    page = stage(60, engine)
    only(page, 0)
    for x, y in ((300, 200), (700, 480)):
        page.evaluate(
            """([x, y]) => {
                const { nodes } = stage.model;
                stage.engine.setView({ x: nodes.x[0] + 500 - x, y: nodes.y[0] + 350 - y, scale: 1 }, false);
                return settle();
            }""",
            [x, y],
        )
        assert project(page, 0)[:2] == pytest.approx([x, y], abs=0.01)
        assert pixel(page, x, y)[:3] == colour(page, 'stage.style.node(0).fill')[:3]
        beside = pixel(page, x - 60, y)
        assert beside[3] == 0 or beside == colour(page, 'stage.style.background')


@pytest.mark.parametrize('engine', ENGINES)
def test_what_is_switched_off_disappears(stage, engine):
    page = stage(60, engine)
    only(page, 0)
    x, y, _ = project(page, 0)
    before = pixel(page, x, y)
    assert page.evaluate('stage.engine.isDrawn(0)')
    only(page, 1)
    assert not page.evaluate('stage.engine.isDrawn(0)')
    assert page.evaluate('stage.engine.isDrawn(1)')
    assert page.evaluate('stage.engine.drawn()') == {'nodes': 1, 'of': 1}
    assert pixel(page, x, y) != before


@pytest.mark.parametrize('engine', ENGINES)
def test_the_budget_keeps_the_most_important_nodes(stage, engine):
    page = stage(60, engine)
    size = page.evaluate('stage.model.size')
    assert page.evaluate('stage.engine.drawn()') == {'nodes': size, 'of': size}
    page.evaluate('stage.engine.setBudget(10, 5); settle()')
    assert page.evaluate('stage.engine.drawn()') == {'nodes': 10, 'of': size}
    assert page.evaluate('[...Array(stage.model.size).keys()].filter(stage.engine.isDrawn)') == [*range(10)]
    page.evaluate('stage.engine.setBudget(Infinity, Infinity); settle()')
    assert page.evaluate('stage.engine.drawn()') == {'nodes': size, 'of': size}


@pytest.mark.parametrize('engine', ENGINES)
def test_nodes_and_links_may_arrive_later(stage, engine):
    page = stage(60, engine)
    page.evaluate(
        """kind => {
            const all = makeModel(90);
            const model = { ...all, size: 5, links: 0, starts: new Uint32Array(6), ends: new Uint32Array(0),
                nodeOn: new Uint8Array(5).fill(1), edgeOn: new Uint8Array(0) };
            openStage(model, kind);
            return settle().then(() => {
                window.before = stage.engine.drawn();
                Object.assign(model, all);
                stage.engine.grow();
                stage.overlay.grow();
                return settle();
            });
        }""",
        engine,
    )
    assert page.evaluate('before') == {'nodes': 5, 'of': 5}
    size = page.evaluate('stage.model.size')
    assert page.evaluate('stage.engine.drawn()') == {'nodes': size, 'of': size}
    only(page, size - 1)
    x, y, _ = project(page, size - 1)
    background = pixel(page, 3, 3)
    reach = range(-14, 15, 2)
    assert any(pixel(page, x + dx, y + dy) != background for dx in reach for dy in reach)


@pytest.mark.parametrize('engine', ENGINES)
def test_a_slow_move_glides_there(stage, engine):
    page = stage(60, engine)
    start = view(page)
    middle = page.evaluate("""() => {
        stage.engine.setView({ x: 300, y: 100, scale: 2 }, true);
        return new Promise((done) => setTimeout(() => done(stage.engine.view()), 120));
    }""")
    assert start['scale'] < middle['scale'] < 2
    page.evaluate('settle(700)')
    end = view(page)
    assert (end['x'], end['y'], end['scale']) == pytest.approx((300, 100, 2), abs=1e-3)


@pytest.mark.parametrize('engine', ENGINES)
def test_with_reduced_motion_a_slow_move_jumps(stage, page, engine):
    page.emulate_media(reduced_motion='reduce')
    stage(60, engine)
    page.evaluate('stage.engine.setView({ x: 30, y: 10, scale: 2 }, true)')
    assert view(page)['scale'] == pytest.approx(2)


@pytest.mark.parametrize('engine', ENGINES)
def test_light_and_dark_are_painted_anew(stage, engine):
    page = stage(60, engine)
    only(page, 0)
    x, y, _ = project(page, 0)
    light = pixel(page, x, y)
    page.evaluate(
        "document.documentElement.dataset.theme = 'dark'; stage.paint(); stage.engine.redraw(); settle()"
    )
    dark = pixel(page, x, y)
    assert dark != light
    assert dark[:3] == colour(page, 'stage.style.node(0).fill')[:3]


@pytest.mark.parametrize('engine', ENGINES)
def test_the_map_follows_the_size_of_its_box(stage, engine):
    page = stage(60, engine)
    page.set_viewport_size({'width': 640, 'height': 500})
    page.evaluate('settle()')
    now = view(page)
    assert (now['width'], now['height']) == (640, 500)
    assert page.evaluate("document.querySelector('#bg-canvas canvas').clientWidth") == 640


@pytest.mark.parametrize('engine', ENGINES)
def test_a_destroyed_engine_leaves_nothing(stage, engine):
    page = stage(60, engine)
    page.evaluate('stage.gestures.destroy(); stage.engine.destroy()')
    assert page.locator('#bg-canvas canvas').count() == 0
    page.evaluate('window.stage = null; settle()')


# ------------------------------------------------------------ the canvas engine


def test_a_screen_of_many_pixels_gets_them(browser, tmp_path):
    context = browser.new_context(device_scale_factor=2, viewport={'width': 600, 'height': 400})
    page = context.new_page()
    open_stage(page, tmp_path)
    show(page, 60)
    assert page.evaluate("document.querySelector('#bg-canvas canvas').width") == 1200
    only(page, 0)
    x, y, r = project(page, 0)
    inside = r - 2
    assert pixel(page, x + inside, y)[:3] == colour(page, 'stage.style.node(0).fill')[:3]
    assert pixel(page, x + r + 3, y) == colour(page, 'stage.style.background')
    context.close()


def test_looking_nearer_brings_the_rest(stage):
    page = stage(400)
    page.evaluate('stage.engine.setBudget(40, 100); settle()')
    assert not page.evaluate('stage.engine.isDrawn(399)')
    page.evaluate("""() => {
        const { nodes } = stage.model;
        stage.engine.setView({ x: nodes.x[399], y: nodes.y[399], scale: 8 }, false);
        return settle();
    }""")
    counted = page.evaluate("""() => {
        const { nodes, size } = stage.model;
        const v = stage.engine.view();
        let of = 0;
        for (let i = 0; i < size; i++) {
            of += Number(Math.abs(nodes.x[i] - v.x) * v.scale <= v.width / 2 &&
                Math.abs(nodes.y[i] - v.y) * v.scale <= v.height / 2);
        }
        return of;
    }""")
    assert 0 < counted <= 40
    assert page.evaluate('stage.engine.drawn()') == {'nodes': counted, 'of': counted}
    assert page.evaluate('stage.engine.isDrawn(399)')


def test_of_the_links_the_strongest_are_drawn(stage):
    page = stage(400)
    weights = page.evaluate("""() => {
        const { model } = stage;
        const chosen = blogGraph.choose(model, { nodes: 200, edges: 60 }, null, 0);
        const drawn = new Set(chosen.edges);
        const between = [...model.edges.source.keys()].filter((e) =>
            Math.max(model.edges.source[e], model.edges.target[e]) <= chosen.last);
        const of = (list) => list.map((e) => model.edges.weight[e]);
        const [kept, left] = [true, false].map((is) => of(between.filter((e) => drawn.has(e) === is)));
        return [kept, left, drawn.size];
    }""")
    assert len(weights[0]) == weights[2] == 60
    assert len(weights[1]) > 60
    assert min(weights[0]) >= max(weights[1]) - 1 / 500


def test_links_lead_only_to_what_is_drawn(stage):
    page = stage(400)
    assert page.evaluate("""() => {
        const { model } = stage;
        model.nodeOn.fill(0, 100, 150);
        const { edges, last } = blogGraph.choose(model, { nodes: 200, edges: Infinity }, null, 0);
        const ends = [...edges].flatMap((e) => [model.edges.source[e], model.edges.target[e]]);
        return ends.length > 100 && new Set(edges).size === edges.length &&
            ends.every((i) => model.nodeOn[i] && i <= last);
    }""")


def test_while_the_map_moves_nothing_is_drawn_again(stage):
    page = stage(2000)
    drawn = page.evaluate("""async () => {
        let lines = 0;
        const lineTo = CanvasRenderingContext2D.prototype.lineTo;
        CanvasRenderingContext2D.prototype.lineTo = function (...place) {
            lines++;
            return lineTo.apply(this, place);
        };
        const { x, y, scale } = stage.engine.view();
        for (let k = 1; k <= 10; k++) {
            stage.engine.setView({ x: x + 3 * k / scale, y, scale }, false);
            await new Promise(requestAnimationFrame);
        }
        const moving = lines;
        stage.engine.redraw();
        await settle();
        return [moving, lines];
    }""")
    assert drawn[0] == 0
    assert drawn[1] > 1000


def test_a_large_drawing_is_spread_over_frames(stage):
    page = stage(20_000)
    frames = page.evaluate("""async () => {
        const before = stage.draws;
        stage.engine.setBudget(Infinity, Infinity);
        let frames = 0;
        await new Promise(requestAnimationFrame);
        // The map is shown once at once, and again when the new bitmap is complete.
        const first = stage.draws;
        while (stage.draws === first && frames < 3000) {
            frames++;
            await new Promise(requestAnimationFrame);
        }
        return frames;
    }""")
    assert 10 < frames < 3000
    assert page.evaluate('stage.engine.drawn().nodes') > 20_000


# ---------------------------------------------------------------------- gestures


def world(page, x, y):
    now = view(page)
    return (
        now['x'] + (x - now['width'] / 2) / now['scale'],
        now['y'] + (y - now['height'] / 2) / now['scale'],
    )


@pytest.mark.parametrize('engine', ENGINES)
def test_the_mouse_drags_the_map_and_that_is_no_click(stage, engine):
    page = stage(60, engine)
    there = world(page, 400, 300)
    page.mouse.move(400, 300)
    page.mouse.down()
    page.mouse.move(450, 330, steps=5)
    page.mouse.move(520, 260, steps=5)
    page.mouse.up()
    assert world(page, 520, 260) == pytest.approx(there, abs=1e-3)
    told = page.evaluate('stage.told')
    assert (told['taps'], told['starts'], told['ends']) == ([], 1, 1)
    page.mouse.click(200, 100)
    page.mouse.click(210, 110, button='middle')
    assert page.evaluate('stage.told.taps') == [[200, 100, 0, 'click'], [210, 110, 1, 'auxclick']]


@pytest.mark.parametrize('engine', ENGINES)
def test_the_wheel_zooms_about_the_pointer(stage, engine):
    page = stage(60, engine)
    before = view(page)['scale']
    there = world(page, 700, 200)
    page.mouse.move(700, 200)
    page.mouse.wheel(0, -240)
    page.wait_for_function('before => stage.engine.view().scale > before', arg=before)
    assert world(page, 700, 200) == pytest.approx(there, abs=1e-3)
    assert page.evaluate('scrollY') == 0
    nearer = view(page)['scale']
    page.mouse.wheel(0, 480)
    page.wait_for_function('nearer => stage.engine.view().scale < nearer', arg=nearer)
    # One movement, or two when the machine is slow to turn the wheel.
    page.wait_for_function('stage.told.ends > 0 && stage.told.ends === stage.told.starts')
    assert page.evaluate('stage.told.taps') == []


def test_a_trackpads_pinch_zooms_within_limits(stage):
    page = stage()
    page.evaluate("""() => {
        for (let k = 0; k < 200; k++) {
            document.getElementById('bg-stage').dispatchEvent(new WheelEvent('wheel', {
                deltaY: -20, ctrlKey: true, clientX: 300, clientY: 300, bubbles: true, cancelable: true,
            }));
        }
    }""")
    assert view(page)['scale'] == pytest.approx(8)
    page.evaluate("""() => {
        for (let k = 0; k < 200; k++) {
            document.getElementById('bg-stage').dispatchEvent(
                new WheelEvent('wheel', { deltaY: 9, deltaMode: 1, bubbles: true, cancelable: true }));
        }
    }""")
    assert view(page)['scale'] == pytest.approx(0.02)


def test_hovering_is_told_but_not_while_dragging(stage):
    page = stage()
    page.mouse.move(300, 300)
    page.wait_for_function('stage.told.hovers.length === 1')
    assert page.evaluate('stage.told.hovers') == [[300, 300]]
    page.mouse.down()
    page.mouse.move(400, 320, steps=4)
    page.evaluate('settle(50)')
    page.mouse.up()
    assert page.evaluate('stage.told.hovers.length') == 1


class Fingers:
    """Touches of a page through the browser's own input."""

    def __init__(self, page):
        self.session = page.context.new_cdp_session(page)
        self.session.send('Emulation.setTouchEmulationEnabled', {'enabled': True, 'maxTouchPoints': 5})
        self.page = page

    def send(self, kind, *points):
        touches = [{'x': x, 'y': y, 'id': number} for number, (x, y) in enumerate(points)]
        self.session.send('Input.dispatchTouchEvent', {'type': kind, 'touchPoints': touches})
        self.page.wait_for_timeout(20)

    def drag(self, *paths, steps=12):
        self.send('touchStart', *(path[0] for path in paths))
        for step in range(1, steps + 1):
            share = step / steps
            self.send(
                'touchMove',
                *((a + (c - a) * share, b + (d - b) * share) for (a, b), (c, d) in paths),
            )
        self.send('touchEnd')


@pytest.mark.parametrize('engine', ENGINES)
def test_one_finger_scrolls_the_page_and_hears_of_two(stage, engine):
    page = stage(60, engine)
    before = view(page)
    Fingers(page).drag([(500, 500), (500, 200)])
    page.wait_for_function('scrollY > 100')
    assert view(page) == before
    assert page.evaluate('stage.told.hints') == 1


def test_one_finger_to_the_side_moves_nothing(stage):
    page = stage()
    before = view(page)
    Fingers(page).drag([(500, 300), (300, 302)])
    assert view(page) == before
    assert page.evaluate('[scrollY, stage.told.hints]') == [0, 1]


@pytest.mark.parametrize('engine', ENGINES)
def test_two_fingers_pinch_about_their_middle(stage, engine):
    page = stage(60, engine)
    scale = view(page)['scale']
    there = world(page, 400, 300)
    Fingers(page).drag([(350, 300), (300, 330)], [(450, 300), (500, 270)])
    assert world(page, 400, 300) == pytest.approx(there, abs=0.1)
    assert view(page)['scale'] == pytest.approx(scale * math.hypot(200, 60) / 100, rel=1e-3)
    assert page.evaluate('[scrollY, stage.told.hints, stage.told.starts, stage.told.ends]') == [0, 0, 1, 1]


def test_two_fingers_drag_the_map_and_not_the_page(stage):
    page = stage()
    before = view(page)
    there = world(page, 400, 500)
    Fingers(page).drag([(350, 500), (350, 250)], [(450, 500), (450, 250)])
    assert world(page, 400, 250) == pytest.approx(there, abs=0.1)
    assert view(page)['scale'] == pytest.approx(before['scale'])
    assert page.evaluate('scrollY') == 0


def test_a_tap_of_a_finger_is_a_tap(stage):
    page = stage()
    fingers = Fingers(page)
    fingers.send('touchStart', (320, 240))
    fingers.send('touchEnd')
    page.wait_for_function('stage.told.taps.length === 1')
    x, y, button, kind = page.evaluate('stage.told.taps[0]')
    assert (round(x), round(y), button, kind) == (320, 240, 0, 'click')
