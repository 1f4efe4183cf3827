import * as vscode from 'vscode';
import type { Messages } from '../../../messages.ts';
import { enterPasted } from '../pasted/enterPasted.ts';
import type { SourceKind } from '../sourceKind.ts';
import { storedSource } from '../storedSource.ts';
import { enterDeployment } from './enterDeployment.ts';
import type { ManualDeployments } from './manualDeployments.ts';

/** The list kept by hand: whatever no other source knows, typed or pasted. */
export function manualSource(manual: ManualDeployments, messages: Messages, clouds: { readonly audience: string }): SourceKind {
  return storedSource(manual, {
    rows: { kind: vscode.l10n.t('Deployments'), icon: 'edit', expands: 'expanded', description: () => undefined, facts: () => [] },
    entry: {
      label: vscode.l10n.t('Enter by hand…'),
      detail: vscode.l10n.t('Issuer, namespace and service accounts'),
      icon: 'edit',
      enter: async (known) => {
        const entered = await enterDeployment(known);
        return entered === undefined ? undefined : manual.save(entered, known?.id);
      },
    },
    otherEntries: [{
      label: vscode.l10n.t('Paste a command…'),
      detail: vscode.l10n.t('From Astro, az, Terraform, Bicep, or a service-account token; it is never run'),
      icon: 'clippy',
      enter: async () => {
        const entered = await enterPasted(messages, clouds.audience);
        return entered === undefined ? undefined : manual.save(entered);
      },
    }],
  });
}
