"""Panels as they look: readable in light and dark."""

from __future__ import annotations

import pytest

CONTRAST = """selector => {
  const channels = (color) => {
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const over = (top, below) => {
    const alpha = top[3] / 255;
    return [0, 1, 2].map((i) => top[i] * alpha + below[i] * (1 - alpha)).concat(255);
  };
  const luminance = (rgb) => {
    const linear = (v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    const [r, g, b] = rgb.map((v) => linear(v / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  return [...document.querySelectorAll(selector)].map((element) => {
    let opacity = 1;
    let background = [255, 255, 255, 255];
    const layers = [];
    for (let node = element; node; node = node.parentElement) {
      const style = getComputedStyle(node);
      opacity *= Number(style.opacity);
      layers.unshift(channels(style.backgroundColor));
    }
    for (const layer of layers) background = over(layer, background);
    const text = channels(getComputedStyle(element).color);
    text[3] *= opacity;
    const [a, b] = [luminance(over(text, background)), luminance(background)].sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05);
  });
}"""


@pytest.fixture(scope='module', params=['alabaster', 'furo', 'pydata_sphinx_theme'])
def built(make_site, request):
    files = {
        f'p{number}.rst': (
            f':blogpost:\n:date: 2020-01-0{number}\n:author: Emmy\n\n学习({number})：概率空间\n'
            f'=====================\n\n概率空间的最小化。见《学习(1)：概率空间》与《学习(5)》。\n'
        )
        for number in (1, 2, 4)
    }
    return make_site(files, {'html_theme': request.param}).build()


@pytest.mark.parametrize('scheme', ['light', 'dark'])
@pytest.mark.parametrize(
    'selector',
    ['.blog-meta .blog-date', '.blog-meta a', '.blog-panel li .blog-date', '.blog-reasons', '.blog-note'],
)
def test_small_print_has_enough_contrast(built, page, scheme, selector):
    page.emulate_media(color_scheme=scheme)
    page.goto((built.outdir / 'p2.html').as_uri())
    ratios = page.evaluate(CONTRAST, selector)
    assert ratios
    assert min(ratios) >= 4.5
