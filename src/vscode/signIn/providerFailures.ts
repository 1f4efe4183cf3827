import { isCancel } from '../../errors.ts';

/**
 * True where `authentication.getSession` rejects because the user closed a dialog or a pick. VS Code says so by text alone: the
 * consent dialog with an error, the pick of accounts with a bare string (microsoft/vscode `mainThreadAuthentication.ts` and
 * `authenticationExtensionsService.ts`), the provider with an error of its own (`extensions/microsoft-authentication`).
 */
export function isRefusedByUser(error: unknown): boolean {
  return isCancel(error) || /cancel|did not consent/i.test(textOf(error));
}

/** True where no extension offers the provider: switched off, or a build of VS Code that comes without it (same files). */
export function isProviderMissing(error: unknown): boolean {
  return /waiting for authentication provider.* to register|no authentication provider/i.test(textOf(error));
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
