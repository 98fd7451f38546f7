import holograph from '../../media/schema/holograph.schema.json' with { type: 'json' };
import label from '../../media/schema/label.schema.json' with { type: 'json' };
import manifest from '../../media/schema/manifest.schema.json' with { type: 'json' };
import report from '../../media/schema/report.schema.json' with { type: 'json' };
import { type Member, textMember } from './bag.ts';

/** The forms of the package's own JSON, as this version publishes them. The manifest's names that of the description. */
const schemas: Readonly<Record<string, object>> = { holograph, label, manifest, report };

/** `data/schema/*.json`. */
export function schemaMembers(): readonly Member[] {
  return Object.entries(schemas).map(([name, schema]) =>
    textMember(`data/schema/${name}.schema.json`, `${JSON.stringify(schema, null, 2)}\n`),
  );
}
