/** Kill Bill's programs, from Maven Central, fetched once per machine. Needs Maven and a JDK. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { childEnvironment } from '../../config';
import { lastWords, startChild } from '../../embedded/child';
import { cacheFolder, makeWhole } from '../../embedded/data-folder';

/** The latest release there, its test processor, and the server that its own images use. */
export const RELEASE = '0.22.26';
const PLUGIN = '7.0.5';
const JETTY = '9.4.57.v20241219';
const ARTIFACTS = [
  `org.kill-bill.billing:killbill-profiles-killbill:${RELEASE}:war`,
  `org.kill-bill.billing.plugin.java:payment-test-plugin:${PLUGIN}:jar`,
  `org.eclipse.jetty:jetty-runner:${JETTY}:jar`,
];

export interface KillBillPrograms {
  war: string;
  /** The modules of the war, which contain their tables. */
  modules: string;
  /** The processor for cards: it keeps cards and charges in tables of its own, and calls nobody. */
  plugin: string;
  jetty: string;
}

/** @throws Error with the end of Maven's output if they cannot be fetched */
export async function findKillBill(): Promise<KillBillPrograms> {
  const cache = cacheFolder(childEnvironment());
  const folder = join(cache, `kill-bill-${RELEASE}`);
  if (!existsSync(folder)) {
    process.stderr.write('fetching Kill Bill with Maven, once on this machine …\n');
    await makeWhole(cache, folder, (workshop) => fetch(workshop, join(cache, 'kill-bill.log')));
  }
  return {
    war: join(folder, `killbill-profiles-killbill-${RELEASE}.war`),
    modules: join(folder, 'WEB-INF', 'lib'),
    plugin: join(folder, `payment-test-plugin-${PLUGIN}.jar`),
    jetty: join(folder, `jetty-runner-${JETTY}.jar`),
  };
}

async function fetch(workshop: string, logFile: string): Promise<string> {
  const made = join(workshop, 'kill-bill');
  mkdirSync(made);
  for (const artifact of ARTIFACTS) {
    await runProgram('mvn', ['-B', '-q', 'dependency:copy', `-Dartifact=${artifact}`, `-DoutputDirectory=${made}`], made, logFile);
  }
  await runProgram('jar', ['xf', `killbill-profiles-killbill-${RELEASE}.war`, 'WEB-INF/lib'], made, logFile);
  return made;
}

/** @throws Error with the end of its output if it fails */
export async function runProgram(command: string, args: string[], cwd: string, logFile: string): Promise<void> {
  const child = await startChild({ name: command, command, args, env: childEnvironment(), cwd, logFile });
  const how = await child.ended;
  if (how !== 'exited with code 0') throw new Error(`${command} ${how}:\n${lastWords(child)}`);
}
