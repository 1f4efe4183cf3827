import * as vscode from 'vscode';
import type { KubernetesPort } from '../../../deployment/kubernetesPort.ts';
import type { LanguageBundle } from '../../../project/languageBundle.ts';
import type { Log } from '../../log.ts';
import type { Messages } from '../../messages.ts';
import { clusterWay } from './clusterWay.ts';
import type { LayoutWay } from './layoutWay.ts';
import { typedWays } from './typedWays.ts';
import { valuesWay } from './valuesWay.ts';

/** What the ways need. */
export interface LayoutWayPorts {
  readonly log: Log;
  readonly messages: Messages;
  /** Loads `dist/kubernetes.js` on first use. */
  readonly kubernetes: () => KubernetesPort;
  /** Loads `dist/language.js` on first use. */
  readonly language: () => LanguageBundle;
}

/** Every way of finding the service accounts of an Airflow in a cluster. A further one is a file beside these and a line here. */
export function allWays({ log, messages, kubernetes, language }: LayoutWayPorts): readonly LayoutWay[] {
  return [...typedWays(), valuesWay(language, log), clusterWay(kubernetes, { messages, log }, () => vscode.workspace.isTrusted)];
}
