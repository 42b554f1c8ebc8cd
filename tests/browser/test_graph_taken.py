"""Which places on the screen are taken."""

from __future__ import annotations


def test_what_is_taken_is_found_wherever_it_stands(stage):
    wrong, hits = stage(5).evaluate("""() => {
        let state = 1;
        const random = (most) => {
            state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
            return Math.floor((state / 4294967296) * most);
        };
        const taken = new blogGraph.Taken(500, 300);
        const boxes = [];
        let [wrong, hits] = [0, 0];
        for (let k = 0; k < 2000; k++) {
            // Some lie partly or wholly outside, some are larger than a cell.
            const [x, y] = [random(900) - 200, random(700) - 200];
            const box = [x, y, x + 1 + random(90), y + 1 + random(40)];
            const meets = (o) => box[0] < o[2] && o[0] < box[2] && box[1] < o[3] && o[1] < box[3];
            const hit = boxes.some(meets);
            hits += Number(hit);
            wrong += Number(taken.hits(box) !== hit);
            if (boxes.length && k % 5 === 0) {
                const but = random(boxes.length);
                const others = boxes.filter((_, number) => number !== but);
                wrong += Number(taken.hits(box, but) !== others.some(meets));
            }
            if (!hit || k % 20 === 0) {
                wrong += Number(taken.add(box) !== boxes.length);
                boxes.push(box);
            }
        }
        return [wrong, hits];
    }""")
    assert wrong == 0
    assert hits > 500
