import * as vscode from 'vscode';
import type { FileContent, FormatRefusal } from '../../project/projectFormat.ts';

/**
 * Where a connection is, for the cursor: its entry, or the top. Where the file does not parse, which is when people open
 * it, lines are looked at for a `conn_id`.
 */
export function connectionPosition(document: vscode.TextDocument, connectionId: string, content: FileContent | FormatRefusal | undefined): vscode.Position {
  const found = content !== undefined && 'connections' in content
    ? content.connections.find(({ connection }) => connection.connectionId.toLowerCase() === connectionId.toLowerCase())
    : undefined;
  if (found !== undefined) {
    return document.positionAt(found.entry.offset);
  }
  for (let line = 0; line < document.lineCount; line += 1) {
    const found = /^[\s{,-]*["']?conn_id["']?\s*:\s*["']?(?<id>[^"'\s,}]+)/i.exec(document.lineAt(line).text);
    if (found?.groups?.['id'] === connectionId) {
      return new vscode.Position(line, /conn_id/i.exec(found[0])?.index ?? 0);
    }
  }
  return new vscode.Position(0, 0);
}
