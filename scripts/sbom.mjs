// Turns a published program's deps.json into a CycloneDX 1.6 document. Run it as `node scripts/sbom.mjs FILE`.
import { readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';

const deps = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const target = deps.targets[deps.runtimeTarget.name];
const entries = Object.entries(deps.libraries).map(([id, library]) => ({ id, library, name: id.split('/')[0], version: id.split('/')[1] }));
const program = entries.find(entry => entry.name === 'FteAgent.Silo');

const component = ({ id, library, name, version }) => library.type === 'package'
  ? {
      type: 'library', name, version, 'bom-ref': id,
      purl: `pkg:nuget/${encodeURIComponent(name)}@${encodeURIComponent(version)}`,
      // NuGet writes the package's SHA-512 in base 64, CycloneDX wants it in hexadecimal.
      ...(library.sha512 ? { hashes: [{ alg: 'SHA-512', content: Buffer.from(library.sha512.replace(/^sha512-/, ''), 'base64').toString('hex') }] } : {}),
    }
  : { type: 'library', name, version, 'bom-ref': id };

const byName = new Map(entries.map(entry => [entry.name.toLowerCase(), entry.id]));
const dependsOn = id => Object.keys(target[id]?.dependencies ?? {}).map(name => byName.get(name.toLowerCase())).filter(Boolean);

console.log(JSON.stringify({
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  serialNumber: `urn:uuid:${randomUUID()}`,
  version: 1,
  metadata: { timestamp: new Date().toISOString(), component: { ...component(program), type: 'application' } },
  components: entries.filter(entry => entry !== program).map(component),
  dependencies: entries.map(({ id }) => ({ ref: id, dependsOn: dependsOn(id) })),
}, null, 2));
