/** What a person can do with an element, and the value that the view gives it. */
export type Control =
  | { readonly kind: 'press'; readonly press: () => void }
  | { readonly kind: 'text'; readonly value: string; readonly typed: (value: string) => void }
  | { readonly kind: 'tick'; readonly ticked: boolean; readonly changed: (ticked: boolean) => void }
  | { readonly kind: 'choice'; readonly value: string; readonly chosen: (value: string) => void };

/** Text is always text: no string is ever parsed as HTML, so names from outside cannot become elements. */
export type Child = Markup | string;

/** An element as it should stand in the page. Built without a DOM, so that what a view draws is tested as data. */
export interface Markup {
  readonly tag: string;
  /** Tells siblings of one tag apart, so that an element keeps its focus, caret and scroll when others come and go. */
  readonly key: string | undefined;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Child[];
  readonly control: Control | undefined;
}

/**
 * Describes an element. Of `attributes`, `true` sets an empty one, `false` and `undefined` leave it out, and `key` names
 * the element among its siblings; missing children are left out.
 */
export function element(
  tag: string,
  attributes: Readonly<Record<string, string | boolean | undefined>>,
  children: readonly (Child | undefined)[] = [],
  control?: Control,
): Markup {
  const set: Record<string, string> = {};
  let key: string | undefined;
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'key') {
      key = String(value);
    } else if (value !== undefined && value !== false) {
      set[name] = value === true ? '' : value;
    }
  }
  return { tag, key, attributes: set, children: children.filter((child) => child !== undefined), control };
}
