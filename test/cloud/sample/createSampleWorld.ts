import type { SigningKey } from '../signingKey.ts';
import { World } from '../world.ts';
import type { WorldSettings } from '../worldSettings.ts';
import { fillAstro } from './sampleAstro.ts';
import { fillAzure } from './sampleAzure.ts';

/** The world that `npm start`, the tests and the pictures use. */
export function createSampleWorld(settings: Partial<WorldSettings> = {}, entraKey?: Promise<SigningKey>): World {
  const world = new World(settings, entraKey);
  fillAzure(world);
  fillAstro(world);
  return world;
}
