import { builtinModules } from 'node:module';
import tseslint from 'typescript-eslint';

const nodeBuiltins = builtinModules.flatMap((name) => [name, `node:${name}`]);
const passedIn = (...names) => names.map((name) => ({ name, message: 'Pass it in.' }));

const environment = { object: 'process', property: 'env', message: 'config.ts is the only reader of the environment.' };
const clock = { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'Time is an argument.' };
const floats = { property: 'toFixed', message: 'Money is integers of minor units.' };

export default tseslint.config(
  { ignores: ['.dunlin/**', 'coverage/**', 'node_modules/**', '**/*.cjs', '**/*.mjs'] },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked],
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'max-lines': ['error', { max: 300, skipComments: true, skipBlankLines: true }],
      'max-lines-per-function': ['error', { max: 60, skipComments: true, skipBlankLines: true }],
      'max-params': ['error', 4],
      'max-depth': ['error', 3],
      complexity: ['error', 10],
      eqeqeq: 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'], location: 'anywhere' }],
      'no-restricted-properties': ['error', environment],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      // A number in a text needs no conversion.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // If the type returns nothing, nothing can be confused.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreVoidReturningFunctions: true }],
    },
  },
  // Jest's global setup can only pass values to its tests through the environment; conformance tests read their target from it.
  { files: ['config.ts', 'test/support/**/*.ts', 'test/conformance/**/*.ts'], rules: { 'no-restricted-properties': 'off' } },
  {
    files: ['domain/**/*.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...passedIn(
          'process',
          'console',
          'fetch',
          'setTimeout',
          'setInterval',
          'setImmediate',
          'queueMicrotask',
          'crypto',
          'performance',
          'Buffer',
        ),
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Time is an argument.' },
        { object: 'Math', property: 'random', message: 'Chance is an argument.' },
        floats,
      ],
      'no-restricted-syntax': ['error', clock, { selector: 'AwaitExpression', message: 'Domain code is synchronous.' }],
    },
  },
  {
    files: ['workflows/**/*.ts'],
    rules: {
      'no-restricted-imports': ['error', { paths: nodeBuiltins }],
      'no-restricted-globals': ['error', ...passedIn('process', 'console', 'fetch', 'crypto', 'Buffer')],
    },
  },
  // The inferred type is the contract: of the factory that workflows proxy, of a schema that a request or an answer must fit.
  {
    files: ['activities/**/*.ts', 'objects/shapes/*.ts', 'server/{schemas/**/*,**/{parameters,schemas,preview-parameters}}.ts'],
    rules: { '@typescript-eslint/explicit-module-boundary-types': 'off' },
  },
  // A scenario stays in one piece, and a table of cases may be long.
  { files: ['test/**/*.ts'], rules: { 'max-lines-per-function': 'off', 'max-lines': 'off' } },
);
