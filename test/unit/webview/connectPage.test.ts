import assert from 'node:assert/strict';
import { publicAudience } from '../../../src/identity/federatedCredential.ts';
import { emptyConnect } from '../../../src/trust/connectReducer.ts';
import { connectViewOf } from '../../../src/trust/view/connectViewOf.ts';
import { connectPage } from '../../../src/webview/connectPage.ts';
import { keptStateOf } from '../../../src/webview/keptState.ts';
import type { Child } from '../../../src/webview/markup.ts';
import { quotaMeter } from '../../../src/webview/quotaMeter.ts';
import { withPart } from '../../../src/webview/textPart.ts';
import { doneView, reviewView, troubledView } from '../../ui/formPage/views.ts';

const ignore = (): void => undefined;

/** All text of a drawing, in reading order. */
function textOf(children: readonly Child[]): string {
  return children.map((child) => (typeof child === 'string' ? child : textOf(child.children))).join(' ');
}

function attributesOf(children: readonly Child[], name: string): readonly string[] {
  return children.flatMap((child) =>
    typeof child === 'string' ? [] : [child.attributes[name] ?? [], attributesOf(child.children, name)].flat());
}

describe('the page as it is described', () => {
  it('draws the flow from its first state on', () => {
    const text = textOf(connectPage(connectViewOf(emptyConnect(publicAudience)), ignore, ignore));
    assert.match(text, /Choose deployment….*Choose identity….*Nothing planned yet\./);
  });

  it('has nothing inline, which its policy would refuse, and no id twice', () => {
    for (const view of [reviewView, troubledView, doneView]) {
      const page = connectPage(view, ignore, ignore);
      assert.deepEqual(attributesOf(page, 'style'), []);
      const ids = attributesOf(page, 'id');
      assert.equal(new Set(ids).size, ids.length);
      const known = new Set(ids);
      for (const name of ['for', 'aria-labelledby', 'aria-describedby']) {
        const dangling = attributesOf(page, name).flatMap((value) => value.split(' ')).filter((id) => !known.has(id));
        assert.deepEqual(dangling, [], name);
      }
    }
  });

  it('links the row by its title in the sentence, and draws the sentence once', () => {
    const text = textOf(connectPage(doneView, ignore, ignore));
    assert.match(text, /Could not create the credential for {2}dbt-runner/);
    assert.match(text, /Added connection azure_wi to {2}airflow_settings\.yaml, line 10/);
  });
});

describe('the meter of an identity', () => {
  const paths = (used: number, planned: number): readonly string[] =>
    attributesOf([quotaMeter({ used, planned, limit: 20, text: '' })], 'd');

  it('draws used, planned and free slots one after the other', () => {
    assert.deepEqual(paths(7, 5), ['M0 4h70', 'M70 6h50', 'M120 7h80']);
  });

  it('is full and no longer when more is needed than fits', () => {
    assert.deepEqual(paths(19, 5), ['M0 4h190', 'M190 6h10']);
    assert.deepEqual(paths(23, 0), ['M0 4h200']);
  });

  it('shows free slots alone for a new identity', () => {
    assert.deepEqual(paths(0, 0), ['M0 7h200']);
  });
});

describe('a sentence with a part of its own', () => {
  const neverDrawn = (): never => {
    throw new Error('There is no part to draw.');
  };

  it('is whole where the part does not occur or is empty', () => {
    assert.deepEqual(withPart('one two', 'three', neverDrawn), ['one two']);
    assert.deepEqual(withPart('one two', '', neverDrawn), ['one two']);
  });
});

describe('what VS Code kept for the page', () => {
  it('is handed back, and is that of a new page when it is something else', () => {
    assert.deepEqual(keptStateOf({ saved: { a: 1 }, scroll: 40 }), { saved: { a: 1 }, scroll: 40 });
    for (const other of [undefined, null, 'text', { scroll: 'far' }]) {
      assert.deepEqual(keptStateOf(other), { saved: undefined, scroll: 0 });
    }
  });
});
