/** Hosts and audiences that belong together; a token of one cloud is worth nothing in another. */
interface AzureCloud {
  readonly armHost: string;
  readonly loginHosts: readonly string[];
  /** Audiences that ARM takes, with and without a slash at the end. */
  readonly audiences: readonly string[];
}

function withSlashes(...resources: string[]): string[] {
  return resources.flatMap((resource) => [`${resource}/`, resource]);
}

/** Public, US Government, China; endpoints as in `@azure/ms-rest-azure-env` 2.0.0. One world answers in all of them. */
export const clouds: readonly AzureCloud[] = [
  {
    armHost: 'management.azure.com',
    loginHosts: ['login.microsoftonline.com'],
    audiences: withSlashes('https://management.core.windows.net', 'https://management.azure.com'),
  },
  {
    armHost: 'management.usgovcloudapi.net',
    loginHosts: ['login.microsoftonline.us'],
    audiences: withSlashes('https://management.core.usgovcloudapi.net', 'https://management.usgovcloudapi.net'),
  },
  {
    armHost: 'management.chinacloudapi.cn',
    loginHosts: ['login.chinacloudapi.cn', 'login.partner.microsoftonline.cn'],
    audiences: withSlashes('https://management.core.chinacloudapi.cn', 'https://management.chinacloudapi.cn'),
  },
];
