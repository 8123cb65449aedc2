import { describe, expect, test } from 'vitest';
import { scriptsOf } from '../../src/code/embedded-script.ts';
import { samples } from '../samples.ts';

describe('scriptsOf', () => {
  test('keeps the code at its lines and columns, and nothing else', () => {
    const text = '<template>\r\n  <p>{{ a }}</p>\n</template>\n<script setup lang="ts">const a = 1;\n</script>\n<style>p { color: red }</style>\n';
    expect(scriptsOf(text)).toBe('          \r\n                \n           \n                        const a = 1;\n         \n                               \n');
    expect(scriptsOf(text)).toHaveLength(text.length);
  });

  test.each([
    ['two blocks', '<script context="module">a()</script><script>b()</script>', ['a()', 'b()']],
    ['data is no code', '<script type="application/ld+json">{ "a": 1 }</script><script type="module">b()</script>', ['b()']],
    ['one that is never closed', '<p/><SCRIPT>a()', ['a()']],
    ['no block', '<template><scripted/></template>', []],
    ['a closing tag with room', '<script>a()</script  ><p>c()</p>', ['a()']],
  ])('%s', (_, text, code) => {
    expect(scriptsOf(text).split(/\s+/).filter(Boolean)).toEqual(code);
  });

  test('a long text without an end costs no more than its length', () => {
    const started = performance.now();
    scriptsOf('<script '.repeat(20_000));
    scriptsOf('<script>'.repeat(20_000));
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

samples('n-plus-one', {
  'the script of a component of Vue': {
    'src/supabase.ts': `import { createClient } from '@supabase/supabase-js';
export const supabase = createClient(url, key);`,
    'src/Teams.vue': `<template>
  <ul><li v-for="team in teams" :key="team.id">{{ team.name }}</li></ul>
</template>

<script setup lang="ts">
import { supabase } from './supabase';
const props = defineProps<{ teams: Team[] }>();
for (const team of props.teams) {
  const { data } = await supabase.from('members').select().eq('team_id', team.id); // want n-plus-one
}
</script>`,
  },
  'a component of Svelte that asks once': {
    'src/Teams.svelte': `<script>
  import { createClient } from '@supabase/supabase-js';
  export let teams;
  const supabase = createClient(url, key);
  const load = () => supabase.from('members').select().in('team_id', teams.map((team) => team.id));
</script>
{#each teams as team}<p>{team.name}</p>{/each}`,
  },
  'what a template says is no code': {
    'src/Docs.vue': `<template>
  <pre>for (const user of users) { await prisma.post.findMany({ where: { userId: user.id } }); }</pre>
</template>
<script>
export default { name: 'Docs' };
</script>`,
  },
});
