import { clouds } from '../clouds.ts';

/** Resources that tokens are given for beside ARM; their ids as in Microsoft Learn's page of each service on Microsoft Entra authentication. */
const resources: readonly string[] = [
  'https://storage.azure.com',
  'https://vault.azure.net',
  'https://datalake.azure.net',
  'https://batch.core.windows.net',
  'https://servicebus.azure.net',
  'https://kusto.kusto.windows.net',
  'https://dev.azuresynapse.net',
  'https://cognitiveservices.azure.com',
  'https://ai.azure.com',
  'https://cosmos.azure.com',
  // The AKS Microsoft Entra server, asked for by its application id (Azure/kubelogin docs).
  '6dae42f8-4368-4678-94ff-3960e28e3630',
];

const known: ReadonlySet<string> = new Set([...clouds.flatMap(({ audiences }) => audiences), ...resources, ...resources.map((resource) => `${resource}/`)]);

/** Resources that stand for one account, cluster or workspace, so that the token is good for it alone. */
const ofOne = /^https:\/\/[a-z0-9-]+\.(?:blob\.core\.windows\.net|dfs\.core\.windows\.net|documents\.azure\.com|(?:[a-z0-9]+\.)?kusto\.windows\.net)\/?$/u;

/** The `aud` of a token for a v2 scope such as `https://management.azure.com/.default`; `undefined` where the scope is not one of a resource known here. */
export function audienceOfScope(scope: string): string | undefined {
  const resource = scope.split(' ').find((part) => part.endsWith('/.default'))?.slice(0, -'/.default'.length);
  return resource !== undefined && (known.has(resource) || ofOne.test(resource)) ? resource : undefined;
}
