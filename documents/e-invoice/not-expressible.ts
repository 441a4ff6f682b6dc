/** EN 16931 has no place for something that this document says. The message completes "because". */
export class NotExpressible extends Error {
  override name = 'NotExpressible';
}
