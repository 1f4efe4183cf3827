import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { projectDir } from '../tasks/projectDir.ts';

/** Text of a file of the project. */
function read(file: string): string {
  return readFileSync(path.join(projectDir, file), 'utf8');
}

const manifest = read('package.json');
const words = JSON.parse(read('package.nls.json')) as Readonly<Record<string, string>>;
const texts = JSON.parse(read('l10n/bundle.l10n.json')) as Readonly<Record<string, string | { readonly message: string }>>;
const messages = Object.values(texts).map((text) => (typeof text === 'string' ? text : text.message));
const sources = globSync('src/**/*.ts', { cwd: projectDir });

/** How what is passed first to each `l10n.t` of a file begins. */
function firstArguments(file: string): readonly string[] {
  return [...read(file).matchAll(/\bl10n\s*\.t\(\s*([^\s])/g)].map(([, start = '']) => start);
}

describe('the words of package.json', () => {
  it('stand in package.nls.json, each one that is asked for and no other', () => {
    const wanted = [...manifest.matchAll(/"%([\w.]+)%"/g)].map(([, key = '']) => key);
    assert.deepEqual([...new Set(wanted)].sort(), Object.keys(words).sort());
  });

  it('are never written out where they could be translated', () => {
    const plain = [...manifest.matchAll(/"(title|name|description|markdownDescription|contents|altText|label)": "(?!%)([^"]+)"/g)].map(([line]) => line);
    assert.deepEqual(plain, ['"name": "airflow-azure-identity"']);
  });
});

// That they are the texts of the source is checked by `npm run check`, which exports them again.
describe('the texts for translators', () => {
  it('are found by the exporter: it reads literals only', () => {
    const calls = sources.flatMap((file) => firstArguments(file).map((start) => [file, start] as const));
    assert.ok(calls.length > 300);
    assert.deepEqual(calls.filter(([, start]) => !["'", '"', '`', '{'].includes(start)), []);
    const templates = sources.filter((file) => /\bl10n\s*\.t\(\s*`[^`]*\$\{/.test(read(file)));
    assert.deepEqual(templates, []);
  });

  it('are short enough to be keys', () => {
    assert.deepEqual(Object.keys(texts).filter((key) => key.length >= 500), []);
  });

  it('count their places from {0} without a gap', () => {
    const broken = messages.filter((message) => {
      const places = new Set([...message.matchAll(/\{(\d+)\}/g)].map(([, place]) => Number(place)));
      return [...places].some((place) => place >= places.size);
    });
    assert.deepEqual(broken, []);
  });

  it('keep to the house style: no exclamation mark, no blank at an end', () => {
    const sentences = [...messages, ...Object.values(words)].filter((text) => /\p{L}/u.test(text));
    assert.deepEqual(sentences.filter((text) => /!(?![=[])|^\s|\s$/.test(text)), []);
  });
});
