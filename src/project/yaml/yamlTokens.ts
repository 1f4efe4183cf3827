import type { CST, Pair } from 'yaml';

type BlockItem = CST.BlockMap['items'][number] | CST.BlockSequence['items'][number] | CST.FlowCollection['items'][number];

/** Where the parts of one `key: value` stand in the text, as offsets. */
export interface PairPlace {
  /** Start of the key, or of the `?` before it. */
  readonly start: number;
  /** Behind the colon. */
  readonly colonEnd: number;
  /** True when a comment stands between colon and value, as in `conn_extra: # the identity`. */
  readonly hasComment: boolean;
  /** Tags, anchors and value without what follows them; `undefined` when nothing stands there. */
  readonly value: { readonly start: number; readonly end: number } | undefined;
  readonly valueToken: CST.Token | undefined;
}

/** Where a pair stands, or `undefined` when it has no colon (`? key`, or `key` in a flow map). */
export function placeOfPair(pair: Pair): PairPlace | undefined {
  const item = pair.srcToken;
  const colon = item?.sep?.find(({ type }) => type === 'map-value-ind');
  const key = item === undefined ? undefined : keyStart(item);
  if (item === undefined || colon === undefined || key === undefined) {
    return undefined;
  }
  const behind = (item.sep ?? []).filter(({ offset }) => offset > colon.offset);
  const props = behind.filter(({ type }) => type === 'tag' || type === 'anchor');
  const valueToken = isEmptyToken(item.value) ? undefined : (item.value ?? undefined);
  const first = props[0]?.offset ?? valueToken?.offset;
  const lastProp = props.at(-1);
  const end = valueToken !== undefined ? contentEnd(valueToken) : lastProp && lastProp.offset + lastProp.source.length;
  return {
    start: key,
    colonEnd: colon.offset + 1,
    hasComment: valueToken !== undefined && behind.some(({ type }) => type === 'comment'),
    value: first === undefined || end === undefined ? undefined : { start: first, end },
    valueToken,
  };
}

/** Offset behind the last character of a token that is content: comments, blanks and line breaks after it are not. */
export function contentEnd(token: CST.Token): number {
  switch (token.type) {
    case 'block-map':
    case 'block-seq': {
      const items: readonly BlockItem[] = token.items;
      const last = items.findLast((item) => itemEnd(item) !== undefined);
      return (last && itemEnd(last)) ?? token.offset;
    }
    case 'flow-collection': {
      const close = token.end.find(({ type }) => type === 'flow-seq-end' || type === 'flow-map-end');
      return close === undefined ? token.offset : close.offset + close.source.length;
    }
    case 'block-scalar': {
      const header = token.props.reduce((length, prop) => length + ('source' in prop ? prop.source.length : 0), 0);
      return token.offset + header + token.source.length;
    }
    default:
      return 'source' in token ? token.offset + token.source.length : token.offset;
  }
}

/** Offset behind the last content of one item of a list or map, or `undefined` for an item of comments alone. */
export function itemEnd(item: BlockItem): number | undefined {
  const value = 'value' in item ? item.value : undefined;
  if (value !== undefined && value !== null && !isEmptyToken(value)) {
    return contentEnd(value);
  }
  const marks = [...(item.start ?? []), ...('sep' in item ? (item.sep ?? []) : [])].filter(({ type }) => isContent(type));
  const last = marks.at(-1);
  const markEnd = last === undefined ? undefined : last.offset + last.source.length;
  const keyEnd = 'key' in item && item.key !== undefined && item.key !== null ? contentEnd(item.key) : undefined;
  return markEnd === undefined ? keyEnd : Math.max(markEnd, keyEnd ?? 0);
}

/** The last scalar of a token when it is a block scalar (`|` or `>`), whose end depends on what follows it. */
export function lastBlockScalar(token: CST.Token): CST.BlockScalar | undefined {
  if (token.type === 'block-scalar') {
    return token;
  }
  if (token.type !== 'block-map' && token.type !== 'block-seq') {
    return undefined;
  }
  const items: readonly BlockItem[] = token.items;
  const last = items.findLast((item) => itemEnd(item) !== undefined);
  const value = last !== undefined && 'value' in last ? last.value : undefined;
  // Behind `? |` there may be no value at all.
  const end = value ?? (last !== undefined && 'key' in last ? last.key : undefined);
  return end === undefined || end === null ? undefined : lastBlockScalar(end);
}

/** Where the key of a map's item starts: at its `?`, tag or anchor where it has one. */
export function keyStart(item: BlockItem): number | undefined {
  const mark = item.start?.find(({ type }) => type === 'explicit-key-ind' || type === 'anchor' || type === 'tag');
  return mark?.offset ?? ('key' in item ? item.key?.offset : undefined) ?? undefined;
}

function isEmptyToken(token: CST.Token | null | undefined): boolean {
  return token === null || token === undefined || (token.type === 'scalar' && token.source === '');
}

function isContent(type: CST.SourceToken['type']): boolean {
  return type !== 'space' && type !== 'newline' && type !== 'comment' && type !== 'comma';
}
