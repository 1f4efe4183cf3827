import * as l10n from '@vscode/l10n';
import type { Alias, Document, Node, Pair, YAMLMap } from 'yaml';
import { isAlias, isMap, isNode, isScalar, isSeq, parseDocument, visit, YAMLSeq } from 'yaml';
import type { FormatRefusal } from '../projectFormat.ts';
import { refusal } from '../refusal.ts';

/** What a kind of YAML file is to its reader, for messages and for finding keys. */
export interface YamlKind {
  /** What messages call the file: `airflow_document.yaml`. */
  readonly title: string;
  /** True where keys are compared without letter case, as the Astro CLI does (viper lower-cases every key). */
  readonly ignoresCase: boolean;
  /** True where a key that stands twice is no error to the reader: the last one wins. */
  readonly allowsDuplicates?: boolean;
  /** What to do when the file has another shape than expected, as a sentence. */
  readonly shapeFix: () => string;
}

/** A file of YAML, parsed, with the source tokens that minimal edits need. */
export interface YamlText {
  readonly kind: 'yaml';
  readonly file: YamlKind;
  readonly text: string;
  readonly yaml: Document.Parsed;
  /** What each alias stands for. The parser would go through the whole file for each. */
  readonly aliases: ReadonlyMap<Alias, Node>;
}

// What go-yaml, the reader of the Astro CLI and of Docker Compose, calls control characters, and what an editor shows for bytes it cannot decode.
// oxlint-disable-next-line eslint/no-control-regex -- control characters are what is looked for
const notText = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u0084\u0086-\u009F\uFEFF\uFFFD]|\r(?!\n)/;

/** How often one anchor may be repeated within a value, as the parser has it by itself (yaml 2.9.1, `ToJSOptions.maxAliasCount`). */
const mostRepeats = 100;

/** Parses the file, given without a byte order mark, or says why it must not be edited. Throws only what the parser throws for absurd nesting. */
export function readYaml(text: string, file: YamlKind): YamlText | FormatRefusal {
  const strange = notText.exec(text);
  if (strange !== null) {
    const code = strange[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    return refusal(
      text,
      strange.index,
      l10n.t('{0} holds the character U+{1}, which does not belong into a YAML text.', file.title, code),
      l10n.t('Check that the file is text, saved as UTF-8.'),
    );
  }
  const yaml = parseDocument(text, { keepSourceTokens: true, prettyErrors: false, logLevel: 'error', uniqueKeys: file.allowsDuplicates !== true });
  const error = yaml.errors.find(({ code }) => code !== 'MULTIPLE_DOCS') ?? yaml.errors[0];
  if (error?.code === 'MULTIPLE_DOCS') {
    return refusal(
      text,
      error.pos[0],
      l10n.t('{0} holds several YAML documents; only the first would be read.', file.title),
      l10n.t('Keep one document, without a second --- line.'),
    );
  }
  if (error !== undefined) {
    return refusal(
      text,
      error.pos[0],
      l10n.t('{0} does not parse: {1}', file.title, error.message),
      l10n.t('Correct the YAML there, then try again.'),
    );
  }
  const aliases = new Map<Alias, Node>();
  const alias = text.includes('*') ? followAliases(yaml, aliases) : undefined;
  return alias === undefined
    ? { kind: 'yaml', file, text, yaml, aliases }
    : refusal(
        text,
        alias.range?.[0] ?? 0,
        l10n.t('{0} uses the alias *{1}, but no such anchor stands before it.', file.title, alias.source),
        l10n.t('Correct the YAML there, then try again.'),
      );
}

/**
 * Follows each alias to the last anchor of its name before it. @returns the first alias without one, or inside its own: readers of
 * YAML refuse the file for either.
 */
function followAliases(yaml: Document.Parsed, aliases: Map<Alias, Node>): Alias | undefined {
  const anchors = new Map<string, Node>();
  let broken: Alias | undefined;
  visit(yaml, {
    Node: (_key, node, path) => {
      if (isAlias(node)) {
        const target = anchors.get(node.source);
        if (target === undefined || path.some((parent) => isNode(parent) && anchorOf(parent).includes(node.source))) {
          broken = node;
          return visit.BREAK;
        }
        aliases.set(node, target);
      }
      for (const anchor of anchorOf(node)) {
        anchors.set(anchor, node);
      }
      return undefined;
    },
  });
  return broken;
}

/** A refusal because an anchor, alias or merge key stands where the edit would have to be. */
export function sharedRefusal(document: YamlText, node: Node, what: string): FormatRefusal {
  return refusal(
    document.text,
    node.range?.[0] ?? 0,
    l10n.t('{0} is shared through a YAML anchor, alias or merge key. An edit there would change other places too.', what),
    l10n.t('Write it out in full, without the anchor, or add the connection by hand.'),
  );
}

/** What a node stands for: an alias is followed, anything else is itself. */
export function followed({ aliases }: YamlText, node: unknown): Node | undefined {
  if (isAlias(node)) {
    return aliases.get(node);
  }
  return isNode(node) ? node : undefined;
}

/** The pair of a key, given in lower case where the file's reader ignores it. */
export function pairOf({ file }: YamlText, map: YAMLMap, key: string): Pair<Node, Node | null> | undefined {
  return (map.items as Pair<Node, Node | null>[]).find(
    (pair) => isScalar(pair.key) && typeof pair.key.value === 'string' && (file.ignoresCase ? pair.key.value.toLowerCase() : pair.key.value) === key,
  );
}

/** The value of a key, looked for in the map itself, then in what `<<` brings. */
export function valueOf(document: YamlText, map: YAMLMap, key: string): Node | undefined {
  const own = pairOf(document, map, key);
  if (own !== undefined) {
    return own.value ?? undefined;
  }
  const merge = pairOf(document, map, '<<')?.value;
  const sources = isSeq(merge) ? merge.items : [merge];
  for (const source of sources) {
    const merged = followed(document, source);
    const pair = isMap(merged) ? pairOf(document, merged, key) : undefined;
    if (pair !== undefined) {
      return pair.value ?? undefined;
    }
  }
  return undefined;
}

/** True when `<<` brings keys from elsewhere into a map. */
export function hasMergeKey(document: YamlText, map: YAMLMap): boolean {
  return pairOf(document, map, '<<') !== undefined;
}

/** True when a node, or anything in it, has an anchor that an alias somewhere in the file refers to. */
export function isShared(document: YamlText, node: Node, depth: 'itself' | 'within'): boolean {
  const anchors = depth === 'within' ? anchorsIn(node) : anchorOf(node);
  if (anchors.length === 0) {
    return false;
  }
  const aliased = new Set(Array.from(document.aliases.keys(), ({ source }) => source));
  return anchors.some((anchor) => aliased.has(anchor));
}

function anchorOf(node: Node): readonly string[] {
  const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
  return anchor === undefined ? [] : [anchor];
}

/** Values of nodes as JavaScript has them, aliases followed: all at once, since the parser goes through the whole file for each call. */
export function valuesOf({ yaml, aliases }: YamlText, nodes: readonly (Node | undefined)[]): readonly unknown[] {
  if (aliases.size === 0) {
    return nodes.map((node) => (node === undefined ? null : (node.toJS(yaml) as unknown)));
  }
  const all = new YAMLSeq<Node | null>();
  all.items = nodes.map((node) => node ?? null);
  // The bound of the parser is for one value of a whole file.
  return all.toJS(yaml, { maxAliasCount: mostRepeats * nodes.length }) as unknown[];
}

function anchorsIn(node: Node): readonly string[] {
  const anchors: string[] = [];
  visit(node, {
    Node: (_key, inner) => {
      anchors.push(...anchorOf(inner));
    },
  });
  return anchors;
}
