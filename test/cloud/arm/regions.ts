import type { ArmAnswer, ArmCall } from './armAnswer.ts';

interface Region {
  readonly name: string;
  readonly displayName: string;
  readonly geographyGroup: string;
  readonly regionType: 'Physical' | 'Logical';
  readonly category: 'Recommended' | 'Other';
}

function physical(name: string, displayName: string, geographyGroup: string, category: Region['category'] = 'Recommended'): Region {
  return { name, displayName, geographyGroup, regionType: 'Physical', category };
}

/** Some of Azure's regions, in the service's order: recommended ones, others, and last what is no place to put resources into. */
const regions: readonly Region[] = [
  physical('eastus', 'East US', 'US'),
  physical('southcentralus', 'South Central US', 'US'),
  physical('westus2', 'West US 2', 'US'),
  physical('westus3', 'West US 3', 'US'),
  physical('australiaeast', 'Australia East', 'Asia Pacific'),
  physical('southeastasia', 'Southeast Asia', 'Asia Pacific'),
  physical('northeurope', 'North Europe', 'Europe'),
  physical('swedencentral', 'Sweden Central', 'Europe'),
  physical('uksouth', 'UK South', 'Europe'),
  physical('westeurope', 'West Europe', 'Europe'),
  physical('centralus', 'Central US', 'US'),
  physical('japaneast', 'Japan East', 'Asia Pacific'),
  physical('newzealandnorth', 'New Zealand North', 'Asia Pacific'),
  physical('germanywestcentral', 'Germany West Central', 'Europe'),
  physical('malaysiasouth', 'Malaysia South', 'Asia Pacific', 'Other'),
  physical('westus', 'West US', 'US', 'Other'),
  physical('ukwest', 'UK West', 'Europe', 'Other'),
  { name: 'unitedstates', displayName: 'United States', geographyGroup: 'US', regionType: 'Logical', category: 'Other' },
  { name: 'global', displayName: 'Global', geographyGroup: '', regionType: 'Logical', category: 'Other' },
];

/**
 * GET of a subscription's locations.
 * @see https://learn.microsoft.com/rest/api/resources/subscriptions/list-locations for the form; no coordinates, no pairs
 */
export function listLocations(_call: ArmCall, subscriptionId: string): ArmAnswer {
  const value = regions.map(({ name, displayName, geographyGroup, regionType, category }) => ({
    id: `/subscriptions/${subscriptionId}/locations/${name}`,
    name,
    type: 'Region',
    displayName,
    regionalDisplayName: geographyGroup === '' ? displayName : `(${geographyGroup}) ${displayName}`,
    metadata: regionType === 'Physical' ? { regionType, regionCategory: category, geographyGroup } : { regionType, regionCategory: category },
  }));
  return { status: 200, body: { value }, source: 'gateway' };
}
