/**
 * Who may import whom (`npm run lint:architecture`). What is not in layers.json is an error; CONTRIBUTING.md shows the same table.
 * A layer always sees its own files.
 *
 * sees: folders and files whose code it may import    types: those of which it may import types only
 * npm, node: packages and Node's modules              typesOf: packages of which it may import types only
 * also: what single files may import besides
 */
const layers = require('./test/architecture/layers.json');
/** The folders of domain/, from the lowest floor up: a folder sees itself and the floors below. */
const floors = require('./test/architecture/domain-floors.json');

const escape = (text) => text.replace(/[.+]/g, '\\$&');
const file = (path) => (path.endsWith('.ts') ? `^${escape(path)}$` : `^${path}/`);
const builtin = (name) => `^(node:)?${name}$`;
const installed = (name) => `(^|/)node_modules/(@types/)?${escape(name)}/`;

const rulesOf = ([layer, { sees = [], types = [], node = [], npm = [], typesOf = [], also = {}, why }]) => {
  const code = [file(layer), ...sees.map(file), ...node.map(builtin), ...npm.map(installed)];
  const asTypes = [...types.map(file), ...typesOf.map(installed)];
  const rule = (name, from, to) => ({ name: `${layer}-${name}`, comment: why, severity: 'error', from, to });
  const own = { path: file(layer), pathNot: Object.keys(also).map(file) };
  return [
    rule('imports', own, { pathNot: [...code, ...asTypes] }),
    rule('sees-only-types', own, { path: asTypes, pathNot: code, dependencyTypesNot: ['type-only'] }),
    ...Object.entries(also).map(([path, more]) =>
      rule(`imports-of-${path}`, { path: file(path) }, { pathNot: [...code, ...more.map(file)] }),
    ),
  ].filter((each) => each.to.path === undefined || each.to.path.length > 0);
};

const floorRule = (folder, level) => ({
  name: `domain-${folder}-sees-lower-floors`,
  comment: 'test/architecture/domain-floors.json lists the floors; domain/README.md says what each folder owns.',
  severity: 'error',
  from: { path: `^domain/${folder}/` },
  to: { path: '^domain/', pathNot: [folder, ...floors.slice(0, level).flat()].map((each) => `^domain/${each}/`) },
});

module.exports = {
  forbidden: [
    ...Object.entries(layers).flatMap(rulesOf),
    ...floors.flatMap((folders, level) => folders.map((folder) => floorRule(folder, level))),
    {
      name: 'domain-files-have-a-floor',
      severity: 'error',
      from: {},
      to: { path: '^domain/', pathNot: floors.flat().map((each) => `^domain/${each}/`) },
    },
    { name: 'no-folder-cycles', severity: 'error', scope: 'folder', from: { path: '^(domain|server|db)' }, to: { circular: true } },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: ['\\.d\\.ts$', '\\.[cm]js$', '^test/', '^examples/', '^web/scripts/'] },
      to: {},
    },
    {
      name: 'no-test-code-in-production',
      severity: 'error',
      from: { pathNot: ['^test/', '^\\.dependency-cruiser\\.cjs$'] },
      to: { path: '^test/' },
    },
    {
      name: 'conformance-is-black-box',
      comment: 'These tests must pass against any implementation of the API.',
      severity: 'error',
      from: { path: '^test/conformance/' },
      to: { path: Object.keys(layers).map(file) },
    },
    {
      name: 'examples-are-clients',
      comment: "They show Dunlin from outside, through Stripe's SDK.",
      severity: 'error',
      from: { path: '^examples/' },
      to: { path: Object.keys(layers).map(file) },
    },
    { name: 'no-undeclared-packages', severity: 'error', from: {}, to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] } },
    {
      name: 'no-imports-of-nothing',
      comment: 'Programs of others are installed where they run.',
      severity: 'error',
      from: { pathNot: '^test/clients/[^/]+/' },
      to: { couldNotResolve: true },
    },
    {
      name: 'no-dev-packages-in-production',
      severity: 'error',
      from: { path: Object.keys(layers).map(file) },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '(^|/)node_modules/@types/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^\\.dunlin/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};
