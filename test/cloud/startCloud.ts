import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { generateCACertificate } from 'mockttp';
import type { ControlledCloud } from './control/controlHost.ts';
import { createEntraKey } from './entra/accessTokens.ts';
import { sampleKubeconfig } from './kubernetes/kubeconfig.ts';
import { startProxy } from './proxy.ts';
import { createSampleWorld } from './sample/createSampleWorld.ts';
import { createScaledWorld } from './scale.ts';
import type { Scale } from './scale.ts';
import type { World } from './world.ts';
import type { WorldSettings } from './worldSettings.ts';

/** How to start a cloud. */
export interface CloudOptions {
  /** Port on 127.0.0.1; any free one where absent. */
  readonly port?: number;
  /** A world of one's own, or a generated one; the sample world where absent. */
  readonly world?: World | Scale;
  /** Real milliseconds every request takes on the network; short for `settings.latencyMs`. */
  readonly latencyMs?: number;
  /** Behaviour of the sample world or the generated one; kept when the world is reset. */
  readonly settings?: Partial<WorldSettings>;
}

/** A cloud that runs. */
export interface Cloud {
  readonly proxyUrl: string;
  /** PEM file of the certificate authority that signs the hosts' certificates. */
  readonly caPath: string;
  /** What a client's environment needs, and nothing else; with a kubeconfig for the sample's clusters (kubernetes/kubeconfig.ts). */
  readonly env: Readonly<Record<string, string>>;
  /** The world of the moment: another one after a reset. */
  readonly world: World;
  /** Ends it and leaves nothing behind; requests under way are broken off. */
  stop(): Promise<void>;
}

/** The variables that point a client at the proxy; the same that people behind a company proxy set. */
function clientEnvironment(proxyUrl: string, caPath: string): Record<string, string> {
  const noProxy = '127.0.0.1,localhost';
  return {
    HTTPS_PROXY: proxyUrl,
    HTTP_PROXY: proxyUrl,
    NO_PROXY: noProxy,
    // Some tools (curl for plain HTTP, wget) read only the lower-case names.
    https_proxy: proxyUrl,
    http_proxy: proxyUrl,
    no_proxy: noProxy,
    NODE_EXTRA_CA_CERTS: caPath,
    REQUESTS_CA_BUNDLE: caPath,
    SSL_CERT_FILE: caPath,
    CURL_CA_BUNDLE: caPath,
    AZURE_AUTHORITY_HOST: 'https://login.microsoftonline.com/',
  };
}

/** Starts a local cloud: one world behind one proxy port. @throws where the port is taken. */
export async function startCloud(options: CloudOptions = {}): Promise<Cloud> {
  const settings: Partial<WorldSettings> = { ...options.settings, ...(options.latencyMs === undefined ? {} : { latencyMs: options.latencyMs }) };
  // A reset must not sign everybody out: the worlds of one cloud share Entra's key.
  const entraKey = typeof options.world === 'object' ? options.world.accessTokens.key() : createEntraKey();
  const create = (scale: Scale | undefined): World => (scale === undefined ? createSampleWorld(settings, entraKey) : createScaledWorld(scale, settings, entraKey));
  let world = typeof options.world === 'object' ? options.world : create(options.world);
  if (options.latencyMs !== undefined) {
    world.settings.latencyMs = options.latencyMs;
  }
  const controlled: ControlledCloud = {
    get world() {
      return world;
    },
    reset: ({ scale, filled }) => {
      world.clock.wakeAll();
      world = create(scale);
      if (filled === true) {
        world.resources.fillAll();
      }
    },
  };
  const folder = await mkdtemp(path.join(tmpdir(), 'localcloud-'));
  const caPath = path.join(folder, 'ca.pem');
  const ca = await generateCACertificate({ subject: { commonName: 'Local cloud of airflow-azure-identity', organizationName: 'Tests only' } });
  await writeFile(caPath, ca.cert);
  const kubeconfigPath = path.join(folder, 'kubeconfig');
  const removeFolder = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const proxy = await startProxy(controlled, ca, options.port ?? 0).catch(async (error: unknown) => {
    await removeFolder();
    throw error;
  });
  const proxyUrl = `http://127.0.0.1:${proxy.port}`;
  await writeFile(kubeconfigPath, sampleKubeconfig({ proxyUrl, caPem: ca.cert }), { mode: 0o600 });
  return {
    proxyUrl,
    caPath,
    env: { ...clientEnvironment(proxyUrl, caPath), KUBECONFIG: kubeconfigPath },
    get world() {
      return world;
    },
    stop: async () => {
      await proxy.stop();
      await removeFolder();
    },
  };
}
