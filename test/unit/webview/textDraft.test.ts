import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TextDraft } from '../../../src/webview/textDraft.ts';

describe('a text field whose keystrokes are on their way to the host', () => {
  it('takes the value that the host set', () => {
    const draft = new TextDraft('before');
    assert.equal(draft.mustWrite('after', true), true);
  });

  it('takes what the host set even when it comes between two echoes', () => {
    const draft = new TextDraft('');
    draft.typed('a');
    draft.typed('ab');
    assert.equal(draft.mustWrite('a', true), false);
    assert.equal(draft.mustWrite('suggested-name', true), true);
  });

  it('is not overwritten after a view of what stood there at first, which the user came back to meanwhile', () => {
    const draft = new TextDraft('');
    draft.typed('a');
    draft.typed('');
    assert.equal(draft.mustWrite('', true), false);
    assert.equal(draft.mustWrite('a', true), false);
    assert.equal(draft.mustWrite('', true), false);
  });

  it('follows the host again as soon as nobody edits it', () => {
    const draft = new TextDraft('');
    draft.typed('a');
    draft.typed('ab');
    assert.equal(draft.mustWrite('a', false), true);
  });

  it('is never overwritten while it is typed in, and agrees with the host in the end', () => {
    // Typing in a field; the host takes what was sent, some of it at once, and answers with what it holds, some of it late.
    const step = fc.oneof(
      fc.record({ kind: fc.constant('type'), value: fc.string({ maxLength: 3, unit: fc.constantFrom('a', 'b', ' ') }) }),
      fc.constant({ kind: 'host', value: '' }),
      fc.constant({ kind: 'view', value: '' }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const draft = new TextDraft('');
        const sent = new Set<string>();
        let typed = '';
        let host = '';
        const toHost: string[] = [];
        const toPage: string[] = [];
        const hostTakes = (): void => {
          if (toHost.length > 0) {
            host = toHost.splice(0).at(-1)?.trim() ?? '';
            toPage.push(host);
          }
        };
        const viewArrives = (editing: boolean): void => {
          const view = toPage.shift();
          if (view !== undefined && draft.mustWrite(view, editing)) {
            assert.ok(!editing || !sent.has(view), `"${typed}" was overwritten by its own echo "${view}"`);
            typed = view;
          }
        };
        for (const { kind, value } of steps) {
          if (kind === 'type') {
            typed = value;
            sent.add(value.trim());
            draft.typed(value);
            toHost.push(value);
          } else if (kind === 'host') {
            hostTakes();
          } else {
            viewArrives(true);
          }
        }
        hostTakes();
        toPage.push(host);
        while (toPage.length > 0) {
          viewArrives(false);
        }
        assert.equal(typed.trim(), host);
      }),
    );
  });
});
