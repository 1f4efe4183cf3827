import { createHash } from 'node:crypto';

/** A secret's newest version; older ones are not kept. */
interface StoredSecret {
  readonly value: string;
  /** 32 hexadecimal digits. */
  readonly version: string;
  /** Milliseconds since the Unix epoch. */
  readonly updatedAt: number;
}

/** The secrets of all vaults; names in any letter case. */
export class VaultSecrets {
  readonly #secrets = new Map<string, StoredSecret>();

  /** Sets a secret, at a moment in milliseconds since the Unix epoch. */
  set(vault: string, name: string, value: string, at: number): void {
    const version = createHash('md5').update(`${name} ${value} ${at}`).digest('hex');
    this.#secrets.set(keyOf(vault, name), { value, version, updatedAt: at });
  }

  get(vault: string, name: string): StoredSecret | undefined {
    return this.#secrets.get(keyOf(vault, name));
  }
}

function keyOf(vault: string, name: string): string {
  return `${vault}/${name}`.toLowerCase();
}
