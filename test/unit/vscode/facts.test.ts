import assert from 'node:assert/strict';
import { escapeMarkdown, factsMarkdown } from '../../../src/vscode/tree/facts.ts';

/** Undoes the escapes as CommonMark reads them. */
function shown(markdown: string): string {
  return markdown.replaceAll(/\\([!-/:-@[-`{-~])/g, '$1');
}

const hostile = [
  '<img src=x onerror=alert(1)> **bold** "quotes"',
  '[click](command:workbench.action.terminal.new)',
  '![x](https://attacker.example/x.png)',
  '$(alert) $(sync~spin)',
  'https://attacker.example/ www.attacker.example mail@attacker.example',
  '| a | b | c |',
  '`code` ~~~ ### * _ \\ {x}',
  '&lt;b&gt; &amp;',
];

describe('tooltips', () => {
  for (const name of hostile) {
    it(`show ${JSON.stringify(name)} as it is`, () => {
      const markdown = escapeMarkdown(name);
      assert.equal(shown(markdown), name);
      // With every mark behind a backslash nothing is left that Markdown could read.
      assert.doesNotMatch(markdown.replaceAll(/\\[!-/:-@[-`{-~]/g, ''), /[!-/:-@[-`{-~]/);
    });
  }

  it('keep a name with line breaks in its cell', () => {
    const lines = factsMarkdown('id', [['Tags', 'a\r\n\n| x | y |\u2028# title']]).split('\n');
    assert.equal(lines.length, 5);
  });

  it('leave out facts that are not known', () => {
    assert.equal(factsMarkdown('id', [['Region', undefined], ['Tags', '']]), '**id**');
  });
});
