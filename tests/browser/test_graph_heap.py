"""The heap of the graph page."""

from __future__ import annotations

import heapq

from graph_scripts import call
from hypothesis import given
from hypothesis import strategies as st


@given(st.lists(st.integers(0, 9) | st.none(), max_size=40))
def test_it_gives_what_heapq_gives(graph_scripts, steps):
    """A number is put in, None takes one out."""
    found = call(
        graph_scripts,
        """({ steps }) => {
          const heap = new blogGraph.Heap((a, b) => a < b);
          const taken = [];
          for (const step of steps) {
            if (step !== null) heap.push(step);
            else taken.push([heap.size, heap.peek() ?? null, heap.pop() ?? null]);
          }
          return taken;
        }""",
        steps=steps,
    )
    heap: list[int] = []
    expected = []
    for step in steps:
        if step is not None:
            heapq.heappush(heap, step)
        else:
            size = len(heap)
            first = heapq.heappop(heap) if heap else None
            expected.append([size, first, first])
    assert found == expected
