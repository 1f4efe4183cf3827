import { build } from 'esbuild';
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { pageHtml } from '../../../src/vscode/page/pageHtml.ts';

/** The themes whose variables stand in this folder, as VS Code gives them to a webview. */
export type Theme = 'dark' | 'light' | 'highContrast';

/** Serves the form's page as a webview would load it: the product's HTML with its policy, its bundle and its styles. */
export interface FormServer {
  urlOf(theme: Theme): string;
  close(): Promise<void>;
}

const project = path.resolve(import.meta.dirname, '../../..');
const codicons = path.join(project, 'node_modules/@vscode/codicons/dist');

const files: Readonly<Record<string, string>> = {
  '/codicon.css': path.join(codicons, 'codicon.css'),
  '/codicon.ttf': path.join(codicons, 'codicon.ttf'),
  '/form.css': path.join(project, 'media/form.css'),
  '/dark.css': path.join(import.meta.dirname, 'themeDark.css'),
  '/light.css': path.join(import.meta.dirname, 'themeLight.css'),
  '/highContrast.css': path.join(import.meta.dirname, 'themeHighContrast.css'),
};

const contentTypes: Readonly<Record<string, string>> = { '.css': 'text/css', '.ttf': 'font/ttf' };

/** Builds the page's bundle and serves it on a free port. */
export async function startFormServer(): Promise<FormServer> {
  const script = await bundleForm();
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const file = files[pathname];
    if (pathname === '/') {
      response.setHeader('content-type', 'text/html');
      response.end(themedHtml(searchParams.get('theme') ?? 'dark'));
    } else if (pathname === '/form.js') {
      response.setHeader('content-type', 'text/javascript');
      response.end(script);
    } else if (file === undefined) {
      response.statusCode = 404;
      response.end();
    } else {
      response.setHeader('content-type', contentTypes[path.extname(file)] ?? 'application/octet-stream');
      createReadStream(file).pipe(response);
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    urlOf: (theme) => `http://127.0.0.1:${port}/?theme=${theme}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function themedHtml(theme: string): string {
  return pageHtml({
    cspSource: "'self'",
    nonce: 'bm9uY2Ugb2YgdGhlIHRlc3Q=',
    scriptUri: '/form.js',
    styleUris: [`/${theme}.css`, '/codicon.css', '/form.css'],
    language: 'en',
    title: 'Connect Deployment to Azure',
    loading: 'Loading the form…',
  });
}

/** As esbuild.mjs builds dist/form.js, but readable. */
async function bundleForm(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.join(project, 'src/webview/main.ts')],
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    target: 'es2023',
    logLevel: 'warning',
  });
  return outputFiles[0]?.text ?? '';
}
