"""How well something is seen on what is behind it."""

from __future__ import annotations

CONTRAST = """([selector, property]) => {
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
    const text = channels(getComputedStyle(element)[property]);
    text[3] *= opacity;
    const [a, b] = [luminance(over(text, background)), luminance(background)].sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05);
  });
}"""
"""Contrast (WCAG 2) of each element that a selector finds; called with ``[selector, property]``, where the
property is the colour that matters: ``color``, ``fill``, ``stroke``."""
