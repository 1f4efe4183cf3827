import { asText } from './graphRow.ts';
import type { GraphRow } from './graphRow.ts';
import { readCondition, readValue } from './kqlCondition.ts';
import type { Value } from './kqlCondition.ts';
import { KqlReader } from './kqlReader.ts';

/** Tables of Resource Graph that the local cloud holds. */
export type GraphTable = 'resources' | 'resourcecontainers' | 'authorizationresources';

/** A query that was understood. */
export interface KqlQuery {
  readonly table: GraphTable;
  /** Does with the rows of the table what the query says. */
  run(rows: readonly GraphRow[]): readonly GraphRow[];
  /** Names of the columns of its result. Without an `id` among them the service gives no further pages. */
  readonly columns: ReadonlySet<string>;
}

type Step = (rows: readonly GraphRow[]) => readonly GraphRow[];

/** https://learn.microsoft.com/azure/governance/resource-graph/reference/supported-tables-resources; the names as the service answers them without `project`. */
const tableColumns = ['id', 'name', 'type', 'tenantId', 'kind', 'location', 'resourceGroup', 'subscriptionId', 'managedBy', 'sku', 'plan', 'properties', 'tags', 'identity', 'zones', 'extendedLocation'];

function readProject(reader: KqlReader): Step {
  const columns = new Map<string, Value>();
  do {
    const alias = reader.takeAlias();
    const value = alias === undefined ? undefined : readValue(reader);
    const name = alias ?? reader.expectColumn();
    columns.set(name, value ?? ((row) => row[name]));
  } while (reader.takeSign(','));
  reader.columns = new Set(columns.keys());
  const entries = [...columns];
  return (rows) =>
    rows.map((row) => {
      // Ten thousands of rows in a query that somebody measures: no arrays on the way.
      const projected: Record<string, unknown> = {};
      for (const [name, value] of entries) {
        projected[name] = value(row) ?? null;
      }
      return projected;
    });
}

function readOrder(reader: KqlReader): Step {
  reader.expectWord('by');
  const column = reader.expectColumn();
  // Without a word the order is descending (learn.microsoft.com/kusto/query/sort-operator).
  const direction = reader.takeWord('asc') === undefined ? -1 : 1;
  if (direction === -1) {
    reader.takeWord('desc');
  }
  return (rows) => {
    const keyed = rows.map((row) => ({ key: asText(row[column]), row }));
    keyed.sort((one, other) => (one.key < other.key ? -direction : one.key > other.key ? direction : 0));
    return keyed.map(({ row }) => row);
  };
}

/**
 * Reads the part of KQL that this project uses: a table, then `where`, `project` and `order by` in any order.
 * @throws KqlFailure for everything else, at the place where it begins.
 */
export function readKql(query: string): KqlQuery {
  const reader = new KqlReader(query);
  const named = reader.expectWord();
  const table = named.text.toLowerCase();
  if (table !== 'resources' && table !== 'resourcecontainers' && table !== 'authorizationresources') {
    return reader.fail(named);
  }
  reader.columns = new Set(tableColumns);
  const steps: Step[] = [];
  while (!reader.atEnd) {
    reader.expectSign('|');
    const operator = reader.expectWord();
    if (operator.text === 'where') {
      const condition = readCondition(reader);
      steps.push((rows) => rows.filter((row) => condition(row)));
    } else if (operator.text === 'project') {
      steps.push(readProject(reader));
    } else if (operator.text === 'order' || operator.text === 'sort') {
      steps.push(readOrder(reader));
    } else {
      reader.fail(operator);
    }
  }
  return { table, run: (rows) => steps.reduce((left, step) => step(left), rows), columns: reader.columns };
}
