"""The hands that move the map, over both engines."""

from __future__ import annotations

import math

import pytest
from graph_stage import view

ENGINES = ['canvas', 'vis']


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
