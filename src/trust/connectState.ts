import type { ConnectionResource } from '../connection/connectionResource.ts';
import type { FieldSource } from '../connection/connectionType.ts';
import type { Deployment } from '../deployment/deployment.ts';
import type { Workload } from '../deployment/workload.ts';
import type { AirflowIdentityError } from '../errors.ts';
import type { FederatedCredential } from '../identity/federatedCredential.ts';
import type { AccessScope } from '../identity/accessScope.ts';
import type { IdentityRef, ManagedIdentity } from '../identity/managedIdentity.ts';
import type { NeededRights } from '../identity/permissionCheck.ts';
import type { EditPlan } from '../project/textEdit.ts';
import type { ApplyOutcome, RowProgress } from './apply.ts';
import type { AccessCheck, AccessRow } from './connectAccess.ts';
import type { UserEvent } from './connectEvents.ts';
import type { PlanRow } from './plan.ts';

/** Something to be chosen that may take a moment to read. `Ref` is what it is read again by. */
type Choice<T, Ref extends { readonly name: string }> =
  | { readonly kind: 'none' }
  | { readonly kind: 'loading'; readonly ref: Ref }
  | { readonly kind: 'failed'; readonly ref: Ref; readonly error: AirflowIdentityError }
  | { readonly kind: 'chosen'; readonly value: T };

/** The identity as it was read, with the names that people know it by. */
export interface ChosenIdentity {
  readonly identity: ManagedIdentity;
  readonly subscriptionName: string;
  readonly tenantName: string;
  readonly credentials: readonly FederatedCredential[];
}

/** What the issuer's discovery document said. */
type IssuerCheck =
  | { readonly kind: 'none' }
  | { readonly kind: 'checking' }
  | { readonly kind: 'same' }
  | { readonly kind: 'differs'; readonly found: string }
  | { readonly kind: 'failed'; readonly error: AirflowIdentityError };

/** One workload as the user left it. */
export interface RowInput extends Workload {
  /** Trusts the cluster that takes over in a disaster, and not the deployment's own. */
  readonly recovery: boolean;
  /** Named by the user, so it can be removed again. */
  readonly added: boolean;
  readonly ticked: boolean | undefined;
}

/** A place that the connection can be written to: a file, or Astro's Environment Manager. */
export interface TargetChoice {
  readonly uri: string;
  /** `etl-pipelines/airflow_settings.yaml` */
  readonly label: string;
  /** Who reads it there, as a sentence. */
  readonly reach: string;
  /**
   * What writing there means for others, who get it at once: said in a question before anything is written. Absent where only the
   * user has it and can undo it. A place with it is never chosen by itself.
   */
  readonly shared?: string;
}

/** What the user wants to stand in the project. */
interface ConnectionInput {
  readonly connectionId: string;
  /** Id of a type of the catalogue. */
  readonly type: string;
  /** What its fields hold, by their ids; values of fields that only other types have stay, in case the user goes back. */
  readonly values: Readonly<Record<string, string>>;
  /** The resource that was chosen for it last. */
  readonly resource: ConnectionResource | undefined;
  /** A `TargetChoice.uri`, or empty for no connection. */
  readonly target: string;
  /** The user wants no connection, whatever targets are found. */
  readonly declined: boolean;
  /** The user saw that an entry of this id holds other values, and wants it changed. */
  readonly overwrite: boolean;
}

/** What `requirements.txt` beside the chosen file lacks. */
export interface ProviderNotice {
  readonly message: string;
  readonly canAdd: boolean;
}

/** What became of the connection. */
export type ConnectionOutcome =
  | { readonly kind: 'none' }
  /** `line` counts from 1; a place that is no file has none. */
  | { readonly kind: 'written'; readonly line: number | undefined; readonly updated: boolean }
  | { readonly kind: 'unchanged'; readonly line: number | undefined }
  | { readonly kind: 'skipped'; readonly why: string }
  | { readonly kind: 'failed'; readonly error: AirflowIdentityError };

/** A run of applying. */
interface ApplyRun {
  /** Rows that this run writes, as they were shown. */
  readonly rows: readonly PlanRow[];
  readonly progress: ReadonlyMap<string, RowProgress>;
  /** The same for roles, by the ids of their rows. */
  readonly access: ReadonlyMap<string, RowProgress>;
  readonly stopping: boolean;
  /** What an earlier run, whose failed rows this one tries again, did about the connection. */
  readonly connectionBefore: ConnectionOutcome | undefined;
}

/** The whole flow. The form and the keyboard flow are two views of it. */
export interface ConnectState {
  readonly phase: 'review' | 'applying' | 'done';
  readonly deployment: Choice<Deployment, Deployment>;
  readonly issuerCheck: IssuerCheck;
  readonly identity: Choice<ChosenIdentity, IdentityRef>;
  readonly audience: string;
  /** What scripts tell the Azure CLI; as `azCloudName` gives it. */
  readonly azCloud: string | undefined;
  /** Issuers of all deployments the user has; `undefined` until they are needed, to tell which credentials look unused. */
  readonly knownIssuers: ReadonlySet<string> | 'asked' | undefined;
  readonly rows: readonly RowInput[];
  readonly editSubjects: boolean;
  /** Roles that the identity is given with the credentials. */
  readonly access: readonly AccessRow[];
  /** What the user lacks to write credentials on the chosen identity; `undefined` where nothing is missing or it is not known. */
  readonly missingRights: NeededRights | undefined;
  readonly targets: readonly TargetChoice[];
  readonly connection: ConnectionInput;
  readonly connectionPlan: EditPlan | undefined;
  /** A newer connection plan is on its way; until then nothing is applied. */
  readonly planning: boolean;
  readonly provider: ProviderNotice | undefined;
  /** `requirements.txt` is being edited; what was known about the provider before may still arrive meanwhile. */
  readonly isAddingProvider: boolean;
  /** Why the last attempt to apply did not even begin. */
  readonly applyError: AirflowIdentityError | undefined;
  readonly run: ApplyRun | undefined;
  readonly outcome: { readonly apply: ApplyOutcome | undefined; readonly connection: ConnectionOutcome; readonly at: number } | undefined;
}

/** Answers of the world to effects. */
export type WorldEvent =
  | { readonly kind: 'deploymentChosen'; readonly deployment: Deployment }
  | { readonly kind: 'deploymentFailed'; readonly deployment: Deployment; readonly error: AirflowIdentityError }
  | { readonly kind: 'issuerChecked'; readonly issuer: string; readonly check: IssuerCheck }
  | { readonly kind: 'identityLoading'; readonly ref: IdentityRef }
  | { readonly kind: 'identityRead'; readonly chosen: ChosenIdentity }
  | { readonly kind: 'identityFailed'; readonly ref: IdentityRef; readonly error: AirflowIdentityError }
  | { readonly kind: 'serviceAccountNamed'; readonly serviceAccount: string }
  /** Only when every deployment was listed: one that is missing would make its credentials look unused. */
  | { readonly kind: 'issuersKnown'; readonly issuers: readonly string[] }
  | { readonly kind: 'rightsChecked'; readonly identityId: string; readonly missing: NeededRights | undefined }
  | { readonly kind: 'accessChosen'; readonly scope: AccessScope; readonly role: { readonly roleId: string; readonly name: string } }
  | { readonly kind: 'accessChecked'; readonly rowId: string; readonly principalId: string; readonly check: AccessCheck }
  | { readonly kind: 'resourceChosen'; readonly source: FieldSource; readonly resource: ConnectionResource }
  /** Files came or went, or somebody signed in to Astro. */
  | { readonly kind: 'targetsChanged' }
  | { readonly kind: 'targetsFound'; readonly targets: readonly TargetChoice[] }
  | { readonly kind: 'connectionPlanned'; readonly plan: EditPlan | undefined }
  | { readonly kind: 'providerChecked'; readonly notice: ProviderNotice | undefined }
  /** The edit was made or has failed, and what is true now was checked. */
  | { readonly kind: 'providerAdded' }
  | { readonly kind: 'rowProgress'; readonly rowId: string; readonly progress: RowProgress }
  | { readonly kind: 'accessProgress'; readonly rowId: string; readonly progress: RowProgress }
  | { readonly kind: 'applyFailed'; readonly error: AirflowIdentityError }
  | { readonly kind: 'applyCancelled' }
  | { readonly kind: 'applied'; readonly apply: ApplyOutcome | undefined; readonly connection: ConnectionOutcome; readonly at: number };

/** Anything that moves the flow on. */
export type ConnectEvent = UserEvent | WorldEvent;

/** What the world is asked to do. Whoever runs an effect answers with a `WorldEvent`. */
export type Effect =
  | { readonly kind: 'chooseDeployment' }
  | { readonly kind: 'enterDeployment' }
  | { readonly kind: 'readDeployment'; readonly deployment: Deployment }
  | { readonly kind: 'chooseIdentity' }
  | { readonly kind: 'readIdentity'; readonly ref: IdentityRef }
  | { readonly kind: 'checkIssuer'; readonly issuer: string }
  | { readonly kind: 'checkRights'; readonly identity: ManagedIdentity }
  | { readonly kind: 'chooseAccess'; readonly identity: ManagedIdentity }
  | { readonly kind: 'checkAccess'; readonly row: AccessRow; readonly identity: ManagedIdentity }
  | { readonly kind: 'listIssuers' }
  | { readonly kind: 'nameServiceAccount' }
  | { readonly kind: 'chooseResource'; readonly source: FieldSource; readonly identity: ManagedIdentity }
  | { readonly kind: 'findTargets' }
  | { readonly kind: 'planConnection' }
  | { readonly kind: 'checkProvider' }
  | { readonly kind: 'addProvider' }
  | { readonly kind: 'apply'; readonly rows: readonly PlanRow[]; readonly access: readonly AccessRow[]; readonly writeConnection: boolean }
  | { readonly kind: 'stop' }
  | { readonly kind: 'copyText'; readonly text: string }
  | { readonly kind: 'copyError'; readonly error: AirflowIdentityError }
  | { readonly kind: 'openConnection' }
  | { readonly kind: 'showIdentity'; readonly identity: ManagedIdentity }
  | { readonly kind: 'signInAgain' }
  | { readonly kind: 'showLog' };
