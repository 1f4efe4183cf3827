import type { Node, YAMLMap, YAMLSeq } from 'yaml';
import { isMap, isScalar, isSeq } from 'yaml';
import type { YamlText } from '../yaml/yamlDocument.ts';
import { followed, pairOf, valueOf } from '../yaml/yamlDocument.ts';

/** A map or a list of environment variables. */
export type Environment = YAMLMap | YAMLSeq;

/** A service that runs Airflow. */
export interface AirflowService {
  readonly name: string;
  readonly map: YAMLMap;
  /** Where its variables stand: its own first, then what `<<` brings, as far as it reaches. */
  readonly environments: readonly Environment[];
}

const airflowName = /airflow|scheduler|web-?server|api-?server|worker|triggerer|dag-?processor/i;
const airflowImage = /airflow|astronomer|astro-runtime|astrocrpublic/i;
const otherImage = /postgres|mysql|mariadb|redis|rabbitmq|statsd|prometheus|grafana|nginx|minio|adminer|pgbouncer/i;

/** The services of a compose file that run Airflow, by image or by name. A database called `airflow-db` is none. */
export function airflowServices(document: YamlText): readonly AirflowService[] {
  const root: unknown = document.yaml.contents;
  const services = isMap(root) ? followed(document, pairOf(document, root, 'services')?.value) : undefined;
  return isMap(services) ? services.items.flatMap(({ key, value }): readonly AirflowService[] => {
    const map = followed(document, value);
    const name = isScalar(key) ? String(key.value) : '';
    const image = isMap(map) ? followed(document, deepValue(document, map, 'image')) : undefined;
    const imageName = isScalar(image) ? String(image.value) : '';
    const isAirflow = isMap(map) && (airflowImage.test(imageName) || (airflowName.test(name) && !otherImage.test(imageName)));
    return isAirflow ? [{ name, map, environments: environmentsOf(document, followed(document, deepValue(document, map, 'environment'))) }] : [];
  }) : [];
}

/** The value of a key, also of maps that are merged into merged ones. */
function deepValue(document: YamlText, map: YAMLMap, key: string, depth = 0): Node | undefined {
  const own = valueOf(document, map, key);
  if (own !== undefined || depth > 8) {
    return own;
  }
  for (const merged of mergedMaps(document, map)) {
    const value = deepValue(document, merged, key, depth + 1);
    if (value !== undefined) {
      return value;
    }
  }
  return undefined;
}

function environmentsOf(document: YamlText, node: Node | undefined, depth = 0): readonly Environment[] {
  if (isSeq(node)) {
    return [node];
  }
  return isMap(node) && depth < 8 ? [node, ...mergedMaps(document, node).flatMap((merged) => environmentsOf(document, merged, depth + 1))] : [];
}

function mergedMaps(document: YamlText, map: YAMLMap): readonly YAMLMap[] {
  const merge = pairOf(document, map, '<<')?.value;
  return (isSeq(merge) ? merge.items : [merge]).map((source) => followed(document, source)).filter((source) => isMap(source));
}
