import assert from 'node:assert/strict';
import { previewEdits } from '../../../src/project/editPreview.ts';
import { maskSecrets } from '../../../src/project/secretMask.ts';
import type { TextEdit } from '../../../src/project/textEdit.ts';

/** The preview as a diff prints it, with the lines it covers. */
function shown(text: string, edits: readonly TextEdit[]): readonly string[] {
  const { preview, lines } = previewEdits(text, edits, maskSecrets);
  return [`${lines.first}-${lines.last}`, ...preview.map((line) => `${{ same: ' ', removed: '-', added: '+' }[line.kind]}${line.text}`)];
}

describe('previewEdits', () => {
  for (const [name, text, edits, expected] of [
    ['an insertion between two lines', 'a\nb\nc\nd\n', [{ offset: 4, length: 0, text: 'new\n' }], ['2-4', ' b', '+new', ' c']],
    ['an insertion at the start', 'a\nb\n', [{ offset: 0, length: 0, text: 'new\n' }], ['1-2', '+new', ' a']],
    ['an insertion behind the last line break', 'a\nb\n', [{ offset: 4, length: 0, text: 'new\n' }], ['2-3', ' b', '+new']],
    ['an insertion where the last line has no line break', 'a\nb', [{ offset: 3, length: 0, text: '\nnew' }], ['2-3', ' b', '+new']],
    ['the first text of an empty file', '', [{ offset: 0, length: 0, text: 'x\ny\n' }], ['1-2', '+x', '+y']],
    ['a change in a line, in Windows line endings', 'a\r\nb: 1\r\nc\r\n', [{ offset: 6, length: 1, text: '2' }], ['1-3', ' a', '-b: 1', '+b: 2', ' c']],
    ['two changes with lines between them', 'a\nb\nc\nd\ne\n', [{ offset: 2, length: 1, text: 'B' }, { offset: 6, length: 1, text: 'D' }],
      ['1-5', ' a', '-b', '+B', ' c', '-d', '+D', ' e']],
    ['a removed line', 'a\nb\nc\n', [{ offset: 2, length: 2, text: '' }], ['1-2', ' a', '-b', ' c']],
  ] as const) {
    it(`shows ${name}`, () => {
      assert.deepEqual(shown(text, edits), expected);
    });
  }

  it('gives up comparing where thousands of lines lie between two changes', () => {
    const text = 'x\n'.repeat(3_000);
    const { preview } = previewEdits(text, [{ offset: 0, length: 1, text: 'y' }, { offset: 5_998, length: 1, text: 'y' }], maskSecrets);
    assert.equal(preview.length, 6_000);
  });

  it('hides the password of a neighbouring entry', () => {
    assert.deepEqual(shown('conn_password: hunter2\n', [{ offset: 23, length: 0, text: 'b\n' }]), ['1-2', ' conn_password: ••••••', '+b']);
  });

  it('hides the last line of a neighbour\'s password that began above what is shown', () => {
    const text = '- conn_password: |\n    hun\n    ter2\n- conn_id: a\n';
    const at = text.indexOf('- conn_id');
    assert.deepEqual(shown(text, [{ offset: at, length: 0, text: '- conn_id: new\n' }]), ['3-5', '     ••••••', '+- conn_id: new', ' - conn_id: a']);
    const quoted = 'conn_password: "hun\n\n  ter2"\nb: 1\nc: 1\n';
    assert.deepEqual(shown(quoted, [{ offset: quoted.indexOf('b: 1'), length: 4, text: 'b: 2' }]), ['3-5', '   ••••••', '-b: 1', '+b: 2', ' c: 1']);
  });
});
