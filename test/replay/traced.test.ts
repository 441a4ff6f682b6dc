import { ONE_OF_EACH, replayWithTracing } from './traced';

replayWithTracing(ONE_OF_EACH);
