import assert from 'node:assert/strict';
import { paced } from '../../../src/vscode/paced.ts';

describe('drawing a list that grows', () => {
  it('happens as often as rows can be read while the list is short, and more rarely the longer it is', () => {
    let time = 0;
    let count = 10;
    const drawn: number[] = [];
    const draw = paced(() => { drawn.push(time); return count; }, () => time);
    for (; time <= 1_200; time += 100) {
      draw();
    }
    assert.deepEqual(drawn, [0, 300, 600, 900, 1_200]);
    count = 10_000;
    for (; time <= 3_600; time += 100) {
      draw();
    }
    assert.deepEqual(drawn.slice(5), [1_500, 2_500, 3_500]);
  });
});
