/** An identity that was seen in the tree or used before. */
export interface KnownIdentity {
  readonly name: string;
  readonly clientId: string;
  readonly principalId: string;
  /** The tenant that issues its tokens. */
  readonly tenantId: string;
  readonly subscriptionId: string;
  readonly subscriptionName: string;
  /** Milliseconds since 1970, of the last connection made with it. */
  readonly lastUsed?: number;
}

/** What a file itself does not tell. Whatever is not known is never claimed. */
export interface Knowledge {
  readonly identities: readonly KnownIdentity[];
  /** True when every identity that the user can see was listed: only then an id that none of them has is called unknown. */
  readonly isComplete: boolean;
  /** What `requirements.txt` of the file's project holds, `text` being undefined when there is none; absent where that is not known. */
  readonly requirements?: { readonly text: string | undefined };
}

/** Knowing nothing: what is wrong with the file itself is found all the same. */
export const noKnowledge: Knowledge = { identities: [], isComplete: false };
