import type { CloudRequest } from '../exchange.ts';
import type { LogEntry } from '../requestLog.ts';
import type { World } from '../world.ts';
import type { AstroToken } from './astroData.ts';

/** One authenticated call. */
export interface AstroCall {
  readonly world: World;
  readonly request: CloudRequest;
  readonly token: AstroToken;
  readonly entry: LogEntry;
}

/** True where the token can see the workspace. */
export function seesWorkspace(token: AstroToken, id: string): boolean {
  return token.workspaceIds === undefined || token.workspaceIds.includes(id);
}
