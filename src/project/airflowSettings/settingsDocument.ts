import * as l10n from '@vscode/l10n';
import type { Alias, Document, Node, Pair, YAMLMap } from 'yaml';
import { isAlias, isMap, isNode, isScalar, isSeq, parseDocument, visit } from 'yaml';
import type { EditPlan } from '../textEdit.ts';
import { lineNumber } from '../textLines.ts';

/** Why a file is left alone. */
export type Refusal = Extract<EditPlan, { kind: 'refused' }>;

/** `airflow_settings.yaml`, parsed, with the source tokens that minimal edits need. */
export interface SettingsDocument {
  readonly text: string;
  readonly yaml: Document.Parsed;
}

// What go-yaml, the Astro CLI's reader, calls control characters, and what an editor shows for bytes it cannot decode.
// oxlint-disable-next-line eslint/no-control-regex -- control characters are what is looked for
const notText = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u0084\u0086-\u009F\uFEFF\uFFFD]|\r(?!\n)/;

/** Parses the file, given without a byte order mark, or says why it must not be edited. Throws only what the parser throws for absurd nesting. */
export function readSettings(text: string): SettingsDocument | Refusal {
  const strange = notText.exec(text);
  if (strange !== null) {
    const code = strange[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    return refusal(
      text,
      strange.index,
      l10n.t('airflow_settings.yaml holds the character U+{0}, which does not belong into a YAML text.', code),
      l10n.t('Check that the file is text, saved as UTF-8.'),
    );
  }
  const yaml = parseDocument(text, { keepSourceTokens: true, prettyErrors: false });
  const error = yaml.errors.find(({ code }) => code !== 'MULTIPLE_DOCS') ?? yaml.errors[0];
  if (error?.code === 'MULTIPLE_DOCS') {
    return refusal(
      text,
      error.pos[0],
      l10n.t('airflow_settings.yaml holds several YAML documents; the Astro CLI reads only the first.'),
      l10n.t('Keep one document, without a second --- line.'),
    );
  }
  if (error !== undefined) {
    return refusal(
      text,
      error.pos[0],
      l10n.t('airflow_settings.yaml does not parse: {0}', error.message),
      l10n.t('Correct the YAML there, then try again.'),
    );
  }
  const alias = text.includes('*') ? brokenAlias(yaml) : undefined;
  return alias === undefined
    ? { text, yaml }
    : refusal(
        text,
        alias.range?.[0] ?? 0,
        l10n.t('airflow_settings.yaml uses the alias *{0}, but no such anchor stands before it.', alias.source),
        l10n.t('Correct the YAML there, then try again.'),
      );
}

/** The first alias without an anchor before it, or inside its own: readers of YAML refuse the file for either. */
function brokenAlias(yaml: Document.Parsed): Alias | undefined {
  const anchors = new Set<string>();
  let broken: Alias | undefined;
  visit(yaml, {
    Node: (_key, node, path) => {
      if (isAlias(node)) {
        const isInside = path.some((parent) => isNode(parent) && anchorOf(parent).includes(node.source));
        if (isInside || !anchors.has(node.source)) {
          broken = node;
          return visit.BREAK;
        }
      }
      for (const anchor of anchorOf(node)) {
        anchors.add(anchor);
      }
      return undefined;
    },
  });
  return broken;
}

/** A refusal that names the line of `offset`. */
export function refusal(text: string, offset: number, message: string, fix: string): Refusal {
  return { kind: 'refused', code: 'fileUnreadable', message, fix, line: lineNumber(text, offset) };
}

/** A refusal because an anchor, alias or merge key stands where the edit would have to be. */
export function sharedRefusal(settings: SettingsDocument, node: Node, what: string): Refusal {
  return refusal(
    settings.text,
    node.range?.[0] ?? 0,
    l10n.t('{0} is shared through a YAML anchor, alias or merge key. An edit there would change other places too.', what),
    l10n.t('Write it out in full, without the anchor, or add the connection by hand.'),
  );
}

/** What a node stands for: an alias is followed, anything else is itself. */
export function followed(settings: SettingsDocument, node: unknown): Node | undefined {
  if (isAlias(node)) {
    return node.resolve(settings.yaml);
  }
  return isNode(node) ? node : undefined;
}

/** The pair of a key, compared without letter case as the Astro CLI does (viper lower-cases every key). */
export function pairOf(map: YAMLMap, key: string): Pair<Node, Node | null> | undefined {
  return (map.items as Pair<Node, Node | null>[]).find(
    (pair) => isScalar(pair.key) && typeof pair.key.value === 'string' && pair.key.value.toLowerCase() === key,
  );
}

/** True when `<<` brings keys from elsewhere into a map. */
export function hasMergeKey(map: YAMLMap): boolean {
  return pairOf(map, '<<') !== undefined;
}

/** True when a node, or anything in it, has an anchor that an alias somewhere in the file refers to. */
export function isShared(settings: SettingsDocument, node: Node, depth: 'itself' | 'within'): boolean {
  const anchors = depth === 'within' ? anchorsIn(node) : anchorOf(node);
  if (anchors.length === 0) {
    return false;
  }
  const aliased = new Set<string>();
  visit(settings.yaml, {
    Alias: (_key, alias) => {
      aliased.add(alias.source);
    },
  });
  return anchors.some((anchor) => aliased.has(anchor));
}

function anchorOf(node: Node): readonly string[] {
  const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
  return anchor === undefined ? [] : [anchor];
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
