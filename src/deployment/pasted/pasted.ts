/** A federated credential as a pasted text describes it. What the text leaves open is `undefined`. */
export interface PastedCredential {
  readonly issuer: string | undefined;
  readonly subject: string | undefined;
  readonly audience: string | undefined;
  readonly name: string | undefined;
  /** The identity it is for, as far as the text says. */
  readonly identity: PastedIdentity | undefined;
  /** Counted from 1, where it stands in the text. */
  readonly line: number;
}

/** An identity as a pasted text names it: by its ARM id, or by name and resource group. */
export interface PastedIdentity {
  readonly name: string;
  readonly resourceGroup: string | undefined;
  readonly subscriptionId: string | undefined;
}

/** A part of the text that was not understood, as it stands. */
export interface NotUnderstood {
  readonly text: string;
  readonly why: string;
  /** Counted from 1. */
  readonly line: number;
}

/** What was found in a pasted text. Nothing of it was run or sent anywhere. */
export interface Pasted {
  /** What the text is; `unknown` when nothing in it was understood. */
  readonly kind: 'script' | 'terraform' | 'bicep' | 'json' | 'token' | 'armId' | 'unknown';
  readonly credentials: readonly PastedCredential[];
  /** An identity or cluster that the text names on its own. */
  readonly resourceIds: readonly string[];
  readonly notUnderstood: readonly NotUnderstood[];
}

/** Longest text that is read, in UTF-16 code units; scripts are some kilobytes. */
export const longestPasted = 200_000;

/** Most credentials that loops of a script may make; an identity holds 20. */
export const mostCredentials = 500;
