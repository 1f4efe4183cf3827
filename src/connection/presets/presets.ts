import type { Preset } from '../preset.ts';
import { keyVaultSecrets } from './keyVaultSecrets.ts';
import { objectStoragePaths } from './objectStoragePaths.ts';
import { objectStorageXcom } from './objectStorageXcom.ts';
import { remoteLogging } from './remoteLogging.ts';

/** Every preset, those most people need first. Made on demand: their texts are in the user's language. */
export function presets(): readonly Preset[] {
  return [keyVaultSecrets(), remoteLogging(), objectStoragePaths(), objectStorageXcom()];
}
