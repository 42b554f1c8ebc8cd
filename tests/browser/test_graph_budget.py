"""Which nodes and links are drawn."""

from __future__ import annotations


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


def test_a_view_within_the_budget_shows_all_that_is_on(stage):
    page = stage(400)
    assert page.evaluate("""() => {
        const { model } = stage;
        model.nodeOn[3] = model.nodeOn[77] = 0;
        const { nodes, last, inside, of } = blogGraph.choose(model, blogGraph.defaultBudget, null, 0);
        return last === Infinity && inside === of && of === model.size - 2 && nodes.length === of &&
            !nodes.includes(3) && !nodes.includes(77);
    }""")


def test_the_margin_costs_nothing_of_the_budget(stage):
    page = stage(400)
    inside, outside, drawn, of = page.evaluate("""() => {
        const { model } = stage;
        const { x, y } = model.nodes;
        const view = { left: -200, top: -150, right: 200, bottom: 150 };
        const found = blogGraph.choose(model, { nodes: 20, edges: 100 }, view, 80);
        const within = (i) => Math.abs(x[i]) <= 200 && Math.abs(y[i]) <= 150;
        const near = (i) => Math.abs(x[i]) <= 280 && Math.abs(y[i]) <= 230;
        const all = [...Array(model.size).keys()];
        const expected = all.filter((i) => near(i) && i <= found.last);
        if (String(expected) !== String([...found.nodes])) throw new Error('other nodes');
        return [
            expected.filter(within).length, expected.filter((i) => !within(i)).length, found.inside, found.of,
        ];
    }""")
    assert inside == drawn == 20
    assert outside > 3
    assert of > 20


def test_without_a_budget_nothing_is_drawn(stage):
    page = stage(60)
    assert page.evaluate("""() => {
        const { nodes, edges, last } = blogGraph.choose(stage.model, { nodes: 0, edges: 0 }, null, 0);
        return [nodes.length, edges.length, last];
    }""") == [0, 0, -1]
