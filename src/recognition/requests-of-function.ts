import { Following } from './behind-calls.ts';
import { requestAt } from './request.ts';

/** The requests to other services that functions make, in themselves or in what they call. */
export const requests = new Following(requestAt);
