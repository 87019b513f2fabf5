// Checks Kubernetes manifests against the schemas of Kubernetes' own API (and of the Prometheus operator's): what is required, of which
// type, and which words. Fields that the API does not have are found by tests/Deploy.Tests. Run it as `node kubernetes.mjs FILE…`.
import { parseAllDocuments } from 'yaml';
import { complain, eachFile } from './report.mjs';

async function validatorOf({ apiVersion, kind }) {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  if (group === 'kustomize.config.k8s.io') return null;
  const room = group === 'monitoring.coreos.com' ? '@kubernetes-models/prometheus-operator' : 'kubernetes-models';
  const models = await import(`${room}${group ? `/${group}` : ''}/${version}`).catch(() => null);
  return models?.[kind];
}

const found = [];
eachFile((file, text) => {
  for (const document of parseAllDocuments(text, { uniqueKeys: true })) {
    for (const problem of [...document.errors, ...document.warnings]) complain(file, problem.linePos?.[0].line, problem.message.split('\n')[0]);
    const value = document.toJS();
    if (document.errors.length === 0 && value !== null) found.push({ file, line: text.slice(0, document.range[0]).split('\n').length, value });
  }
});

for (const { file, line, value } of found) {
  if (!value.apiVersion || !value.kind) {
    complain(file, line, 'has no apiVersion or no kind');
    continue;
  }
  const Model = await validatorOf(value);
  if (Model === null) continue;
  if (Model === undefined) {
    complain(file, line, `${value.apiVersion} has no ${value.kind}`);
    continue;
  }
  if (!value.metadata?.name) complain(file, line, `a ${value.kind} has no name`);
  try {
    new Model(value).validate();
  } catch (wrong) {
    complain(file, line, `${value.kind} ${value.metadata?.name}: ${wrong.message}`);
  }
}
