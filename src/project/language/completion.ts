import type { TextRange } from '../projectFormat.ts';

/** One thing to be offered. All texts are plain, but for `snippet`. */
export interface Completion {
  readonly kind: 'connection' | 'key' | 'value';
  readonly label: string;
  readonly detail: string | undefined;
  /** In VS Code's snippet syntax, with all indentation in it: to be inserted with `keepWhitespace`. */
  readonly snippet: string;
  readonly replaced: TextRange;
  /** Compared as text; the most useful comes first. */
  readonly sortText: string;
  /** What typed letters are matched with. */
  readonly filterText: string;
}

/** `$`, `}` and `\` have a meaning in snippets (code.visualstudio.com/docs/editing/userdefinedsnippets, "Snippet syntax"). */
export function escapeSnippet(text: string): string {
  return text.replace(/[$}\\]/g, '\\$&');
}

/** The place of a completion in a list, for `sortText`. */
export function rank(index: number): string {
  return String(index).padStart(4, '0');
}
