/** How a language writes texts and objects: Terraform's HCL, or Bicep. */
export type BlockLanguage = 'terraform' | 'bicep';

/** A piece of a text: as it is, or a reference to be replaced. */
type TextPart = string | { readonly reference: string };

/** A value of an infrastructure file, as far as it can be told without running anything. */
export type BlockValue =
  | { readonly kind: 'text'; readonly parts: readonly TextPart[]; readonly line: number }
  | { readonly kind: 'list'; readonly items: readonly BlockValue[]; readonly line: number }
  | { readonly kind: 'object'; readonly entries: ReadonlyMap<string, BlockValue>; readonly line: number }
  | { readonly kind: 'reference'; readonly reference: string; readonly line: number }
  /** Bicep's `[for item in list: value]`. */
  | { readonly kind: 'loop'; readonly variable: string; readonly list: BlockValue; readonly body: BlockValue; readonly line: number }
  /** Something only Terraform or Bicep could compute. */
  | { readonly kind: 'computed'; readonly written: string; readonly line: number };

/** What names stand for while values are read. */
export type BlockScope = ReadonlyMap<string, BlockValue>;

/** The text that a value comes to, or `undefined`. */
export function textOf(value: BlockValue | undefined, scope: BlockScope, depth = 0): string | undefined {
  if (value === undefined || depth > 10) {
    return undefined;
  }
  if (value.kind === 'reference') {
    return textOf(scope.get(value.reference), scope, depth + 1);
  }
  if (value.kind !== 'text') {
    return undefined;
  }
  let text: string | undefined = '';
  for (const part of value.parts) {
    const piece: string | undefined = typeof part === 'string' ? part : textOf(scope.get(part.reference), scope, depth + 1);
    text = text === undefined || piece === undefined ? undefined : text + piece;
  }
  return text;
}

/** The items of a list, followed through names; `undefined` when it is no list that can be told. */
export function itemsOf(value: BlockValue | undefined, scope: BlockScope, depth = 0): readonly BlockValue[] | undefined {
  if (value?.kind === 'reference' && depth < 10) {
    return itemsOf(scope.get(value.reference), scope, depth + 1);
  }
  return value?.kind === 'list' ? value.items : undefined;
}

/** A value as people read it, for messages. */
export function writtenOf(value: BlockValue): string {
  switch (value.kind) {
    case 'text':
      return value.parts.map((part) => (typeof part === 'string' ? part : `\${${part.reference}}`)).join('');
    case 'reference':
      return value.reference;
    case 'computed':
      return value.written;
    case 'list':
    case 'object':
    case 'loop':
      return value.kind === 'object' ? '{…}' : '[…]';
  }
}
