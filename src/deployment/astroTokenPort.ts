/** An Astro token and where it came from, which decides what the user is told to do when it no longer works. */
export interface AstroToken {
  /** The token alone, without `Bearer `. */
  readonly token: string;
  readonly origin: 'secretStorage' | 'environment' | 'astroCli';
}

/** Where the Astro token comes from: the secret storage, else `ASTRO_API_TOKEN`, else the Astro CLI's own file. Never asks the user. */
export interface AstroTokenPort {
  /**
   * `undefined` when there is none anywhere.
   * @throws AirflowIdentityError `signedOut` when there is one that cannot be used, saying why.
   */
  token(signal: AbortSignal): Promise<AstroToken | undefined>;
}

/** What a token can see, shown before it is kept. */
export interface AstroTokenCheck {
  /** Sorted as Astro lists them; never empty. */
  readonly organizations: readonly { readonly id: string; readonly name: string }[];
}
