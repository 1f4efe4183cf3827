// Takes the place of VS Code's own Microsoft sign-in in the test installation; the product knows nothing of it.
import * as vscode from 'vscode';
import { ControlHost } from './controlHost.ts';
import { MicrosoftProvider } from './microsoftProvider.ts';

/** Registers the provider `microsoft`. Throws when no local cloud is named in the environment. */
export function activate(context: vscode.ExtensionContext): void {
  const proxy = process.env['HTTPS_PROXY'];
  if (proxy === undefined) {
    throw new Error('HTTPS_PROXY names no local cloud.');
  }
  const provider = new MicrosoftProvider(new ControlHost(proxy), context.globalState);
  const options = { supportsMultipleAccounts: true, supportsChallenges: true };
  context.subscriptions.push(
    // For tests in the extension host, where nobody can answer the dialog that comes before a first sign-in.
    vscode.commands.registerCommand('localCloud.signIn', (label: string) => provider.signInAs(label)),
    vscode.commands.registerCommand('localCloud.signOut', () => provider.signOut()),
    vscode.authentication.registerAuthenticationProvider('microsoft', 'Microsoft', provider, options),
  );
}
