/** One row of a tooltip; rows without a value are left out. */
export type Fact = readonly [name: string, value: string | undefined];

/**
 * Makes a text appear in Markdown exactly as it is. Every ASCII punctuation mark may be escaped by a backslash
 * (CommonMark 0.31, 2.4), which also keeps bare URLs, HTML, icons such as `$(x)` and table cells from being recognised.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replaceAll(/[!-/:-@[-`{-~]/g, String.raw`\$&`)
    .replaceAll(/[\r\n\t\u2028\u2029]+/g, ' ');
}

/** The Markdown of a tooltip: a bold title and a table of facts. All texts may come from outside. */
export function factsMarkdown(title: string, facts: readonly Fact[]): string {
  const rows = facts.flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [`| ${escapeMarkdown(name)} | ${escapeMarkdown(value)} |`],
  );
  const heading = `**${escapeMarkdown(title)}**`;
  return rows.length === 0 ? heading : [heading, '', '| | |', '|:--|:--|', ...rows].join('\n');
}
