import type { KnownWords } from '../../src/lessons/read-lesson.ts';

/** A small vocabulary, as the doors hand it to this room. */
export const knownWords: KnownWords = {
  words: new Map([
    ['db-call', {
      attributes: {
        verb: { means: 'what it does', values: ['read-many', 'read-one', 'write', 'aggregate', 'raw'] },
        bounded: { means: 'whether something limits the rows', values: [true, false] },
        table: { means: 'the table or model' },
        client: { means: 'the library' },
      },
    }],
    ['iteration', {
      attributes: {
        over: { means: 'what it goes over', values: ['data', 'constant', 'chunks', 'pages', 'attempts'] },
        item: { means: 'the name of one' },
        list: { means: 'what is gone through' },
      },
    }],
    ['request-handler', { attributes: { framework: { means: 'the library' } } }],
    ['untrusted-input', { attributes: { source: { means: 'where it comes from' }, validated: { means: 'whether it was checked', values: [true, false] } } }],
    ['secret', { attributes: { kind: { means: 'what it opens' } } }],
  ]),
};
