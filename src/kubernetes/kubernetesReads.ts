import type { RequestOptions } from 'node:https';
import { createHttpHeaders, createPipelineFromOptions, createPipelineRequest } from '@azure/core-rest-pipeline';
import type { PipelineRequest } from '@azure/core-rest-pipeline';
import type { KubeConfig } from '@kubernetes/client-node/dist/config.js';
import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { Clock } from '../clock.ts';
import type { KubeContext, KubernetesPort, UsedServiceAccount } from '../deployment/kubernetesPort.ts';
import { AirflowIdentityError, isCancel } from '../errors.ts';
import { badAnswer, throttledError, unavailableError } from '../http/answerErrors.ts';
import type { Refusal } from '../http/answerErrors.ts';
import { defaultSilenceMs, guardedHttpClient } from '../http/guardedHttpClient.ts';
import { callOf } from '../http/sdkCalls.ts';
import { installPolicies } from '../http/servicePipeline.ts';
import type { RequestLog } from '../requestLog.ts';
import { listSchema, podSchema, serviceAccountSchema, usedServiceAccounts } from './clusterAnswers.ts';
import { contextsOf, readKubeConfig } from './kubeConfig.ts';
import type { KubeEnvironment } from './kubeConfig.ts';

/** What reading clusters needs. */
export interface KubernetesDependencies {
  readonly environment: KubeEnvironment;
  readonly log: RequestLog;
  readonly clock: Clock;
  readonly userAgent: string;
  /** Milliseconds without a byte after which a cluster counts as silent; half a minute when absent. */
  readonly silenceMs?: number;
}

/** Objects asked for at once, as kubectl does it. */
const pageSize = 500;

/** A thousand pods are about 10 MB. */
const maxAnswerBytes = 64 * 1024 * 1024;

const statusSchema = v.object({ message: v.optional(v.string(), '') });

/** Reads of clusters with the sign-in of the user's kubeconfig. Nothing is ever written. */
export class KubernetesReads implements KubernetesPort {
  readonly #dependencies: KubernetesDependencies;

  constructor(dependencies: KubernetesDependencies) {
    this.#dependencies = dependencies;
  }

  contexts(): readonly KubeContext[] {
    return contextsOf(readKubeConfig(this.#dependencies.environment));
  }

  async serviceAccounts(context: string, namespace: string, signal: AbortSignal): Promise<readonly UsedServiceAccount[]> {
    const config = readKubeConfig(this.#dependencies.environment);
    config.setCurrentContext(context);
    const server = config.getCurrentCluster()?.server;
    if (server === undefined) {
      throw new AirflowIdentityError('notFound', l10n.t('The kubeconfig has no context {0} any more.', context));
    }
    const options = await signInOptions(config, context, signal);
    const client = guardedHttpClient({ silenceMs: this.#dependencies.silenceMs ?? defaultSilenceMs, maxBytes: maxAnswerBytes });
    const list = async <T extends v.GenericSchema>(collection: string, item: T): Promise<readonly v.InferOutput<T>[]> => {
      const items: v.InferOutput<T>[] = [];
      for (let next: string | undefined = ''; next !== undefined; ) {
        const url = new URL(`${server.replace(/\/$/, '')}/api/v1/namespaces/${encodeURIComponent(namespace)}/${collection}`);
        url.search = new URLSearchParams({ limit: String(pageSize), ...(next === '' ? {} : { continue: next }) }).toString();
        const page = await this.#get(url, options, client, listSchema(item), signal);
        items.push(...page.items);
        next = page.metadata.continue || undefined;
      }
      return items;
    };
    const [accounts, pods] = await Promise.all([list('serviceaccounts', serviceAccountSchema), list('pods', podSchema)]);
    return usedServiceAccounts(accounts, pods);
  }

  async #get<T>(url: URL, options: RequestOptions, client: ReturnType<typeof guardedHttpClient>, schema: v.GenericSchema<unknown, T>, signal: AbortSignal): Promise<T> {
    const { log, clock, userAgent } = this.#dependencies;
    const pipeline = createPipelineFromOptions({ userAgentOptions: { userAgentPrefix: userAgent }, redirectOptions: { maxRetries: 0 } });
    installPolicies(pipeline, {
      log,
      clock,
      signal,
      translate: clusterError,
      authenticate: {
        name: 'airflowIdentityKubernetesAuthentication',
        async sendRequest(request, next) {
          const authorization = authorizationOf(options);
          if (authorization !== undefined) {
            request.headers.set('Authorization', authorization);
          }
          try {
            return await next(request);
          } finally {
            request.headers.delete('Authorization');
          }
        },
      },
    });
    const request = createPipelineRequest({ url: url.href, headers: createHttpHeaders({ Accept: 'application/json' }) });
    // It holds the certificates of the kubeconfig, and its proxy.
    request.agent = options.agent as NonNullable<PipelineRequest['agent']>;
    return callOf(url.host, signal, async () => {
      const response = await pipeline.sendRequest(client, request);
      const result = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), response.bodyAsText);
      if (!result.success) {
        throw badAnswer({ method: 'GET', host: url.host, path: url.pathname, status: response.status }, l10n.t('not the list that was expected'));
      }
      return result.output;
    });
  }
}

/** Token or certificates of the current context; this is where its sign-in command runs. */
async function signInOptions(config: KubeConfig, context: string, signal: AbortSignal): Promise<RequestOptions> {
  signal.throwIfAborted();
  const options: RequestOptions = {};
  try {
    await config.applyToHTTPSOptions(options);
  } catch (error) {
    if (isCancel(error)) {
      throw error;
    }
    // What a sign-in command says on its way out may hold a token.
    throw new AirflowIdentityError('forbidden', l10n.t('The sign-in of the kubeconfig\'s context {0} failed.', context), {
      fix: l10n.t('Try "kubectl get serviceaccounts" with this context; for AKS, "az aks get-credentials" makes it anew.'),
    });
  }
  signal.throwIfAborted();
  return options;
}

function authorizationOf({ headers, auth }: RequestOptions): string | undefined {
  if (typeof auth === 'string') {
    return `Basic ${Buffer.from(auth).toString('base64')}`;
  }
  const named: unknown = headers !== undefined && 'Authorization' in headers ? headers['Authorization'] : undefined;
  return typeof named === 'string' ? named : undefined;
}

/** The one translation of refusals; the words are those of the API's `Status`. */
function clusterError({ status, details, body }: Refusal): AirflowIdentityError {
  const parsed = v.safeParse(statusSchema, body);
  const said = parsed.success ? parsed.output.message : '';
  switch (status) {
    case 401:
      return new AirflowIdentityError('forbidden', l10n.t('The cluster did not accept the sign-in of the kubeconfig.'), {
        fix: l10n.t('It may have expired: sign in anew, for AKS with "az aks get-credentials".'),
        details,
      });
    case 403:
      return new AirflowIdentityError('forbidden', l10n.t('The cluster does not allow this: {0}', said), {
        fix: l10n.t('Ask for the right to list service accounts and pods of the namespace (ClusterRole "view"), or name the service accounts.'),
        details,
      });
    case 404:
      return new AirflowIdentityError('notFound', l10n.t('The cluster did not find it: {0}', said), { details });
    case 429:
      return throttledError(details, l10n.t('The cluster takes no more requests for a while.'));
    default:
      return unavailableError(details, said === '' ? undefined : said);
  }
}
