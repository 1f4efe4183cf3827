import * as vscode from 'vscode';

/** The files whose connections are looked at while somebody types. By name: other extensions give them other languages. */
export const connectionFiles: vscode.DocumentSelector = [
  { pattern: '**/{airflow_settings.yaml,.env}' },
  { pattern: '**/connections.{json,yaml,yml,env}' },
  { pattern: '**/{docker-compose,compose,docker-compose.override,compose.override}.{yaml,yml}' },
];

/** Where DAGs are written: below `dags`, or wherever Airflow is imported. */
export const pythonFiles: vscode.DocumentFilter = { language: 'python' };

/** Enough of a file to find its imports, in characters. */
const headLength = 20_000;

/** True for a Python file that belongs to Airflow. */
export function isDagFile(document: vscode.TextDocument): boolean {
  return document.languageId === 'python'
    && (/\/dags\//.test(document.uri.path) || /^\s*(?:from|import)\s+airflow\b/m.test(document.getText().slice(0, headLength)));
}

/** True for a file with connections that can be edited: not an old version of it beside a diff. */
export function isConnectionFile(document: vscode.TextDocument): boolean {
  return vscode.languages.match(connectionFiles, document) > 0 && vscode.workspace.fs.isWritableFileSystem(document.uri.scheme) !== false;
}
