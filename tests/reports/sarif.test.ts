import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import type { Review } from '../../src/model.ts';
import { sarifReport } from '../../src/reports/sarif.ts';
import { card, finding, hostileTexts, limitCard, quietReview, richReview, secretFinding } from './sample-review.ts';

/** The part of SARIF 2.1.0 that code scanning reads, and that the standard demands of what we write. Nothing else may be in it. */
const message = { type: 'object', required: ['text'], additionalProperties: false, properties: { text: { type: 'string', minLength: 1 }, markdown: { type: 'string', minLength: 1 } } };
const position = { type: 'integer', minimum: 1 };
const location = {
  type: 'object',
  required: ['physicalLocation'],
  additionalProperties: false,
  properties: {
    id: position,
    message,
    physicalLocation: {
      type: 'object',
      required: ['artifactLocation'],
      additionalProperties: false,
      properties: {
        artifactLocation: {
          type: 'object',
          required: ['uri', 'uriBaseId'],
          additionalProperties: false,
          properties: { uri: { type: 'string', pattern: "^(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})+$" }, uriBaseId: { const: '%SRCROOT%' } },
        },
        region: { type: 'object', required: ['startLine'], additionalProperties: false, properties: { startLine: position, startColumn: position, endLine: position } },
      },
    },
  },
};
const level = { enum: ['none', 'note', 'warning', 'error'] };
const bag = { type: 'object' };
const sarif = {
  type: 'object',
  required: ['$schema', 'version', 'runs'],
  additionalProperties: false,
  properties: {
    $schema: { type: 'string' },
    version: { const: '2.1.0' },
    runs: {
      type: 'array',
      minItems: 1,
      maxItems: 1,
      items: {
        type: 'object',
        required: ['tool', 'results', 'invocations', 'automationDetails', 'columnKind'],
        additionalProperties: false,
        properties: {
          tool: {
            type: 'object',
            required: ['driver'],
            additionalProperties: false,
            properties: {
              driver: {
                type: 'object',
                required: ['name', 'rules'],
                additionalProperties: false,
                properties: {
                  name: { type: 'string' },
                  informationUri: { type: 'string' },
                  semanticVersion: { type: 'string' },
                  rules: {
                    type: 'array',
                    uniqueItems: true,
                    items: {
                      type: 'object',
                      required: ['id', 'shortDescription', 'fullDescription', 'help', 'defaultConfiguration'],
                      additionalProperties: false,
                      properties: {
                        id: { type: 'string', minLength: 1 },
                        shortDescription: message,
                        fullDescription: message,
                        help: message,
                        helpUri: { type: 'string', pattern: '^https?://' },
                        defaultConfiguration: { type: 'object', required: ['level'], properties: { level } },
                        properties: bag,
                      },
                    },
                  },
                },
              },
            },
          },
          automationDetails: { type: 'object', required: ['id'], properties: { id: { type: 'string', pattern: '^once-bitten/[^/]*/$' } } },
          originalUriBaseIds: bag,
          columnKind: { const: 'utf16CodeUnits' },
          invocations: {
            type: 'array',
            items: {
              type: 'object',
              required: ['executionSuccessful'],
              additionalProperties: false,
              properties: {
                executionSuccessful: { type: 'boolean' },
                toolExecutionNotifications: {
                  type: 'array',
                  items: {
                    type: 'object',
                    required: ['message', 'descriptor', 'level'],
                    additionalProperties: false,
                    properties: { descriptor: { type: 'object', required: ['id'], properties: { id: { type: 'string' } } }, level, message, locations: { type: 'array', items: location } },
                  },
                },
              },
            },
          },
          results: {
            type: 'array',
            maxItems: 25_000,
            items: {
              type: 'object',
              required: ['ruleId', 'ruleIndex', 'level', 'message', 'locations', 'partialFingerprints'],
              additionalProperties: false,
              properties: {
                ruleId: { type: 'string', minLength: 1 },
                ruleIndex: { type: 'integer', minimum: 0 },
                level,
                message,
                locations: { type: 'array', minItems: 1, maxItems: 1, items: location },
                relatedLocations: { type: 'array', minItems: 1, uniqueItems: true, items: location },
                partialFingerprints: { type: 'object', additionalProperties: { type: 'string' } },
                suppressions: {
                  type: 'array',
                  items: {
                    type: 'object',
                    required: ['kind'],
                    additionalProperties: false,
                    properties: { kind: { enum: ['inSource', 'external'] }, status: { enum: ['accepted', 'underReview', 'rejected'] }, justification: { type: 'string' }, location },
                  },
                },
                properties: bag,
              },
            },
          },
          properties: bag,
        },
      },
    },
  },
};
const isSarif = new Ajv({ strict: false, allErrors: true }).compile(sarif);

function runOf(review: Review, options = {}) {
  const log = JSON.parse(sarifReport(review, options));
  expect(isSarif(log), JSON.stringify(isSarif.errors)).toBe(true);
  const [run] = log.runs;
  for (const result of run.results) expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
  return run;
}

describe('the log', () => {
  test('of a review with everything in it', () => {
    const run = runOf(richReview(), { version: '1.2.3', run: 'web app' });
    expect(run.tool.driver).toMatchObject({ name: 'Once Bitten', semanticVersion: '1.2.3' });
    expect(run.automationDetails.id).toBe('once-bitten/web%20app/');
    expect(run.tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(['missing-limit', 'n-plus-one', 'secret-in-code', 'shiny']);
    expect(run.results).toHaveLength(7);
    expect(run.properties).toEqual({ verdict: 'incomplete', base: '1'.repeat(40), head: '2'.repeat(40) });
  });

  test('of a review with nothing in it', () => {
    const run = runOf(quietReview());
    expect(run.results).toEqual([]);
    expect(run.invocations).toEqual([{ executionSuccessful: true, toolExecutionNotifications: [] }]);
  });
});

test('a rule helps with the story, what is done now, and whom to ask', () => {
  const [rule] = runOf(quietReview({ findings: [finding()], lessons: { 'n-plus-one': card() } })).tool.driver.rules;
  expect(rule).toMatchInlineSnapshot(`
    {
      "defaultConfiguration": {
        "level": "warning",
      },
      "fullDescription": {
        "text": "Listing 100 users asked the database for each user's posts, and for each post's comments: over 10,000 queries (cost: 95 minutes). Ask once for all rows (a join, an include, or one query with all ids); never once per row.",
      },
      "help": {
        "markdown": "**Load related rows in one query**

    **Once bitten:** Listing 100 users asked the database for each user's posts, and for each post's comments: over 10,000 queries (cost: 95 minutes).

    **What we do now:** Ask once for all rows (a join, an include, or one query with all ids); never once per row.

    Questions: \`@acme/data\`

    [docs](https://docs.example/relation-queries)

    Where it does not apply: \`// lesson-ok n-plus-one: <reason>\` on the line or above it.",
        "text": "Listing 100 users asked the database for each user's posts, and for each post's comments: over 10,000 queries (cost: 95 minutes). Ask once for all rows (a join, an include, or one query with all ids); never once per row. Questions: @acme/data.",
      },
      "helpUri": "https://github.com/once-bitten/once-bitten/blob/v1/lessons/n-plus-one.yml",
      "id": "n-plus-one",
      "properties": {
        "precision": "high",
        "problem.severity": "warning",
        "tags": [
          "once-bitten",
          "active",
        ],
      },
      "shortDescription": {
        "text": "Load related rows in one query",
      },
    }
  `);
});

test('a result points at its line and its evidence', () => {
  const [result] = runOf(quietReview({ findings: [finding({ path: 'src/ü #1?/[id].ts', endLine: 16, severity: 'note' })], lessons: {} })).results;
  expect(result.level).toBe('note');
  expect(result.message.text).toBe('`loadPosts(user)` goes to the database once for every `user` of `users`. Fetch the posts of all users at once: `prisma.post.findMany({ where: { userId: { in: ids } } })`.');
  expect(result.locations[0].physicalLocation).toEqual({
    artifactLocation: { uri: 'src/%C3%BC%20%231%3F/%5Bid%5D.ts', uriBaseId: '%SRCROOT%' },
    region: { startLine: 14, startColumn: 18, endLine: 16 },
  });
  expect(result.relatedLocations.map((at: any) => [at.id, at.physicalLocation.artifactLocation.uri, at.physicalLocation.region.startLine, at.message.text])).toEqual([
    [1, 'src/users.ts', 12, 'for (const user of users) {'],
    [2, 'src/posts.ts', 30, 'export async function loadPosts(user: User) {'],
    [3, 'src/posts.ts', 33, 'return prisma.post.findMany({ where: { userId: user.id } });'],
  ]);
  expect(result.partialFingerprints).toEqual({ primaryLocationLineHash: '3f2a9c41', 'onceBitten/v1': '3f2a9c41' });
});

test('a waived finding is suppressed in the source, with its reason', () => {
  const { waived, lessons } = richReview();
  const [result] = runOf(quietReview({ waived, lessons })).results;
  expect(result.suppressions).toEqual([
    {
      kind: 'inSource',
      status: 'accepted',
      justification: 'runs once, by hand, on ten rows (until 2027-01-01)',
      location: { physicalLocation: { artifactLocation: { uri: 'src/seed.ts', uriBaseId: '%SRCROOT%' }, region: { startLine: 20 } } },
    },
  ]);
});

test('an incomplete review is an unsuccessful run that says why', () => {
  const { notes } = richReview();
  const [invocation] = runOf(quietReview({ verdict: 'incomplete', notes })).invocations;
  expect(invocation.executionSuccessful).toBe(false);
  expect(invocation.toolExecutionNotifications).toMatchObject([
    { descriptor: { id: 'lesson/unknown-word' }, level: 'error', message: { text: '"db-cal" is not a word of the vocabulary. Did you mean "db-call"?' }, locations: [{ physicalLocation: { region: { startLine: 9, startColumn: 11 } } }] },
    { descriptor: { id: 'waiver/unused' }, level: 'note' },
  ]);
});

test('the code of a secret is not in it', () => {
  const value = ['hunter', '2hunter', '2'].join('');
  const text = sarifReport(quietReview({ findings: [{ ...secretFinding, evidence: [{ path: 'a.ts', line: 4, text: `password = "${value}"` }] }] }));
  expect(text).not.toContain(value);
  expect(JSON.parse(text).runs[0].results[0].relatedLocations[0].message.text).toBe('line 4');
});

test('too many results are cut, the worst kept, and the cut is told', () => {
  const findings = Array.from({ length: 25_010 }, (_, index) => finding({ line: index + 1, evidence: [], severity: index === 25_009 ? 'block' : 'warn' }));
  const run = JSON.parse(sarifReport(quietReview({ findings, lessons: { 'n-plus-one': card() } }))).runs[0];
  expect(run.results).toHaveLength(25_000);
  expect(run.results[0].locations[0].physicalLocation.region.startLine).toBe(25_010);
  expect(run.invocations[0].toolExecutionNotifications).toMatchObject([{ descriptor: { id: 'report/cut' }, level: 'warning', message: { text: expect.stringContaining('10 results more') } }]);
});

test.each(hostileTexts.map((text, index) => ({ text, index })))('hostile text $index stays text', ({ text }) => {
  const one = finding({ lesson: text, path: text, message: text, advice: text, fingerprint: text, commit: text, evidence: [{ path: text, line: 0, text }] });
  const review = quietReview({
    verdict: 'incomplete',
    findings: [one],
    waived: [{ ...one, waiver: { reason: text, path: text, line: 1, until: text } }],
    notes: [{ code: text, message: text, hint: text, path: text, line: 1, incomplete: true }],
    lessons: { [text]: card({ ...limitCard, id: text, title: text, story: { what: text, cost: {} }, lesson: text, ask: [text], steps: [text], links: { [text]: text }, link: text }) },
  });
  const run = runOf(review, { run: text });
  expect(run.results[0].message.text).not.toMatch(/\]\(|[\u0000-\u001f\u202e]/);
  expect(sarifReport(review)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|##\[/);
});
