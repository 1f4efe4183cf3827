import { ArmRefusal } from './armAnswer.ts';

/** What one API version of Microsoft.ManagedIdentity knows (Azure/azure-rest-api-specs specification/msi). */
interface VersionFeatures {
  readonly credentials: boolean;
  readonly flexibleCredentials: boolean;
  readonly isolationScope: boolean;
  readonly assignmentRestrictions: boolean;
  /** 2021 and 2022 previews answer `id,name,type,location,…`, the others `location,tags,id,…` (recordings). */
  readonly idFirst: boolean;
  readonly associatedResources: boolean;
}

const plain = { credentials: true, flexibleCredentials: false, isolationScope: false, assignmentRestrictions: false, idFirst: false, associatedResources: false };

const versions: Readonly<Record<string, VersionFeatures>> = {
  '2018-11-30': { ...plain, credentials: false },
  '2021-09-30-preview': { ...plain, credentials: false, idFirst: true, associatedResources: true },
  '2022-01-31-preview': { ...plain, idFirst: true, associatedResources: true },
  '2023-01-31': plain,
  '2023-07-31-preview': plain,
  '2024-11-30': { ...plain, isolationScope: true },
  '2025-01-31-preview': { ...plain, isolationScope: true, flexibleCredentials: true },
  '2025-05-31-preview': { ...plain, isolationScope: true, flexibleCredentials: true, assignmentRestrictions: true },
  '2026-05-31': { ...plain, isolationScope: true, assignmentRestrictions: true },
};

/**
 * The features of a version for one resource type.
 * @throws ArmRefusal 400 InvalidResourceType for a version that does not have it.
 */
export function identityVersion(apiVersion: string, type: 'userAssignedIdentities' | 'userAssignedIdentities/federatedIdentityCredentials'): VersionFeatures {
  const features = versions[apiVersion.toLowerCase()];
  if (features !== undefined && (type === 'userAssignedIdentities' || features.credentials)) {
    return features;
  }
  const supported = Object.entries(versions).filter(([, known]) => type === 'userAssignedIdentities' || known.credentials);
  throw new ArmRefusal(
    400,
    'InvalidResourceType',
    `The resource type '${type}' could not be found in the namespace 'Microsoft.ManagedIdentity' for api version '${apiVersion}'. The supported api-versions are '${supported.map(([version]) => version).join(',')}'.`,
  );
}
