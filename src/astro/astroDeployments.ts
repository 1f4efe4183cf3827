import * as l10n from '@vscode/l10n';
import type { AstroTokenCheck, AstroTokenPort } from '../deployment/astroTokenPort.ts';
import type { Deployment, Workspace } from '../deployment/deployment.ts';
import type { DeploymentSource } from '../deployment/deploymentPort.ts';
import { AirflowIdentityError } from '../errors.ts';
import { astroSourceId, clusterSchema, deploymentOf, deploymentSchema, needsCluster, organizationSchema, workspaceOf, workspaceSchema } from './astroAnswers.ts';
import type { AstroCluster, AstroDeployment } from './astroAnswers.ts';
import { AstroApi } from './astroApi.ts';
import type { AstroConnection } from './astroApi.ts';
import { astroHost, noTokenError } from './astroErrors.ts';

/** Deployments of Astro, with the token that `AstroTokenPort` gives at the moment of each call. */
export class AstroDeployments implements DeploymentSource {
  readonly id = astroSourceId;
  readonly #connection: AstroConnection;
  readonly #tokens: AstroTokenPort;

  constructor(connection: AstroConnection, tokens: AstroTokenPort) {
    this.#connection = connection;
    this.#tokens = tokens;
  }

  /**
   * The workspaces of all organizations that the token can see. An organization that fails does not hide the others: its
   * error is thrown after their workspaces were given.
   */
  async *workspaces(signal: AbortSignal): AsyncGenerator<readonly Workspace[], void, undefined> {
    const api = await this.#api(signal);
    const failures: AirflowIdentityError[] = [];
    for await (const organizations of api.pages('/organizations', 'organizations', organizationSchema, {}, signal)) {
      for (const organization of organizations) {
        const pages = api.pages(`/organizations/${encodeURIComponent(organization.id)}/workspaces`, 'workspaces', workspaceSchema, { sorts: 'name:asc' }, signal);
        try {
          for await (const page of pages) {
            yield page.map((workspace) => workspaceOf(workspace, organization));
          }
        } catch (error) {
          if (!(error instanceof AirflowIdentityError) || error.code === 'signedOut') {
            throw error;
          }
          failures.push(error);
        }
      }
    }
    const [failure] = failures;
    if (failure !== undefined) {
      throw failure;
    }
  }

  async *deployments(workspace: Workspace, signal: AbortSignal): AsyncGenerator<readonly Deployment[], void, undefined> {
    const api = await this.#api(signal);
    const path = `${organizationPath(workspace)}/deployments`;
    let clusters: ReadonlyMap<string, AstroCluster> | undefined;
    for await (const page of api.pages(path, 'deployments', deploymentSchema, { workspaceIds: workspace.id, sorts: 'name:asc' }, signal)) {
      if (clusters === undefined && page.some((deployment) => needsCluster(deployment))) {
        clusters = await clustersOf(api, workspace, signal);
      }
      yield page.map((deployment) => deploymentOf(deployment, workspace, clusterOf(deployment, clusters)));
    }
  }

  async deployment(workspace: Workspace, id: string, signal: AbortSignal): Promise<Deployment | undefined> {
    const api = await this.#api(signal);
    try {
      const deployment = await api.get(`${organizationPath(workspace)}/deployments/${encodeURIComponent(id)}`, deploymentSchema, {}, signal);
      const clusters = needsCluster(deployment) ? await clustersOf(api, workspace, signal) : undefined;
      return deploymentOf(deployment, workspace, clusterOf(deployment, clusters));
    } catch (error) {
      if (error instanceof AirflowIdentityError && error.code === 'notFound') {
        return undefined;
      }
      throw error;
    }
  }

  /**
   * What a token that is not kept yet can see.
   * @throws AirflowIdentityError `signedOut` when Astro refuses it, `forbidden` when it sees no organization.
   */
  async checkToken(token: string, signal: AbortSignal): Promise<AstroTokenCheck> {
    const api = new AstroApi(this.#connection, { token, origin: 'new' });
    const pages = await Array.fromAsync(api.pages('/organizations', 'organizations', organizationSchema, {}, signal));
    const organizations = pages.flat().map(({ id, name }) => ({ id, name: name || id }));
    if (organizations.length === 0) {
      throw new AirflowIdentityError('forbidden', l10n.t('The token is valid but sees no organization.'), {
        fix: l10n.t('Use a token of an organization or of a workspace.'),
         details: { method: 'GET', host: astroHost, path: '/v1/organizations' },
      });
    }
    return { organizations };
  }

  async #api(signal: AbortSignal): Promise<AstroApi> {
    const token = await this.#tokens.token(signal);
    if (token === undefined) {
      throw noTokenError();
    }
    return new AstroApi(this.#connection, token);
  }
}

/** A token that may not list clusters still shows its deployments, only without cloud and region. */
async function clustersOf(api: AstroApi, workspace: Workspace, signal: AbortSignal): Promise<ReadonlyMap<string, AstroCluster>> {
  try {
    const pages = await Array.fromAsync(api.pages(`${organizationPath(workspace)}/clusters`, 'clusters', clusterSchema, {}, signal));
    return new Map(pages.flat().map((cluster) => [cluster.id, cluster]));
  } catch (error) {
    if (error instanceof AirflowIdentityError && (error.code === 'forbidden' || error.code === 'notFound')) {
      return new Map();
    }
    throw error;
  }
}

function clusterOf(deployment: AstroDeployment, clusters: ReadonlyMap<string, AstroCluster> | undefined): AstroCluster | undefined {
  return deployment.clusterId === undefined ? undefined : clusters?.get(deployment.clusterId);
}

function organizationPath(workspace: Workspace): string {
  return `/organizations/${encodeURIComponent(workspace.organizationId)}`;
}
