import * as l10n from '@vscode/l10n';
import type { AirflowConnection } from '../connection/airflowConnection.ts';
import type { EnvironmentConnection, EnvironmentPlace, EnvironmentPort, EnvironmentReach } from '../connection/environmentPort.ts';
import { removalRefusal } from '../connection/environmentUpdate.ts';
import type { AstroTokenPort } from '../deployment/astroTokenPort.ts';
import { AirflowIdentityError } from '../errors.ts';
import { AstroApi } from './astroApi.ts';
import type { AstroConnection } from './astroApi.ts';
import { noTokenError } from './astroErrors.ts';
import { createdObjectSchema, environmentConnectionOf, environmentObjectSchema, newObject, updatedObject } from './environmentAnswers.ts';

/** Connections of Astro's Environment Manager, with the token that `AstroTokenPort` gives at the moment of each call. */
export class AstroEnvironment implements EnvironmentPort {
  readonly #connection: AstroConnection;
  readonly #tokens: AstroTokenPort;

  constructor(connection: AstroConnection, tokens: AstroTokenPort) {
    this.#connection = connection;
    this.#tokens = tokens;
  }

  async *environmentConnections(place: EnvironmentPlace, signal: AbortSignal): AsyncGenerator<readonly EnvironmentConnection[], void, undefined> {
    const api = await this.#api(signal);
    const query = { [place.scope === 'workspace' ? 'workspaceId' : 'deploymentId']: place.scopeId, objectType: 'CONNECTION', sorts: 'objectKey:asc' };
    for await (const page of api.pages(objectsPath(place), 'environmentObjects', environmentObjectSchema, query, signal)) {
      yield page.map((object) => environmentConnectionOf(object, place));
    }
  }

  async createEnvironmentConnection(place: EnvironmentPlace, connection: AirflowConnection, signal: AbortSignal, reach: EnvironmentReach = 'all'): Promise<string> {
    const api = await this.#api(signal);
    return (await writing(api.post(objectsPath(place), newObject(place, connection, reach), createdObjectSchema, signal))).id;
  }

  async updateEnvironmentConnection({ id, place }: Pick<EnvironmentConnection, 'id' | 'place'>, wanted: AirflowConnection, without: readonly string[], signal: AbortSignal, reach: EnvironmentReach = []): Promise<void> {
    const refusal = removalRefusal(wanted.connectionId, without);
    if (refusal !== undefined) {
      throw refusal;
    }
    const api = await this.#api(signal);
    const path = objectPath(place, id);
    const standing = await api.get(path, environmentObjectSchema, {}, signal);
    await writing(api.post(path, updatedObject(standing, place, { wanted, without, reach }), environmentObjectSchema, signal));
  }

  async deleteEnvironmentConnection({ id, place }: Pick<EnvironmentConnection, 'id' | 'place'>, signal: AbortSignal): Promise<void> {
    const api = await this.#api(signal);
    try {
      await writing(api.delete(objectPath(place, id), signal));
    } catch (error) {
      if (!(error instanceof AirflowIdentityError) || error.code !== 'notFound') {
        throw error;
      }
    }
  }

  async #api(signal: AbortSignal): Promise<AstroApi> {
    const token = await this.#tokens.token(signal);
    if (token === undefined) {
      throw noTokenError();
    }
    return new AstroApi(this.#connection, token);
  }
}

/**
 * A refused write names the role that writing takes, which is more than what listing does (astronomer/docs, "Create Airflow connections
 * in the Astro UI": Workspace Operator or Workspace Owner).
 */
async function writing<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof AirflowIdentityError && error.code === 'forbidden') {
      throw new AirflowIdentityError('forbidden', l10n.t('The Astro token may not change the Environment Manager of this workspace.'), {
        fix: l10n.t('Use a token with the role Workspace Operator or Workspace Owner, or ask somebody who has it.'),
        details: error.details,
        cause: error,
      });
    }
    throw error;
  }
}

function objectsPath({ organizationId }: EnvironmentPlace): string {
  return `/organizations/${encodeURIComponent(organizationId)}/environment-objects`;
}

function objectPath(place: EnvironmentPlace, id: string): string {
  return `${objectsPath(place)}/${encodeURIComponent(id)}`;
}
