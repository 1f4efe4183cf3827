import { createEntraKey } from '../../cloud/entra/accessTokens.ts';
import { createSampleWorld } from '../../cloud/sample/createSampleWorld.ts';
import type { World } from '../../cloud/world.ts';
import type { WorldSettings } from '../../cloud/worldSettings.ts';

const entraKey = createEntraKey();

/** A sample world of its own for each test; only the key is shared, since making one takes longer than the test. */
export function createTestWorld(settings: Partial<WorldSettings> = {}): World {
  return createSampleWorld(settings, entraKey);
}
