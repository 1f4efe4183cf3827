import { getLocation } from 'jsonc-parser';
import { identityKeys } from '../../connection/identityKeys.ts';
import { connectionTypeOf } from '../../connection/types/connectionTypes.ts';
import { closeBlocks, indentation, outlineBefore } from '../airflowSettings/blockOutline.ts';
import type { TextRange } from '../projectFormat.ts';
import { lineBreakOf, lineEnd, lineStart } from '../textLines.ts';
import type { Completion } from './completion.ts';
import { rank } from './completion.ts';
import { connectionSnippets, freeConnectionId, jsonPairs } from './connectionSnippets.ts';
import type { KnownIdentity } from './knowledge.ts';

/** The keys of a connection in JSON and YAML, in the order people write them. */
const connectionKeys = ['conn_type', 'host', 'login', 'password', 'schema', 'port', 'extra'] as const;

/** What fits in `connections.json`: a connection, or a key of one. */
export function jsonFileCompletions(text: string, offset: number, identities: readonly KnownIdentity[]): readonly Completion[] {
  const { path, isAtPropertyKey } = getLocation(text, offset);
  if (!isAtPropertyKey) {
    return [];
  }
  const replaced = keyAround(text, offset);
  if (path.length > 1) {
    return keyCompletions(path, text.slice(0, offset), replaced, (key) => `"${key}": `);
  }
  const lineBreak = lineBreakOf(text);
  const comma = /^\s*"/.test(text.slice(replaced.offset + replaced.length, replaced.offset + replaced.length + 1_000)) ? ',' : '';
  const connectionId = freeConnectionId(text);
  return connectionSnippets(identities, true).map(({ fields, extra, ...shown }, index) => ({
    ...shown, kind: 'connection', replaced, sortText: `0${rank(index)}`, filterText: `" ${shown.filterText}`,
    snippet: [
      `"\${1:${connectionId}}": {`,
      ...fields.map(([key, value]) => `    "${key}": "${value}",`),
      `    "extra": { ${jsonPairs(extra, ', ')} \\}`,
      `  \\}${comma}`,
    ].join(lineBreak),
  }));
}

/** What fits in `connections.yaml`: a connection where a key of the file stands, or a key of one. */
export function yamlFileCompletions(text: string, offset: number, identities: readonly KnownIdentity[]): readonly Completion[] {
  const start = lineStart(text, offset);
  const line = text.slice(start, offset);
  if (!/^ *[\w-]*$/.test(line) || !/^\w*\s*$/.test(text.slice(offset, lineEnd(text, offset)))) {
    return [];
  }
  const { blocks, valueColumn } = outlineBefore(text, start);
  const column = indentation(text, start);
  if (valueColumn !== undefined && column > valueColumn) {
    return [];
  }
  const around = [...blocks];
  closeBlocks(around, column, 'map');
  const replaced = wordAround(text, offset);
  const path = around.filter((block) => block.column < column).map(({ key }) => key);
  if (path.length > 0) {
    return keyCompletions([...path, ''], text.slice(0, start), replaced, (key) => `${key}: `);
  }
  const lineBreak = lineBreakOf(text);
  const connectionId = freeConnectionId(text);
  return column > 0 ? [] : connectionSnippets(identities, true).map(({ fields, extra, ...shown }, index) => ({
    ...shown, kind: 'connection', replaced, sortText: `0${rank(index)}`,
    snippet: [
      `\${1:${connectionId}}:`,
      ...fields.map(([key, value]) => `  ${key}: ${value === '' ? '""' : value}`),
      '  extra:',
      ...extra.map(([key, value]) => `    ${key}: ${value}`),
    ].join(lineBreak),
  }));
}

/** What fits in `.env`: a variable with a connection at the start of a line, or a key in the JSON of one. */
export function envCompletions(text: string, offset: number, identities: readonly KnownIdentity[]): readonly Completion[] {
  const start = lineStart(text, offset);
  const line = text.slice(start, offset);
  const json = /^\s*AIRFLOW_CONN_\w+=(?=\{)/i.exec(line);
  if (json !== null) {
    const value = text.slice(start + json[0].length, lineEnd(text, offset));
    const { path, isAtPropertyKey } = getLocation(value, offset - start - json[0].length);
    return isAtPropertyKey ? keyCompletions(['', ...path], line, keyAround(text, offset), (key) => `"${key}": `) : [];
  }
  if (!/^[\w-]*$/.test(line) || !/^\w*\s*$/.test(text.slice(offset, lineEnd(text, offset)))) {
    return [];
  }
  const connectionId = freeConnectionId(text).toUpperCase();
  return connectionSnippets(identities, true).map(({ fields, extra, ...shown }, index) => ({
    ...shown, kind: 'connection', replaced: wordAround(text, offset), sortText: `0${rank(index)}`, filterText: `AIRFLOW_CONN_ ${shown.filterText}`,
    snippet: `AIRFLOW_CONN_\${1:${connectionId}}={${jsonPairs(fields, ',')},"extra":{${jsonPairs(extra, ',')}\\}\\}`,
  }));
}

/** The keys that fit at a place of a connection: its own, or those that its type reads in `extra`. */
function keyCompletions(path: readonly (string | number)[], before: string, replaced: TextRange, written: (key: string) => string): readonly Completion[] {
  const keys = path.length === 2 ? connectionKeys : path.length === 3 && path[1] === 'extra' ? extraKeys(before) : [];
  return keys.map((key, index) => ({
    kind: 'key', label: key, detail: undefined, snippet: `${written(key)}$0`, replaced, sortText: `1${rank(index)}`, filterText: written(key),
  }));
}

/** The type stands above `extra` in nearly every file; without one the keys of the identity are left. */
function extraKeys(before: string): readonly string[] {
  const type = connectionTypeOf(Array.from(before.slice(-2_000).matchAll(/conn_type["']?\s*:\s*["']?(\w+)/g)).at(-1)?.[1] ?? '');
  return [identityKeys.clientId, identityKeys.tenantId, ...(type?.fields ?? []).filter(({ place }) => place === 'extra').map(({ id }) => id)];
}

/** A key with the quotes that are there already. */
function keyAround(text: string, offset: number): TextRange {
  const { offset: start, length } = wordAround(text, offset);
  const opening = text[start - 1] === '"' ? 1 : 0;
  const closing = opening === 1 && text[start + length] === '"' ? 1 : 0;
  return { offset: start - opening, length: length + opening + closing };
}

/** With dashes: people type the names of identities. */
function wordAround(text: string, offset: number): TextRange {
  const before = /[\w-]*$/.exec(text.slice(lineStart(text, offset), offset))?.[0] ?? '';
  const behind = /^\w*/.exec(text.slice(offset, lineEnd(text, offset)))?.[0] ?? '';
  return { offset: offset - before.length, length: before.length + behind.length };
}
