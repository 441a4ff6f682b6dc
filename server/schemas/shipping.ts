/** Who receives goods, and where. */
import { address, emptyable, name, object } from '../http/parameters';

export const shipping = () => emptyable(object({ address: address(), name: name(), phone: emptyable(name()).optional() }));
