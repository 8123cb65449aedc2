import { describe, expect, test } from 'vitest';
import { leaksIn, plantedFiles, plantedSecrets } from '../vocabulary/secret/planted.ts';
import { newRepository } from '../workspace/repository.ts';
import { once } from './once.ts';

/** Everything that a command line says must be as quiet as what is posted. */
describe('none of fifty planted secrets is told, nor its base64', { timeout: 120_000 }, () => {
  const secrets = plantedSecrets();

  function planted(): string {
    const repository = newRepository();
    repository.write('package.json', '{"dependencies":{"pg":"8.0.0","jsonwebtoken":"9.0.0"}}\n');
    repository.commit();
    repository.git('switch', '--quiet', '--create', 'feature');
    for (const [path, text] of Object.entries(plantedFiles(secrets))) repository.write(path, text);
    repository.commit();
    return repository.folder;
  }

  test('by review, scan, try and backtest in any format', async () => {
    const folder = planted();
    const formats = (formatted: readonly string[], ...command: string[]) => formatted.map((format) => [...command, '--repo', folder, '--format', format]);
    const all = ['terminal', 'json', 'sarif', 'markdown'];
    const calls = [
      ...formats(all, 'review', '--base', 'main', '--head', 'feature'), ...formats(all, 'review', '--base', 'main'), ...formats(all, 'scan'),
      ...formats(all, 'try', 'secret-in-code'), ...formats(['terminal', 'json'], 'try', 'sql-injection'), ...formats(['terminal', 'json', 'markdown'], 'backtest', '--last', '5', '--head', 'feature'),
      ['try', 'env-file-committed', '--repo', folder], ['try', 'secret-in-log', '--repo', folder],
    ];
    for (const call of calls) {
      const { out, err } = await once(call, { colour: call.includes('terminal') });
      expect(leaksIn(out + err, secrets), call.join(' ').replace(folder, '.')).toEqual([]);
    }
    const { out } = await once(['review', '--repo', folder, '--base', 'main', '--format', 'json']);
    expect((JSON.parse(out) as { findings: { lesson: string }[] }).findings.filter(({ lesson }) => lesson === 'secret-in-code').length).toBeGreaterThanOrEqual(secrets.length);
  });
});
