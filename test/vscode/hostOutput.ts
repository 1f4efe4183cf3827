/** What the runner inside the extension host prints first: before it, the console is VS Code's own. */
export const firstLine = 'Tests in the extension host of VS Code';
