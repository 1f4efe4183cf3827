import * as vscode from 'vscode';

/**
 * Where a connection is, for the cursor: its `conn_id` line, or the top. Looks at lines and not at YAML, so that it
 * finds its way in a file that does not parse, which is when people open it.
 */
export function connectionPosition(document: vscode.TextDocument, connectionId: string): vscode.Position {
  for (let line = 0; line < document.lineCount; line += 1) {
    const found = /^[\s{,-]*["']?conn_id["']?\s*:\s*["']?(?<id>[^"'\s,}]+)/i.exec(document.lineAt(line).text);
    if (found?.groups?.['id'] === connectionId) {
      return new vscode.Position(line, /conn_id/i.exec(found[0])?.index ?? 0);
    }
  }
  return new vscode.Position(0, 0);
}
