/** The process of `dunlin start` by itself, for programs that start one: all of Dunlin on one machine, until a signal. */
import { launch, welcome } from './launch';
import { linesTo } from './progress';

const progress = linesTo((line) => process.stdout.write(`${line}\n`));

void launch({ isWatching: false, progress, announce: (running, dataFolder) => progress.say(welcome(running, dataFolder)) });
