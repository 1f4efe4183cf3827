import type { CloudResponse } from '../exchange.ts';
import type { World } from '../world.ts';
import type { NewBlob, NewSecret } from './controlSchemas.ts';

const done: CloudResponse = { status: 204, headers: {}, body: '' };

/** POST /state/blobs: writes a blob without asking any rule. */
export function putBlobState(world: World, { account, container, name, body, contentType }: NewBlob): CloudResponse {
  world.blobs.put(account, container, name, body, world.clock.now(), contentType);
  return done;
}

/** POST /state/secrets: sets a secret of a vault without asking any rule. */
export function setSecretState(world: World, { vault, name, value }: NewSecret): CloudResponse {
  world.secrets.set(vault, name, value, world.clock.now());
  return done;
}
