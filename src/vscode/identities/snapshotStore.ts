import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import type { KeptListing, KeptTenants } from '../../identity/listingSnapshot.ts';
import { listingOf, listingText, tenantsOf, tenantsText } from '../../identity/listingSnapshot.ts';
import type { Tenant, TenantRef } from '../../identity/managedIdentity.ts';
import { trustsOf, trustText } from '../../identity/trustSnapshot.ts';
import type { ReadTrusts } from '../../identity/trustSnapshot.ts';
import type { Log } from '../log.ts';

/** About 40,000 identities. What is larger is not kept: the next start lists it as the first one did. */
const maxBytes = 16 * 1024 * 1024;

/** Tenants whose listings are kept, so that the folder stays small. */
const maxTenants = 64;

const tenantsFile = 'tenants.json';

/**
 * Keeps listings in files of the extension's own storage. Whatever cannot be read or written is logged and counts as not
 * there: the view works without it.
 */
export class SnapshotStore {
  readonly #folder: vscode.Uri;
  readonly #log: Log;
  /** Writes and deletions one after the other, so that a late one never wins. */
  #queue: Promise<void> = Promise.resolve();

  constructor(storage: vscode.Uri, log: Log) {
    this.#folder = vscode.Uri.joinPath(storage, 'listings');
    this.#log = log;
  }

  /** The tenants of the last listing. */
  async tenants(): Promise<KeptTenants | undefined> {
    const text = await this.#read(tenantsFile);
    return text === undefined ? undefined : tenantsOf(text);
  }

  /** The last listing of a tenant. */
  async listing(tenant: TenantRef): Promise<KeptListing | undefined> {
    const text = await this.#read(fileOf(tenant));
    return text === undefined ? undefined : listingOf(text, tenant);
  }

  /** Keeps which tenants there are and forgets the listings of all others. */
  keepTenants(kept: KeptTenants): Promise<void> {
    const tenants = kept.tenants.slice(0, maxTenants);
    const files = new Set([tenantsFile, ...tenants.flatMap((tenant) => [fileOf(tenant), trustFileOf(tenant)])]);
    return this.#inTurn(async () => {
      await this.#write(tenantsFile, tenantsText({ ...kept, tenants }));
      const gone = (await vscode.workspace.fs.readDirectory(this.#folder)).filter(([name]) => !files.has(name));
      await Promise.all(gone.map(([name]) => vscode.workspace.fs.delete(vscode.Uri.joinPath(this.#folder, name))));
    });
  }

  /** Keeps the listing of a tenant. */
  keepListing(tenant: Tenant, listing: KeptListing): Promise<void> {
    return this.#inTurn(() => this.#write(fileOf(tenant), listingText(tenant, listing)));
  }

  /** What was read of the identities of a tenant. */
  async trusts(tenant: TenantRef): Promise<ReadTrusts> {
    const text = await this.#read(trustFileOf(tenant));
    return text === undefined ? new Map() : trustsOf(text);
  }

  /** Keeps what was read of the identities of a tenant. */
  keepTrusts(tenant: TenantRef, trusts: ReadTrusts): Promise<void> {
    return this.#inTurn(() => this.#write(trustFileOf(tenant), trustText(trusts)));
  }

  /** Forgets everything. */
  clear(): Promise<void> {
    return this.#inTurn(() => vscode.workspace.fs.delete(this.#folder, { recursive: true }));
  }

  async #read(name: string): Promise<string | undefined> {
    await this.#queue;
    try {
      return new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(this.#folder, name)));
    } catch (error) {
      this.#report('read', error);
      return undefined;
    }
  }

  /** Through a second file, so that a window that closes meanwhile leaves no half of one. */
  async #write(name: string, text: string): Promise<void> {
    const content = new TextEncoder().encode(text);
    if (content.byteLength > maxBytes) {
      this.#log.info(`A listing of ${content.byteLength} bytes is not kept for the next start.`);
      return;
    }
    const draft = vscode.Uri.joinPath(this.#folder, `${name}.${crypto.randomUUID()}`);
    await vscode.workspace.fs.writeFile(draft, content);
    await vscode.workspace.fs.rename(draft, vscode.Uri.joinPath(this.#folder, name), { overwrite: true });
  }

  #inTurn(work: () => PromiseLike<void>): Promise<void> {
    this.#queue = this.#queue.then(work).catch((error: unknown) => this.#report('kept', error));
    return this.#queue;
  }

  #report(what: string, error: unknown): void {
    if (!(error instanceof vscode.FileSystemError && error.code === 'FileNotFound')) {
      this.#log.warn(`A listing could not be ${what}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

function trustFileOf(tenant: TenantRef): string {
  return `trust-${fileOf(tenant)}`;
}

/** Account ids may hold any character. */
function fileOf({ account, tenantId }: TenantRef): string {
  return `${createHash('sha256').update(`${account.id}\n${tenantId}`).digest('hex').slice(0, 32)}.json`;
}
