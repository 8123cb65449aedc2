// Reads the built-in cards and writes them as the checked values that the bundle carries, so that no run parses their YAML.
import fs from 'node:fs';
import { formatFault } from '../src/fault.ts';
import { readLesson } from '../src/lessons/read-lesson.ts';
import type { Lesson } from '../src/lessons/lesson.ts';
import { vocabulary } from '../src/vocabulary/index.ts';

const words = new Map(vocabulary.map((word) => [word.name, word]));
const lessons: Lesson[] = [];
let broken = false;
for (const name of fs.readdirSync('lessons').filter((each) => each.endsWith('.yml')).sort()) {
  const file = `lessons/${name}`;
  const { lesson, faults } = readLesson(fs.readFileSync(file, 'utf8'), file, { knownWords: { words }, origin: 'built-in' });
  for (const fault of faults) console.error(formatFault(fault));
  broken ||= faults.length > 0 || !lesson;
  if (lesson) lessons.push({ ...lesson, source: { file, text: '' } });
}
if (broken) process.exit(1);
fs.writeFileSync('src/lessons/built-in.json', `${JSON.stringify(lessons, null, 1)}\n`);
