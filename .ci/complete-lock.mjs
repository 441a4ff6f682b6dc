// Completes package-lock.json after `npm install` on a machine whose registry lacks packages for other platforms. npm omits these there,
// and `npm ci` then refuses the lock, here and elsewhere. This adds the packages that the parent requires by exact version; where they are
// available, npm checks them against the registry as usual. For packages without a hash it asks the registry. With --check it changes
// nothing and fails if something is missing.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));
const { packages } = lock;

const systems = new Set(['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32']);
const processors = new Set(['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64']);

function find(from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const path = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (packages[path] !== undefined) return path;
    if (folder === '' || !folder.includes('/node_modules/')) return packages[`node_modules/${name}`] && `node_modules/${name}`;
  }
}

function platformOf(name) {
  const words = name.split(/[-/]/);
  const os = words.find((word) => systems.has(word));
  const cpu = words.find((word) => processors.has(word));
  const libc = words.at(-1) === 'gnu' ? 'glibc' : words.at(-1) === 'musl' ? 'musl' : undefined;
  return os && cpu ? { os: [os], cpu: [cpu], ...(libc ? { libc: [libc] } : {}) } : undefined;
}

const missing = [];
for (const [parent, entry] of Object.entries(packages)) {
  const names = Object.entries(entry.optionalDependencies ?? {});
  const sibling = names.map(([name]) => packages[find(parent, name)]).find((found) => found !== undefined);
  for (const [name, version] of names) {
    if (find(parent, name) !== undefined) continue;
    missing.push(`${name}@${version}`);
    const platform = platformOf(name);
    if (!/^\d+\.\d+\.\d+$/.test(version) || platform === undefined || sibling === undefined) continue;
    const { cpu, os, libc } = platform;
    const { dev, license, engines } = sibling;
    packages[`node_modules/${name}`] = {
      version,
      cpu,
      ...(dev ? { dev } : {}),
      ...(libc ? { libc } : {}),
      license,
      optional: true,
      os,
      engines,
    };
  }
}

const unverified = Object.entries(packages).filter(([path, { link, integrity }]) => path !== '' && !link && integrity === undefined);

function hashOf(path, version) {
  const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const hash = execFileSync('npm', ['view', `${name}@${version}`, 'dist.integrity'], { encoding: 'utf8' }).trim();
  if (!hash.startsWith('sha512-')) throw new Error(`the registry has no hash of ${name}@${version}`);
  return hash;
}

// In the position where npm itself writes it.
function withHash({ version, ...rest }, integrity) {
  return { version, integrity, ...rest };
}

if (process.argv.includes('--check')) {
  const lacking = [...missing, ...unverified.map(([path]) => `the hash of ${path}`)];
  if (lacking.length > 0) {
    console.error(`package-lock.json lacks ${lacking.join(', ')}: run node .ci/complete-lock.mjs`);
    process.exitCode = 1;
  }
} else {
  for (const [path, entry] of unverified) packages[path] = withHash(entry, hashOf(path, entry.version));
  const sorted = Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en'));
  writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`);
  console.log(`added ${missing.length} packages, and ${unverified.length} hashes`);
}
