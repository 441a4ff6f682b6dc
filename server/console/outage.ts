/** What people are told while a service that Dunlin needs is away. The API speaks of the keys of its requests, which a page does not show. */
export const AWAY =
  'Dunlin cannot reach a service that it needs. Nothing is lost. Try again in a minute: a form is carried out once, however often it is sent.';

export const isAway = (status: number): boolean => status === 503;
