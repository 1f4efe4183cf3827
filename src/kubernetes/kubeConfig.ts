import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { KubeConfig } from '@kubernetes/client-node/dist/config.js';
import * as l10n from '@vscode/l10n';
import type { KubeContext } from '../deployment/kubernetesPort.ts';
import { AirflowIdentityError } from '../errors.ts';

/** The environment variable that names kubeconfig files. */
export interface KubeEnvironment {
  readonly KUBECONFIG?: string | undefined;
}

/**
 * The kubeconfig as kubectl finds it: the files of `KUBECONFIG`, merged, or `~/.kube/config` (Kubernetes docs, "Organizing
 * Cluster Access Using kubeconfig Files"). Files that are not there count as empty; a workspace's own are never read.
 *
 * @throws AirflowIdentityError `fileUnreadable`; neither the text nor the parser's message is passed on, both may hold a token.
 */
export function readKubeConfig(environment: KubeEnvironment): KubeConfig {
  const named = (environment.KUBECONFIG ?? '').split(path.delimiter).filter((file) => file !== '');
  const files = (named.length === 0 ? [path.join(homedir(), '.kube', 'config')] : named).filter((file) => existsSync(file));
  const merged = new KubeConfig();
  merged.loadFromOptions({ clusters: [], contexts: [], users: [], currentContext: '' });
  for (const file of files) {
    try {
      const one = new KubeConfig();
      one.loadFromFile(file, { onInvalidEntry: 'filter' });
      merged.mergeConfig(one, merged.getCurrentContext() !== '');
    } catch {
      throw new AirflowIdentityError('fileUnreadable', l10n.t('The kubeconfig cannot be read: {0}', file), {
        fix: l10n.t('Compare it with what "kubectl config view" says.'),
      });
    }
  }
  return merged;
}

/** The contexts that name a cluster. */
export function contextsOf(config: KubeConfig): readonly KubeContext[] {
  return config.getContexts().flatMap((context): readonly KubeContext[] => {
    const server = URL.parse(config.getCluster(context.cluster)?.server ?? '')?.host ?? '';
    return server === ''
      ? []
      : [{
          name: context.name,
          server,
          namespace: context.namespace,
          isCurrent: context.name === config.getCurrentContext(),
          command: commandOf(config, context.user),
        }];
  });
}

/** Both ways in which a kubeconfig has a program run: `exec`, and the `auth-provider` of older ones. */
function commandOf(config: KubeConfig, name: string): string | undefined {
  const user = config.getUser(name);
  const exec = user?.exec as { readonly command?: string } | undefined;
  const provider = user?.authProvider as { readonly name?: string; readonly config?: Readonly<Record<string, string>> } | undefined;
  return exec?.command ?? provider?.config?.['cmd-path'] ?? provider?.name;
}
