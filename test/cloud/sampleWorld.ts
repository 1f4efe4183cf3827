/** Names and ids of the sample world, for tests that ask for them. Where the mock of the form shows a value, it is that value. */
export const sample = {
  accounts: {
    dana: { label: 'dana@contoso.example', objectId: '1f0d2c3b-4a59-4687-9766-5544332211aa' },
    sam: { label: 'sam@fabrikam.example', objectId: '2a1b3c4d-5e6f-4708-8192-a3b4c5d6e7f8' },
  },
  tenants: {
    contoso: { id: '2f6d8a31-90bc-4e57-a1d2-3c4b5a697887', name: 'Contoso', domain: 'contoso.example' },
    fabrikam: { id: '7c9e6679-7425-40de-944b-e07fc1f90ae7', name: 'Fabrikam', domain: 'fabrikam.example' },
    /** Dana's token for it needs a second factor. */
    northwind: { id: '9b2d3c4e-5f60-4718-8293-041526374859', name: 'Northwind (MFA required)', domain: 'northwind.example' },
  },
  subscriptions: {
    production: 'c0ffee00-1234-4a5b-8c6d-7e8f90a1b2c3',
    development: 'c0ffee01-1234-4a5b-8c6d-7e8f90a1b2c3',
    /** Holds no resource group. */
    empty: 'c0ffee02-1234-4a5b-8c6d-7e8f90a1b2c3',
    /** In Fabrikam: dana reads, sam owns. */
    fabrikam: 'fab00000-1234-4a5b-8c6d-7e8f90a1b2c3',
    /** In Northwind. */
    northwind: '90717717-1234-4a5b-8c6d-7e8f90a1b2c3',
  },
  groups: { airflow: 'rg-airflow-identity', dataProduction: 'rg-data-prod', development: 'rg-airflow-dev', analytics: 'rg-analytics', fabrikam: 'rg-fabrikam-etl' },
  identities: {
    /** 7 credentials: one kept, one to replace, one in conflict (see the mock of the form). */
    airflowProd: { name: 'id-airflow-prod', clientId: '7d3c1f90-2b84-4c6a-9e15-8f0a6b2d4c71', principalId: 'e41b7a25-6c0d-4f93-8a1e-b27d5c9036f4' },
    /** No credential yet. */
    airflowDev: { name: 'id-airflow-dev', clientId: '3b9aca00-7f21-4d0e-9a4c-1d2e3f405162', principalId: '4c8bdb11-8032-4e1f-8b5d-2e3f40516273' },
    /** 19 credentials. */
    reporting: { name: 'id-reporting', clientId: '5d7cec22-9143-4f20-9c6e-3f4051627384', principalId: '6e6dfd33-a254-4031-8d7f-405162738495' },
    /** Holds a flexible credential: an expression and no subject. */
    flexible: { name: 'id-github-flexible', clientId: '7f5e0e44-b365-4142-9e80-5162738495a6', principalId: '804f1f55-c476-4253-8f91-62738495a6b7' },
    /** In a region that takes no federated credentials. */
    unsupportedRegion: { name: 'id-airflow-nz', clientId: '91402066-d587-4364-80a2-738495a6b7c8', principalId: 'a2313177-e698-4475-81b3-8495a6b7c8d9' },
    /** Tags with quotes, markdown and HTML. */
    hostileTags: { name: 'id-tag-collection', clientId: 'b3224288-f7a9-4586-82c4-95a6b7c8d9ea', principalId: 'c4135399-08ba-4697-83d5-a6b7c8d9eafb' },
    /** Holds the prod triggerer's issuer and subject for another audience: a conflict for a workload of the preset. */
    legacyGov: { name: 'id-legacy-gov', clientId: 'd50464aa-19cb-47a8-84e6-b7c8d9eafb0c', principalId: 'e6f575bb-2adc-48b9-85f7-c8d9eafb0c1d' },
    /** In Fabrikam: dana can read it and not write. */
    fabrikamEtl: { name: 'id-fabrikam-etl', clientId: 'f7e686cc-3bed-49ca-8608-d9eafb0c1d2e', principalId: '08d797dd-4cfe-4adb-8719-eafb0c1d2e3f' },
  },
  issuers: {
    prod: 'https://westus2.oic.prod-aks.azure.com/0a1b2c3d-4e5f-4071-8293-a4b5c6d7e8f9/5e6f7081-92a3-44b5-86c7-d8e9fa0b1c2d/',
    /** The cluster that the prod deployment ran on before. */
    old: 'https://westus2.oic.prod-aks.azure.com/0a1b2c3d-4e5f-4071-8293-a4b5c6d7e8f9/91c4d2e3-0f17-4a28-b5c6-2d3e4f506172/',
    dev: 'https://eastus.oic.prod-aks.azure.com/0a1b2c3d-4e5f-4071-8293-a4b5c6d7e8f9/60718293-a4b5-4c6d-8e7f-901a2b3c4d5e/',
    finance: 'https://northeurope.oic.prod-aks.azure.com/0a1b2c3d-4e5f-4071-8293-a4b5c6d7e8f9/718293a4-b5c6-4d7e-8f90-1a2b3c4d5e6f/',
    marketing: 'https://oidc.prod-aks.azure.com/8293a4b5-c6d7-4e8f-901a-2b3c4d5e6f70/',
    /** The connection breaks. */
    unreachable: 'https://westeurope.oic.prod-aks.azure.com/0a1b2c3d-4e5f-4071-8293-a4b5c6d7e8f9/93a4b5c6-d7e8-4f90-8a2b-3c4d5e6f7081/',
    /** Its discovery document names the same issuer without the slash. */
    misnamed: 'https://westeurope.oic.prod-aks.azure.com/0a1b2c3d-4e5f-4071-8293-a4b5c6d7e8f9/a4b5c6d7-e8f9-401a-8b3c-4d5e6f708192/',
    /** Contoso's own AKS clusters `aks-data-platform` and `aks-airflow-dev`. */
    platform: 'https://westus2.oic.prod-aks.azure.com/2f6d8a31-90bc-4e57-a1d2-3c4b5a697887/b5c6d7e8-f90a-4b1c-8d2e-3f40516273a4/',
    aksDev: 'https://eastus.oic.prod-aks.azure.com/2f6d8a31-90bc-4e57-a1d2-3c4b5a697887/c6d7e8f9-0a1b-4c2d-8e3f-40516273a4b5/',
    /** Fabrikam's AKS cluster; the older form, without region and tenant. */
    aksFabrikam: 'https://oidc.prod-aks.azure.com/d7e8f90a-1b2c-4d3e-8f40-516273a4b5c6/',
    /** Clusters outside Azure; none of these ends with a slash. The first is that of the deployment on AWS. */
    eks: 'https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF',
    gke: 'https://container.googleapis.com/v1/projects/contoso-data/locations/europe-west4/clusters/airflow-gke',
    openShift: 'https://oidc.op1.openshiftapps.com/2qmndl99t97bvu7f3jqd7i48hslocal0',
    /** A kind cluster whose documents lie in a public container, as Azure's workload identity docs have it; with a slash. */
    kind: 'https://stcontosooidc.blob.core.windows.net/oidc-kind/',
    /** Contoso Labs: the cluster of `forecast-prod`, the one that takes over in a disaster, and those outside Azure. */
    forecast: 'https://westeurope.oic.prod-aks.azure.com/0a1b2c3d-4e5f-4071-8293-a4b5c6d7e8f9/e8f90a1b-2c3d-4e4f-8051-6273a4b5c6d7/',
    forecastDr: 'https://northeurope.oic.prod-aks.azure.com/0a1b2c3d-4e5f-4071-8293-a4b5c6d7e8f9/f90a1b2c-3d4e-4f50-8162-73a4b5c6d7e8/',
    labsGke: 'https://container.googleapis.com/v1/projects/astronomer-labs/locations/us-central1/clusters/gke-labs',
    labsEks: 'https://oidc.eks.us-west-2.amazonaws.com/id/AABBCCDDEEFF00112233445566778899',
    /** On EKS: the connection breaks. */
    eksUnreachable: 'https://oidc.eks.eu-west-1.amazonaws.com/id/FEDCBA9876543210FEDCBA9876543210',
    /** On GKE: its document names the cluster's former name. */
    gkeMisnamed: 'https://container.googleapis.com/v1/projects/contoso-data/locations/europe-west4/clusters/airflow-gke-2',
  },
  astro: {
    organization: { id: 'clcontoso0data0org0000001', name: 'Contoso Data' },
    workspaces: { dataPlatform: { id: 'clwork0data0platform00001', name: 'Data Platform' }, marketing: { id: 'clwork0marketing000000001', name: 'Marketing' } },
    clusters: { azure: 'clclust0aks0data000000001', aws: 'clclust0eks0data000000001' },
    deployments: {
      /** Runtime 3.1-12, Celery, on the dedicated Azure cluster. */
      customer360: { id: 'cldep0customer360prod0001', name: 'customer-360-prod', namespace: 'weightless-diameter-8927' },
      /** Runtime 9.5.0 (Airflow 2), Kubernetes executor. */
      ordersDev: { id: 'cldep0orders0dev000000001', name: 'orders-dev', namespace: 'primitive-gravity-1234' },
      /** Remote execution. */
      financeRemote: { id: 'cldep0finance0remote00001', name: 'finance-remote', namespace: 'luminous-quasar-5512' },
      marketingAttribution: { id: 'cldep0marketing0attr00001', name: 'marketing-attribution', namespace: 'newtonian-apparatus-7941' },
      /** On AWS: nothing in Azure would trust it through this organization's clusters. */
      aws: { id: 'cldep0clickstream0aws0001', name: 'clickstream-aws', namespace: 'elliptical-star-4409' },
      /** The API gives no oidcIssuerUrl for it. */
      withoutIssuer: { id: 'cldep0legacy0etl000000001', name: 'legacy-etl', namespace: 'boreal-planet-0417' },
      /** Name with HTML, markdown and quotes. */
      hostileName: { id: 'cldep0hostile0name0000001', name: '<img src=x onerror=alert(1)> **bold** "quotes"', namespace: 'quantum-meteor-6021' },
      unreachableIssuer: { id: 'cldep0unreachable00000001', name: 'inventory-unreachable', namespace: 'solar-comet-2288' },
      misnamedIssuer: { id: 'cldep0misnamed00000000001', name: 'pricing-moved', namespace: 'cosmic-nebula-7733' },
    },
    /** A second organization: on all clouds, one cluster prepared for a disaster. */
    labs: {
      organization: { id: 'clcontoso0labs0org0000001', name: 'Contoso Labs' },
      workspaces: { research: { id: 'clwork0research0000000001', name: 'Research' }, experiments: { id: 'clwork0experiments0000001', name: 'Experiments' } },
      clusters: { azure: 'clclust0aks0labs000000001', gcp: 'clclust0gke0labs000000001' },
      deployments: {
        /** On the dedicated Azure cluster that is prepared for a disaster: two issuers. */
        forecast: { id: 'cldep0forecast0prod000001', name: 'forecast-prod', namespace: 'stellar-horizon-3051' },
        /** On the dedicated cluster in Google Cloud. */
        training: { id: 'cldep0training0gcp0000001', name: 'ml-training-gcp', namespace: 'galactic-orbit-6174' },
        /** Standard, on AWS. */
        events: { id: 'cldep0web0events0aws00001', name: 'web-events-aws', namespace: 'lunar-eclipse-2718' },
      },
    },
    /** In the Environment Manager of Contoso Data; the last belongs to the deployment orders-dev, the others to the workspace Data Platform. */
    environmentObjects: {
      /** `azure` with id-airflow-prod, linked to customer-360-prod. */
      azure: { id: 'clenv0azure0default000001', key: 'azure_default' },
      /** `wasb` for all deployments but finance-remote; orders-dev signs in as id-airflow-dev. */
      lake: { id: 'clenv0lake000000000000001', key: 'lake' },
      /** `postgres` with a password. */
      warehouse: { id: 'clenv0warehouse0000000001', key: 'warehouse' },
      variable: { id: 'clenv0environment00000001', key: 'environment' },
      secretVariable: { id: 'clenv0api0key000000000001', key: 'API_KEY' },
      /** `wasb` with a client secret: the secret path wins. */
      legacy: { id: 'clenv0legacy0blob00000001', key: 'legacy_blob' },
    },
    tokens: {
      /** Sees the whole organization. */
      organization: 'astro-organization-token-of-the-local-cloud',
      /** Sees the workspace Data Platform. */
      workspace: 'astro-workspace-token-of-the-local-cloud',
      /** Sees what the organization's token sees, and may change nothing. */
      viewer: 'astro-viewer-token-of-the-local-cloud',
      /** Sees the second organization alone. */
      labs: 'astro-labs-token-of-the-local-cloud',
      expired: 'astro-expired-token-of-the-local-cloud',
      /** What `astro login` leaves in the CLI's config: sees both organizations. */
      user: 'astro-user-token-of-the-local-cloud',
    },
  },
  /** What roles are given on, and what carries identities; in `rg-data-prod` but for the last three. */
  resources: {
    lake: { name: 'stcontosolake', containers: ['raw', 'curated', 'airflow-logs'] },
    vault: { name: 'kv-contoso-data' },
    /** With a system-assigned identity. */
    factory: { name: 'adf-contoso-data', principalId: '15a86b2c-7d4e-4f90-8b13-c2d3e4f5a6b7', clientId: '26b97c3d-8e5f-4a01-9c24-d3e4f5a6b7c8' },
    /** A web app with a system-assigned identity and id-airflow-prod. */
    api: { name: 'app-contoso-api', principalId: '37ca8d4e-9f60-4b12-8d35-e4f5a6b7c8d9', clientId: '48db9e5f-a071-4c23-9e46-f5a6b7c8d9ea' },
    /** A virtual machine without any identity. */
    machine: { name: 'vm-batch-01' },
    /** A container instance with id-airflow-prod. */
    runner: { name: 'ci-batch-runner' },
    /** AKS; its issuer is the prod deployment's. */
    cluster: { name: 'aks-airflow-prod', principalId: '59ecaf60-b182-4d34-8f57-a6b7c8d9eafb', clientId: '6afdb071-c293-4e45-9068-b7c8d9eafb0c' },
    devStorage: { name: 'stcontosodev', containers: ['scratch'] },
    /** A function app without any identity. */
    devApi: { name: 'func-contoso-dev' },
    fabrikamStorage: { name: 'stfabrikametl', containers: ['landing'] },
  },
  /** AKS clusters beside `aks-airflow-prod`, none with an identity of its own. */
  clusters: {
    /** Contoso, `rg-analytics`: OIDC issuer and workload identity are on. */
    platform: { name: 'aks-data-platform', fqdn: 'aks-data-platform-dns-1a2b3c4d.hcp.westus2.azmk8s.io' },
    /** Contoso, `rg-airflow-dev`: an OIDC issuer, workload identity off. */
    withoutWorkloadIdentity: { name: 'aks-airflow-dev', fqdn: 'aks-airflow-dev-dns-2b3c4d5e.hcp.eastus.azmk8s.io' },
    /** Contoso, `rg-scratch`: neither. */
    withoutIssuer: { name: 'aks-legacy', fqdn: 'aks-legacy-dns-3c4d5e6f.hcp.eastus.azmk8s.io' },
    /** Fabrikam, `rg-fabrikam-etl`: both on. */
    fabrikam: { name: 'aks-fabrikam-etl', fqdn: 'aks-fabrikam-etl-dns-4d5e6f70.hcp.northeurope.azmk8s.io' },
  },
  /** What the API servers of `clusters.platform` and `clusters.withoutWorkloadIdentity` know; kubernetes/kubeconfig.ts writes a kubeconfig for them. */
  kubernetes: {
    users: {
      /** Reads everything. */
      reader: { name: 'dana@contoso.example', token: 'kubernetes-reader-token-of-the-local-cloud' },
      /** Reads in the namespace of the official chart alone. */
      airflowOnly: { name: 'airflow-viewer', token: 'kubernetes-airflow-token-of-the-local-cloud' },
      expired: { name: 'former-colleague', token: 'kubernetes-expired-token-of-the-local-cloud' },
    },
    releases: {
      /** The official chart with Airflow 3; also in `clusters.withoutWorkloadIdentity`. Everything but the scheduler signs in as id-airflow-prod. */
      official: { namespace: 'airflow', release: 'airflow' },
      /** The official chart with Airflow 2; its accounts begin with `etl-airflow`. */
      older: { namespace: 'etl', release: 'etl' },
      /** The community chart: one account. */
      community: { namespace: 'airflow-team', release: 'team-airflow' },
    },
  },
  /** What connections point to; the first of each kind in `rg-data-prod` (production), the second in `rg-airflow-dev` (development). */
  services: {
    storage: ['stcontosoarchive', 'stcontososcratch'],
    factories: ['adf-contoso-ingest', 'adf-devtest'],
    vaults: ['kv-contoso-airflow', 'kv-devtest'],
    kusto: ['adxcontoso', 'adxdevtest'],
    cosmos: ['cosmos-contoso', 'cosmos-devtest'],
    batch: ['batchcontoso', 'batchdevtest'],
    serviceBus: ['sb-contoso', 'sb-devtest'],
    synapse: ['syn-contoso', 'syn-devtest'],
    registries: ['acrcontoso', 'acrdevtest'],
    /** Each with one project, `forecasts`. */
    ai: ['ai-contoso', 'ai-devtest'],
    /** In Fabrikam, `rg-fabrikam-etl`. */
    fabrikamFactory: 'adf-fabrikam-etl',
    fabrikamVault: 'kv-fabrikam-etl',
  },
  /** A role of Contoso's own, for the subscription Data Platform Production. */
  customRole: { id: '7b0ec182-d3a4-4f56-9179-c8d9eafb0c1d', name: 'Contoso Pipeline Operator' },
  /** For sign-in through the environment (client secret). */
  app: { clientId: '19c8a8ee-5d0f-4bec-882a-fb0c1d2e3f40', objectId: '2ab9b9ff-6e10-4cfd-893b-0c1d2e3f4051', secret: 'local-cloud-app-secret', name: 'airflow-ci' },
} as const;
