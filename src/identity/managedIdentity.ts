/** A signed-in account of VS Code, or the one account of the Azure CLI or the environment. */
export interface Account {
  readonly id: string;
  /** Shown to the user; usually an e-mail address. */
  readonly label: string;
}

/** Whose eyes a tenant is seen with. Every request needs both: one token belongs to one account in one tenant. */
export interface TenantRef {
  readonly account: Account;
  readonly tenantId: string;
}

/** A Microsoft Entra tenant as ARM lists it for an account. */
export interface Tenant extends TenantRef {
  readonly displayName: string;
  readonly defaultDomain: string | undefined;
}

/** An Azure subscription, with the account and tenant it was found through. */
export interface Subscription extends TenantRef {
  readonly subscriptionId: string;
  readonly displayName: string;
  /** `Enabled`, `Warned`, `PastDue`, `Disabled` or `Deleted`. */
  readonly state: string;
}

/** Where a user-assigned identity is, and through whom it is reached. */
export interface IdentityRef extends TenantRef {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
}

/** A user-assigned managed identity. */
export interface ManagedIdentity extends IdentityRef {
  /** The ARM id as the service wrote it. Compare with `sameArmId`. */
  readonly id: string;
  readonly location: string;
  /** The application id that tokens are asked for; goes into connections. */
  readonly clientId: string;
  /** The object id that roles are assigned to. Never goes into connections. */
  readonly principalId: string;
  /**
   * The tenant that issues the identity's tokens; goes into connections. Another one than `tenantId` where the subscription
   * is managed for a customer (Azure Lighthouse).
   */
  readonly homeTenantId: string;
  readonly tags: Readonly<Record<string, string>>;
}
