import type { ManagedIdentity } from '../../identity/managedIdentity.ts';
import type { DetailsEvent } from '../../trust/details/detailsEvents.ts';
import { usesOf } from '../../trust/details/connectionUses.ts';
import { copyText } from '../copyText.ts';
import type { AstroProjects } from '../project/astroProjects.ts';
import type { Services } from '../services.ts';
import type { DetailsSession } from './detailsSession.ts';
import { fixConnection } from './fixConnection.ts';

/** What needs the identity to have been read. */
type IdentityEvent = Exclude<DetailsEvent, { kind: 'refresh' | 'retry' | 'setAstroToken' | 'signInAgain' | 'showLog' | 'openConnection' }>;

/** Does what a user asks for on the page of an identity: by the commands that the tree has, so that both act alike. */
export class DetailsActions {
  readonly #services: Services;
  readonly #projects: AstroProjects;

  constructor(services: Services, projects: AstroProjects) {
    this.#services = services;
    this.#projects = projects;
  }

  /** @throws what the action throws; nothing where the page speaks of something that is no longer known. */
  async run(event: DetailsEvent, session: DetailsSession): Promise<void> {
    const { commands, log, signIn } = this.#services;
    const identity = session.state.parts.identity.value;
    switch (event.kind) {
      case 'refresh':
        session.read();
        return;
      case 'retry':
        session.read([event.part]);
        return;
      case 'setAstroToken':
        return commands.execute('airflowIdentity.setAstroToken');
      case 'signInAgain':
        await signIn.signInAgain();
        session.read();
        return;
      case 'showLog':
        log.show();
        return;
      case 'openConnection':
        return this.#projects.open(event.uri, event.connectionId);
      default:
        return identity === undefined ? undefined : this.#runOn(identity, event, session);
    }
  }

  async #runOn(identity: ManagedIdentity, event: IdentityEvent, session: DetailsSession): Promise<void> {
    const { commands } = this.#services;
    switch (event.kind) {
      case 'openPortal':
        return commands.execute('airflowIdentity.openInPortal', { portal: { tenantId: identity.tenantId, resourceId: identity.id } });
      case 'copy':
        return copyText({ clientId: identity.clientId, principalId: identity.principalId, tenantId: identity.homeTenantId, resourceId: identity.id }[event.what]);
      case 'connect':
        return commands.execute('airflowIdentity.connect', { identity });
      case 'repair':
      case 'compare': {
        const { deployments } = session.state.parts;
        const deployment = deployments.value?.deployments.find(({ sourceId, id }) => sourceId === event.sourceId && id === event.deploymentId);
        const command = event.kind === 'repair' ? 'airflowIdentity.connect' : 'airflowIdentity.compareCredentials';
        return deployment === undefined ? undefined : commands.execute(command, { identity, deployment });
      }
      case 'fixConnection': {
        const use = usesOf(identity, session.state.parts.connections.value ?? []).find(({ uri, connection }) => uri === event.uri && connection.connection.connectionId === event.connectionId);
        return use === undefined ? undefined : fixConnection(this.#projects, use, identity.homeTenantId);
      }
      case 'editTags':
        await commands.execute('airflowIdentity.editTags', { identity });
        session.read(['identity']);
        return;
      case 'deleteSeveral':
        return this.#writeCredentials(session, () => commands.execute('airflowIdentity.deleteCredentials', { identity }));
      case 'moveCredentials':
        return this.#writeCredentials(session, () => commands.execute('airflowIdentity.moveCredentials', { identity }));
      case 'editCredential':
      case 'duplicateCredential':
      case 'deleteCredential': {
        const credential = session.state.parts.credentials.value?.find(({ name }) => name === event.name);
        const command = ({ editCredential: 'airflowIdentity.editCredential', duplicateCredential: 'airflowIdentity.duplicateCredential', deleteCredential: 'airflowIdentity.deleteCredentials' } as const)[event.kind];
        return credential === undefined ? undefined : this.#writeCredentials(session, () => commands.execute(command, { identity, credential }));
      }
      case 'giveAccess':
        return commands.execute('airflowIdentity.giveAccess', { identity });
      case 'removeAccess': {
        const found = session.state.parts.roles.value
          ?.scopes.flatMap(({ scope, roles }) => roles.map((held) => ({ principal: identity, scope, held })))
          .find(({ held }) => held.assignment.id === event.assignmentId && held.inheritedFrom === undefined);
        return found === undefined ? undefined : commands.execute('airflowIdentity.removeAccess', found);
      }
    }
  }

  /** What was written is read anew even where the Identities view does not know the identity. */
  async #writeCredentials(session: DetailsSession, write: () => Promise<void>): Promise<void> {
    await write();
    session.read(['credentials']);
  }
}
