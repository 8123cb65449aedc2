import { beforeAll } from 'vitest';
import { openCompiler } from '../src/code/compiler.ts';

beforeAll(openCompiler);
