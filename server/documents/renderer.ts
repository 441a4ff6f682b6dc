import { Renderer } from '../../documents/renderer';
import type { Dependencies } from '../http/dependencies';

const renderers = new WeakMap<Dependencies, Renderer>();

/** The process's renderer of documents. Whoever ends the process stops it. */
export function rendererOf(deps: Dependencies): Renderer {
  const known = renderers.get(deps);
  if (known) return known;
  const renderer = new Renderer();
  renderers.set(deps, renderer);
  return renderer;
}
