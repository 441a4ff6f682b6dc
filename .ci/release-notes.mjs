// Prints the changelog's section of a version, for the text of its release: node .ci/release-notes.mjs v1.2.3. Fails if package.json has
// another version, or the changelog has no such section: then the tag is too early.
import { readFileSync } from 'node:fs';

const read = (name) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');
const version = (process.argv[2] ?? '').replace(/^v/, '');
const { version: ours } = JSON.parse(read('package.json'));
const section = read('CHANGELOG.md')
  .split(/^## /m)
  .find((part) => part.startsWith(`[${version}]`));

if (version !== ours || section === undefined) {
  console.error(
    `no release ${version}: package.json says ${ours}, and CHANGELOG.md ${section === undefined ? 'has no' : 'has a'} section [${version}]`,
  );
  process.exitCode = 1;
} else {
  console.log(section.split('\n').slice(1).join('\n').trim());
}
