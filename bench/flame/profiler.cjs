/**
 * Loaded into each process of Dunlin and each of its threads. While the file `phase` in the folder of `DUNLIN_FLAME` has a name in it, the
 * thread profiles itself; when that changes, it writes `<phase>.<pid>.<thread>.json` there.
 */
const { readFileSync, writeFileSync } = require('node:fs');
const { Session } = require('node:inspector');
const { join } = require('node:path');
const { threadId } = require('node:worker_threads');

const folder = process.env.DUNLIN_FLAME;
const session = new Session();
let phase = '';

session.connect();
session.post('Profiler.enable');
session.post('Profiler.setSamplingInterval', { interval: 500 });
setInterval(() => {
  const next = readFileSync(join(folder, 'phase'), 'utf8');
  if (next === phase) return;
  if (phase !== '') stop(phase);
  if (next !== '') session.post('Profiler.start');
  phase = next;
}, 50).unref();

function stop(name) {
  session.post('Profiler.stop', (error, { profile }) => {
    if (error) throw error;
    writeFileSync(join(folder, `${name}.${process.pid}.${threadId}.json`), JSON.stringify(profile));
  });
}
