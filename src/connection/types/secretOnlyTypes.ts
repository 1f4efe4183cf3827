import * as l10n from '@vscode/l10n';
import type { SecretOnlyType } from '../connectionType.ts';

/** The types of the provider whose hooks never read the two keys of the identity (run with release 15.2.1). */
export function secretOnlyTypes(): readonly SecretOnlyType[] {
  const instead = l10n.t('For tasks that must do without a secret, call the service from Python with DefaultAzureCredential.');
  return [
    {
      id: 'msgraph',
      title: 'Microsoft Graph API',
      why: l10n.t('Its hook signs in with a client secret or a certificate only; it does not read the identity.') + ` ${instead}`,
    },
    {
      id: 'powerbi',
      title: 'Power BI',
      why: l10n.t('Its hook signs in with a client secret or a certificate only; it does not read the identity.') + ` ${instead}`,
    },
    {
      id: 'azure_analysis_services',
      title: 'Azure Analysis Services',
      why: l10n.t('Its hook needs login, password and tenantId; it does not read the identity.') + ` ${instead}`,
    },
  ];
}
