import * as vscode from 'vscode';
import { row } from '../tree/row.ts';
import type { TreeNode } from '../tree/treeNode.ts';
import type { ConnectionFile } from './connectionFiles.ts';
import type { ConnectionNodePorts } from './connectionNode.ts';
import { ConnectionNode } from './connectionNode.ts';

/** A file of the workspace, with the connections that stand in it. */
export class FileNode implements TreeNode {
  readonly id: string;
  readonly parent: TreeNode;
  readonly children: readonly ConnectionNode[];
  readonly file: ConnectionFile;

  constructor(parent: TreeNode, file: ConnectionFile, ports: ConnectionNodePorts) {
    this.id = `/connections/${file.uri}`;
    this.parent = parent;
    this.file = file;
    const times = new Map<string, number>();
    this.children = file.connections.map((placed) => {
      const { connectionId } = placed.connection;
      const count = (times.get(connectionId) ?? 0) + 1;
      times.set(connectionId, count);
      return new ConnectionNode(this, count === 1 ? connectionId : `${connectionId} ${count}`, placed, ports);
    });
  }

  item(): vscode.TreeItem {
    const { uri, label, reach, problem } = this.file;
    const isFailed = problem !== undefined;
    const item = row({
      id: this.id,
      kind: vscode.l10n.t('File'),
      label,
      description: problem,
      icon: isFailed ? 'error' : 'file',
      ...(isFailed ? { color: 'list.errorForeground' } : {}),
      facts: [
        [vscode.l10n.t('Read by'), reach],
        [vscode.l10n.t('Error'), problem],
      ],
      traits: ['connectionFile'],
      expands: isFailed ? 'no' : 'expanded',
    });
    if (isFailed) {
      item.command = { command: 'vscode.open', title: vscode.l10n.t('Open in File'), arguments: [vscode.Uri.parse(uri)] };
    }
    return item;
  }
}
