import { createHash } from 'node:crypto';

/** A block blob with text in it. */
export interface StoredBlob {
  readonly name: string;
  readonly body: string;
  readonly contentType: string;
  /** Without quotes, as lists have it. */
  readonly etag: string;
  /** Milliseconds since the Unix epoch. */
  readonly createdAt: number;
  readonly modifiedAt: number;
}

/** Blobs of all accounts, by account and container. Which containers there are is the account's own matter. */
export class BlobStore {
  readonly #blobs = new Map<string, Map<string, StoredBlob>>();

  /** Writes a blob whole, at a moment in milliseconds since the Unix epoch. */
  put(account: string, container: string, name: string, body: string, at: number, contentType = 'application/octet-stream'): StoredBlob {
    const blobs = this.#in(account, container);
    const etag = `0x8D${createHash('sha1').update(`${name} ${at} ${body}`).digest('hex').slice(0, 13).toUpperCase()}`;
    const blob = { name, body, contentType, etag, createdAt: blobs.get(name)?.createdAt ?? at, modifiedAt: at };
    blobs.set(name, blob);
    return blob;
  }

  get(account: string, container: string, name: string): StoredBlob | undefined {
    return this.#in(account, container).get(name);
  }

  delete(account: string, container: string, name: string): void {
    this.#in(account, container).delete(name);
  }

  /** In the order of the names, as the service lists them. */
  list(account: string, container: string): StoredBlob[] {
    return [...this.#in(account, container).values()].sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  #in(account: string, container: string): Map<string, StoredBlob> {
    const key = `${account}/${container}`;
    let blobs = this.#blobs.get(key);
    if (blobs === undefined) {
      blobs = new Map();
      this.#blobs.set(key, blobs);
    }
    return blobs;
  }
}
