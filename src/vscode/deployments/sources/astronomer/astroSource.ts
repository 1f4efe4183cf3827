import * as vscode from 'vscode';
import type { DeploymentSource } from '../../../../deployment/deploymentPort.ts';
import { setContextKey } from '../../../contextKeys.ts';
import type { SourceKind } from '../sourceKind.ts';
import type { AstroTokens } from './astroTokens.ts';

/** Astro, as soon as there is a token. The adapter is loaded when it is first asked. */
export function astroSource(astro: () => DeploymentSource, tokens: AstroTokens): SourceKind {
  return {
    source: {
      id: 'astro',
      workspaces: (signal) => astro().workspaces(signal),
      deployments: (workspace, signal) => astro().deployments(workspace, signal),
      deployment: (workspace, id, signal) => astro().deployment(workspace, id, signal),
    },
    onDidChange: tokens.onDidChange,
    isReady: async (signal) => {
      await setContextKey('airflowIdentity.astroTokenKept', await tokens.isKept());
      try {
        return (await tokens.token(signal)) !== undefined;
      } catch {
        // A token that cannot be used has a reason, which listing says in its place.
        return true;
      }
    },
    rows: {
      kind: vscode.l10n.t('Workspace'),
      icon: 'folder-library',
      expands: 'collapsed',
      description: ({ organizationName }) => organizationName,
      facts: ({ organizationName, id }) => [
        [vscode.l10n.t('Organization'), organizationName],
        [vscode.l10n.t('Workspace ID'), id],
      ],
    },
    dispose: () => { tokens.dispose(); },
  };
}
