import { HISTORIES, replayWithTracing } from './traced';

replayWithTracing(HISTORIES);
