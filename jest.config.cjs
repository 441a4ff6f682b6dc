// Of the tests themselves; the product is loaded as in production.
const swc = [
  '@swc/jest',
  { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' }, sourceMaps: 'inline' },
];

const common = {
  testEnvironment: '<rootDir>/test/support/jest/shared-environment.cjs',
  runtime: '<rootDir>/test/support/jest/shared-runtime.cjs',
  transform: { '\\.ts$': swc },
  modulePathIgnorePatterns: ['<rootDir>/\\.dunlin', '<rootDir>/dist'],
};

/** Minutes of killing processes and waiting, by themselves: `npm run test:slow`. `npm test` has a short proof of each. */
const slow = '\\.slow\\.test\\.ts$';

const inMinutes = { setupFilesAfterEnv: ['<rootDir>/test/support/jest/minutes.cjs'] };

/** A Postgres and a Temporal of their own. */
const withStack = {
  globalSetup: '<rootDir>/test/support/jest/global-setup.cjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
};

const pure = ['domain', 'documents', 'architecture', 'replay'].map((folder) => `<rootDir>/test/${folder}/**/*.test.ts`);

/** They replace what Node has (timers, `fetch`): so Jest loads the product for each of them. */
const replacing = ['progress', 'temporal-binary'].map((name) => `<rootDir>/test/embedded/${name}.test.ts`);

/** @type {import('jest').Config} */
module.exports = {
  // Two cores are what a small build machine has. Two more workers use the time in which the tests of others wait.
  maxWorkers: 4,
  testTimeout: 60_000,
  projects: [
    { ...common, displayName: 'unit', testMatch: pure, testPathIgnorePatterns: ['/node_modules/', slow] },
    { ...common, displayName: 'replacing', testEnvironment: 'node', runtime: 'jest-runtime', testMatch: replacing },
    {
      ...common,
      displayName: 'system',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: [
        '/node_modules/',
        '<rootDir>/test/(domain|documents|architecture|replay|browser)/',
        '<rootDir>/test/embedded/(progress|temporal-binary)\\.test\\.ts$',
        '<rootDir>/test/chaos/(?!smoke)',
        slow,
      ],
      ...withStack,
    },
    { ...common, ...inMinutes, displayName: 'slow', testMatch: ['<rootDir>/test/**/*.slow.test.ts'], ...withStack },
    // Needs Chromium, which CI installs from Debian.
    { ...common, ...inMinutes, displayName: 'browser', testMatch: ['<rootDir>/test/browser/**/*.test.ts'], ...withStack },
    // Minutes of killing processes; of it, `npm test` has the smoke alone.
    { ...common, displayName: 'chaos', testMatch: ['<rootDir>/test/chaos/**/*.test.ts'] },
  ],
};
