import { expect, test } from 'vitest';
import { review } from '../../src/review.ts';
import { inMemory, type Files } from '../in-memory.ts';
import { builtInLesson, samples } from '../samples.ts';

/** Chains through barrels, packages, interfaces and bases: how far they are followed, and where they rightly end. */
samples('n-plus-one', {
  'the same way leads to something that asks nobody': {
    'package.json': '{ "name": "root" }',
    'pnpm-workspace.yaml': 'packages:\n  - "libs/*"\n  - "apps/*"\n',
    'libs/generic/package.json': '{ "name": "@acme/generic", "main": "build/main/index.js" }',
    'libs/generic/src/index.ts': "export * from './usecases';",
    'libs/generic/src/usecases/index.ts': "export * from './name-template';",
    'libs/generic/src/usecases/name-template/index.ts': "export * from './name-template.usecase';",
    'libs/generic/src/usecases/name-template/name-template.usecase.ts': `
      export class NameTemplate {
        async execute(command) { return command.name.trim().toLowerCase(); }
      }`,
    'apps/api/package.json': '{ "name": "api", "dependencies": { "@acme/generic": "workspace:*" } }',
    'apps/api/src/name-workflow.ts': `
      import { NameTemplate } from '@acme/generic';
      export class NameWorkflow {
        constructor(private readonly nameTemplate: NameTemplate) {}
        async execute(workflow) {
          for (const step of workflow.steps) step.name = await this.nameTemplate.execute(step);
        }
      }`,
  },
});

/** A use case of one package, a repository of another, a base class, and barrels before each. */
const far: Files = {
  'package.json': '{ "name": "root" }',
  'pnpm-workspace.yaml': 'packages:\n  - "libs/*"\n  - "apps/*"\n',
  'tsconfig.json': '{ "compilerOptions": { "strict": true } }',
  'libs/store/package.json': '{ "name": "@acme/store", "main": "dist/index.js", "dependencies": { "mongoose": "^8.0.0" } }',
  'libs/store/src/index.ts': "export * from './data/mongo/repositories';",
  'libs/store/src/data/mongo/repositories/index.ts': "export * from './templates';",
  'libs/store/src/data/mongo/repositories/templates/index.ts': "export * from './template.repository';",
  'libs/store/src/data/mongo/repositories/templates/template.repository.ts': `
    import { BaseRepository } from '../base/base-repository';
    import { Template } from './template.schema';
    export class TemplateRepository extends BaseRepository {
      constructor() { super(Template); }
    }`,
  'libs/store/src/data/mongo/repositories/templates/template.schema.ts': `
    import { model, Schema } from 'mongoose';
    export const Template = model('Template', new Schema({ name: String }));`,
  'libs/store/src/data/mongo/repositories/base/base-repository.ts': `
    import { Model } from 'mongoose';
    export class BaseRepository {
      constructor(protected model: Model<any>) {}
      async remove(query) {
        return this.model.deleteMany(query);
      }
    }`,
  'libs/generic/package.json': '{ "name": "@acme/generic", "main": "build/main/index.js", "dependencies": { "@acme/store": "workspace:*" } }',
  'libs/generic/src/index.ts': "export * from './usecases';",
  'libs/generic/src/usecases/index.ts': "export * from './templates/commands/remove-template';",
  'libs/generic/src/usecases/templates/commands/remove-template/index.ts': "export * from './remove-template.usecase';",
  'libs/generic/src/usecases/templates/commands/remove-template/remove-template.usecase.ts': `
    import { TemplateRepository } from '@acme/store';
    export class RemoveTemplate {
      constructor(private readonly templates: TemplateRepository) {}
      async execute(command) {
        await this.templates.remove({ _id: command.id });
      }
    }`,
  'apps/api/package.json': '{ "name": "api", "dependencies": { "@acme/generic": "workspace:*" } }',
  'apps/api/src/workflows/remove/remove-workflow.ts': `
    import { RemoveTemplate } from '@acme/generic';
    export class RemoveWorkflow {
      constructor(private readonly removeTemplate: RemoveTemplate) {}
      async execute(workflow) {
        for (const step of workflow.steps) {
          await this.removeTemplate.execute({ id: step.templateId });
        }
      }
    }`,
};

test('one file leads through all of them, and little is asked for on the way', async () => {
  const path = 'apps/api/src/workflows/remove/remove-workflow.ts';
  const { findings, stats } = await review({
    reader: inMemory({ head: far }), subject: { head: 'head', paths: [path] }, lessons: [builtInLesson('n-plus-one')], ignore: [], waivers: true, today: '2026-06-01', clock: () => 0,
  });
  expect(findings.map(({ line, evidence }) => [line, evidence.at(-1)?.text])).toEqual([[7, 'return this.model.deleteMany(query);']]);
  expect(stats.rounds).toBeLessThanOrEqual(14);
});
