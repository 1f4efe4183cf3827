import type * as vscode from 'vscode';
import type { DeploymentSource } from '../../../deployment/deploymentPort.ts';
import type { Log } from '../../log.ts';
import type { Messages } from '../../messages.ts';
import { astroSource } from './astronomer/astroSource.ts';
import type { AstroTokens } from './astronomer/astroTokens.ts';
import { ManualDeployments } from './manual/manualDeployments.ts';
import { manualSource } from './manual/manualSource.ts';
import type { SourceKind } from './sourceKind.ts';

/** What the sources need. */
export interface SourcePorts {
  readonly astro: () => DeploymentSource;
  readonly astroTokens: AstroTokens;
  readonly globalState: vscode.Memento;
  readonly log: Log;
  readonly messages: Messages;
  readonly clouds: { readonly audience: string };
}

/** Every source of deployments. A further one is a folder beside these and a line here (docs/addADeploymentSource.md). */
export function allSources({ astro, astroTokens, globalState, log, messages, clouds }: SourcePorts): readonly SourceKind[] {
  return [
    manualSource(new ManualDeployments(globalState, log), messages, clouds),
    astroSource(astro, astroTokens),
  ];
}
