import * as vscode from 'vscode';

/** How resources of a type are called and drawn. */
export interface HostType {
  readonly title: string;
  readonly icon: string;
}

/** @param type resource type in any letter case, such as `Microsoft.Web/sites`. */
export function hostType(type: string): HostType {
  switch (type.toLowerCase()) {
    case 'microsoft.web/sites':
      return { title: vscode.l10n.t('App Service'), icon: 'browser' };
    case 'microsoft.compute/virtualmachines':
      return { title: vscode.l10n.t('virtual machine'), icon: 'vm' };
    case 'microsoft.containerinstance/containergroups':
      return { title: vscode.l10n.t('container instance'), icon: 'package' };
    case 'microsoft.containerservice/managedclusters':
      return { title: vscode.l10n.t('AKS cluster'), icon: 'server-environment' };
    case 'microsoft.datafactory/factories':
      return { title: vscode.l10n.t('data factory'), icon: 'server-process' };
    case 'microsoft.app/containerapps':
      return { title: vscode.l10n.t('container app'), icon: 'package' };
    default:
      return { title: type, icon: 'symbol-misc' };
  }
}
