import * as vscode from 'vscode';
import { viewIds } from './contributions.ts';
import { lazyBundles, once } from './vscode/bundles.ts';
import { registerDoors } from './vscode/doors.ts';
import type { ExtensionApi } from './vscode/extensionApi.ts';
import type { Features } from './vscode/featuresBundle.ts';
import { TreePlace } from './vscode/tree/treePlace.ts';

/**
 * Composition root. Activation only opens the doors: it sends no request, waits for nothing, and leaves the loading of
 * what is behind them (`featuresBundle.ts`, which composes the services) to the first use.
 */
export function activate(context: vscode.ExtensionContext): ExtensionApi {
  const started = performance.now();
  const channel = vscode.window.createOutputChannel('Azure Identity for Airflow', { log: true });
  const bundles = lazyBundles(context.asAbsolutePath('dist'), vscode.l10n.bundle);
  const places = {
    identities: new TreePlace(viewIds.identities, () => features().trees.identities),
    deployments: new TreePlace(viewIds.deployments, () => features().trees.deployments),
    connections: new TreePlace(viewIds.connections, () => features().trees.connections),
  };
  const features = once((): Features => bundles.features().createFeatures({ context, channel, bundles, places }));
  context.subscriptions.push(channel, ...Object.values(places));
  registerDoors(context, features);
  const activationMs = performance.now() - started;
  channel.info(`Activated in ${activationMs.toFixed(1)} ms`);
  return { activationMs, features };
}
