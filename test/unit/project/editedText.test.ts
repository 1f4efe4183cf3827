import assert from 'node:assert/strict';
import fc from 'fast-check';
import { EditedText } from '../../../src/project/editedText.ts';
import type { TextEdit } from '../../../src/project/textEdit.ts';
import { applyEdits } from '../../../src/project/textEdit.ts';

/** Edits for a text of some length: sorted, apart. */
function editsFrom(length: number, numbers: readonly number[], texts: readonly string[]): readonly TextEdit[] {
  const places = numbers.map((number) => number % (length + 1)).sort((a, b) => a - b);
  return texts.flatMap((text, index) => {
    const [from, to] = [places[index * 2], places[index * 2 + 1]];
    return from === undefined || to === undefined ? [] : [{ offset: from, length: to - from, text }];
  });
}

describe('a text that is edited several times', () => {
  it('tells in one go what all edits did', () => {
    const round = fc.tuple(fc.array(fc.nat(), { minLength: 6, maxLength: 6 }), fc.array(fc.string({ maxLength: 5 }), { maxLength: 3 }));
    fc.assert(fc.property(fc.string({ maxLength: 40 }), fc.array(round, { maxLength: 4 }), (text, rounds) => {
      const edited = rounds.reduce((before, [numbers, texts]) => before.with(editsFrom(before.text.length, numbers, texts)), EditedText.of(text));
      const edits = edited.edits();
      assert.equal(applyEdits(text, edits), edited.text);
      edits.forEach(({ offset, length, text: put }, index) => {
        const next = edits[index + 1];
        assert.ok(length > 0 || put !== '');
        assert.ok(next === undefined || offset + length < next.offset);
      });
    }), { numRuns: 500 });
  });

  it('that came in and went again is no edit', () => {
    const twice = EditedText.of('ab').with([{ offset: 1, length: 0, text: 'xyz' }]).with([{ offset: 1, length: 3, text: '' }]);
    assert.deepEqual(twice.edits(), []);
  });
});
