import type { Child, Markup } from './markup.ts';

/** Gives `text` with its first occurrence of `part` drawn by `draw`; without one, the text as it is. */
export function withPart(text: string, part: string, draw: (part: string) => Markup): readonly Child[] {
  const at = part === '' ? -1 : text.indexOf(part);
  return at < 0
    ? [text]
    : [text.slice(0, at), draw(part), text.slice(at + part.length)].filter((child) => child !== '');
}
