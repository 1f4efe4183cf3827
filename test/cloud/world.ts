import { Resources } from './arm/resources.ts';
import type { ManagedIdentity } from './arm/resources.ts';
import { Rights } from './arm/rights.ts';
import type { RoleAssignment } from './arm/rights.ts';
import { AstroData } from './astro/astroData.ts';
import { BlobStore } from './blob/blobStore.ts';
import { AccessTokens } from './entra/accessTokens.ts';
import { Directory } from './entra/directory.ts';
import { Graph } from './graph/graph.ts';
import type { GraphRow } from './graph/graphRow.ts';
import { identityRow } from './graph/graphRows.ts';
import { Faults } from './faults.ts';
import { Issuers } from './oidc/issuers.ts';
import { KubernetesClusters } from './kubernetes/clusters.ts';
import { VaultSecrets } from './keyVault/vaultSecrets.ts';
import { RequestLog } from './requestLog.ts';
import { TokenBuckets } from './tokenBucket.ts';
import { WorldClock } from './worldClock.ts';
import { defaultSettings } from './worldSettings.ts';
import { isWorldHost } from './worldHosts.ts';
import type { SigningKey } from './signingKey.ts';
import type { WorldSettings } from './worldSettings.ts';

/** A host that a client asked for and that is not part of the world. */
export interface RefusedRequest {
  readonly host: string;
  readonly method: string;
  readonly path: string;
}

/** Everything that exists in one local cloud, in memory. A world made here is empty; sampleWorld.ts and scale.ts fill one. */
export class World {
  readonly clock = new WorldClock();
  readonly settings: WorldSettings;
  readonly directory = new Directory();
  readonly accessTokens: AccessTokens;
  readonly resources = new Resources();
  readonly rights = new Rights();
  readonly graph = new Graph();
  readonly issuers = new Issuers();
  readonly blobs = new BlobStore();
  readonly secrets = new VaultSecrets();
  readonly kubernetes = new KubernetesClusters();
  readonly astro = new AstroData();
  readonly faults = new Faults();
  readonly log = new RequestLog();
  readonly buckets = new TokenBuckets(this.clock);
  readonly refused: RefusedRequest[] = [];

  /** With an `entraKey` of an earlier world, tokens of that world's users go on working in this one. */
  constructor(settings: Partial<WorldSettings> = {}, entraKey?: Promise<SigningKey>) {
    this.settings = { ...defaultSettings(), ...settings };
    this.accessTokens = new AccessTokens(this.clock, entraKey);
  }

  /** Takes an identity away; Resource Graph shows it for a while longer. */
  removeIdentity(identity: ManagedIdentity): void {
    this.changing(identityRow(identity));
    this.resources.removeIdentity(identity);
  }

  /** The roles that let a principal do this to data at the path, as the data planes know them by now. */
  dataRoles(principalId: string, action: string, path: string): RoleAssignment[] {
    const known = this.clock.now() - this.settings.roleToDataMs;
    return this.rights.dataRoles(principalId, action, path).filter(({ createdAt }) => createdAt <= known);
  }

  /** Says before a change what Resource Graph goes on showing for a while. */
  changing(row: GraphRow): void {
    this.graph.history.note(String(row['id']), row, this.clock.now());
  }

  /** Says of a row that is new that Resource Graph does not show it for a while. */
  created(row: GraphRow): void {
    this.graph.history.note(String(row['id']), undefined, this.clock.now());
  }

  /** The hosts that were refused, each once. */
  get refusedHosts(): string[] {
    return [...new Set(this.refused.map((request) => request.host))];
  }

  /** Notes a TLS handshake that a client broke off, where it was meant for a host outside the world. */
  noteRefusedHandshake(host: string | undefined): void {
    if (host !== undefined && !isWorldHost(host)) {
      this.refused.push({ host, method: 'CONNECT', path: '' });
    }
  }
}
