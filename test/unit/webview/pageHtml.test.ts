import assert from 'node:assert/strict';
import { pageHtml } from '../../../src/vscode/page/pageHtml.ts';

const parts = {
  cspSource: 'https://*.vscode-cdn.net',
  nonce: 'q83v',
  scriptUri: 'https://file/dist/form.js',
  styleUris: ['https://file/dist/codicon.css', 'https://file/media/form.css'],
  language: 'de',
  title: 'Title',
  loading: 'Loading',
};

describe("the form's HTML", () => {
  it('allows its own styles, font and one script, and nothing else', () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(pageHtml(parts))?.[1];
    assert.equal(
      policy,
      "default-src 'none'; style-src https://*.vscode-cdn.net; font-src https://*.vscode-cdn.net; script-src 'nonce-q83v'; form-action 'none'; base-uri 'none'",
    );
  });

  it('has one script, no inline style, and says that it is loading', () => {
    const html = pageHtml(parts);
    assert.deepEqual(html.match(/<script[^>]*>/g), ['<script nonce="q83v" src="https://file/dist/form.js">']);
    assert.doesNotMatch(html, /<style|style="| on\w+=/);
    assert.match(html, /role="status">.*Loading<\/p>/);
  });

  it('takes every part as text', () => {
    const html = pageHtml({ ...parts, title: '</title><script>1</script>', language: '"><b>', loading: '<img src=x>' });
    assert.doesNotMatch(html, /<script>|<b>|<img/);
  });
});
