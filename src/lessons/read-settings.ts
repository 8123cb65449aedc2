import type { Fault } from '../fault.ts';
import { severity } from './card-schema.ts';
import { globTrouble } from './glob.ts';
import { byNearness, nearest } from './nearest.ts';
import { lessonSetting, settingsShape } from './settings-schema.ts';
import { defaultSettings } from './settings.ts';
import type { LessonSetting, Pack, Settings } from './settings.ts';
import { checkShape } from './shape.ts';
import { openSourceText, quoted } from './source-text.ts';
import type { Complaint, Extent, SourceText } from './source-text.ts';
import { beginsIn, child, itemsOf, plainValue, readYaml, sectionsOf } from './yaml-tree.ts';
import type { YamlNode } from './yaml-tree.ts';

const packs: readonly Pack[] = ['once-bitten:recommended', 'once-bitten:all'];

const kind = {
  noun: 'the settings', top: 'the settings',
  notYaml: 'settings/not-yaml', tooLarge: 'settings/too-large', unknownKey: 'settings/unknown-key', missingKey: 'settings/wrong-value',
  wrongValue: 'settings/wrong-value', notBuilt: 'settings/not-built',
} as const;

/**
 * Reads the settings: YAML text to checked settings and all faults at once. `knownLessonIds` are the ids of all lessons of
 * this repository and of the built-in ones. What is right in faulty settings still holds, key by key and lesson by lesson,
 * so that a slip in one line does not change what the others say.
 */
export function readSettings(text: string, file: string, knownLessonIds: Iterable<string>): { settings: Settings; faults: Fault[] } {
  const source = openSourceText(file, text);
  const tree = readYaml(source, kind);
  if (!tree.root) return { settings: defaultSettings, faults: source.faults(tree.complaints) };
  const shape = checkShape(source, tree.root, settingsShape, kind);
  const meaning = [
    ...packComplaints(child(tree.root, 'extends')),
    ...lessonComplaints(child(tree.root, 'lessons'), [...knownLessonIds]),
    ...globComplaints(tree.root),
  ];
  const told = new Set([...tree.complaints, ...meaning].map((complaint) => complaint.extent?.start));
  const complaints = [...tree.complaints, ...meaning, ...shape.complaints.filter(({ extent }) => !extent || !told.has(extent.start))];
  return { settings: composeSettings(tree.root, complaints, source), faults: source.faults(complaints) };
}

function packComplaints(node: YamlNode | undefined): Complaint[] {
  return itemsOf(node).flatMap((item): Complaint[] => {
    if (item.kind !== 'scalar' || typeof item.value !== 'string' || (packs as readonly string[]).includes(item.value)) return [];
    const named = item.value.trim();
    if (!named.startsWith('once-bitten:') && /[/@.]/.test(named)) {
      return [{
        code: 'settings/not-built', message: 'this version of Once Bitten cannot read lessons from a folder or another repository',
        hint: 'copy the cards to .github/lessons; packs are once-bitten:recommended and once-bitten:all', extent: item.extent,
      }];
    }
    const guess = nearest(named, packs) ?? packs.find((pack) => pack.endsWith(`:${named}`));
    return [{
      code: 'settings/wrong-value', message: `${quoted(named)} is not a pack of lessons`,
      hint: guess ? `did you mean "${guess}"?` : `packs are ${packs.join(' and ')}; [] for none`, extent: item.extent,
    }];
  });
}

function lessonComplaints(node: YamlNode | undefined, known: readonly string[]): Complaint[] {
  if (node?.kind !== 'map') return [];
  const ids = new Set(known);
  return [...node.entries].flatMap(([id, { key, node: setting }]): Complaint[] => {
    const alone = setting.kind === 'scalar' ? severity.safeParse(setting.value).data : undefined;
    if (ids.has(id)) {
      return alone ? [{ code: 'settings/wrong-value', message: `${quoted(id)} is set to a severity alone`, hint: `write ${id}: { severity: ${alone} }`, extent: setting.extent }] : [];
    }
    const guess = nearest(id, ids);
    const some = byNearness(id, ids).slice(0, 12);
    return [{
      code: 'settings/unknown-lesson', message: `no lesson here is called ${quoted(id)}`,
      hint: `${guess ? `did you mean ${quoted(guess)}?\n` : ''}lessons: ${some.join(', ')}${ids.size > some.length ? ', …' : ''}`, extent: key,
    }];
  });
}

function globComplaints(root: YamlNode): Complaint[] {
  const lessons = child(root, 'lessons');
  const scopes = lessons?.kind === 'map' ? [...lessons.entries.values()].map(({ node }) => child(node, 'scope')) : [];
  const globs = [child(root, 'ignore'), ...scopes.flatMap((scope) => [child(scope, 'files'), child(scope, 'except')])].flatMap((node) => itemsOf(node));
  return globs.flatMap((glob): Complaint[] => {
    if (glob.kind !== 'scalar' || typeof glob.value !== 'string' || glob.value.trim() === '') return [];
    const trouble = globTrouble(glob.value);
    return trouble ? [{ code: 'settings/bad-glob', ...trouble, extent: glob.extent }] : [];
  });
}

/** The settings of every key that nobody complained about, on top of the defaults. */
function composeSettings(root: YamlNode, complaints: readonly Complaint[], source: SourceText): Settings {
  const sections = sectionsOf(root);
  const isRight = (extent: Extent | undefined): boolean => extent !== undefined && !complaints.some((complaint) => beginsIn(complaint.extent, extent));
  const sound = <Key extends keyof typeof settingsShape.shape>(key: Key) => {
    const node = child(root, key);
    if (!node || !isRight(sections.get(key))) return undefined;
    const result = settingsShape.shape[key].safeParse(plainValue(node));
    return result.success ? result.data as ReturnType<(typeof settingsShape.shape)[Key]['parse']> : undefined;
  };
  const lessons = child(root, 'lessons');
  const lessonSections = sectionsOf(lessons, sections.get('lessons')?.end);
  const overrides = (lessons?.kind === 'map' ? [...lessons.entries] : []).flatMap(([id, entry]): [string, LessonSetting][] => {
    if (!isRight(lessonSections.get(id))) return [];
    const result = lessonSetting.safeParse(plainValue(entry.node));
    return result.success ? [[id, result.data]] : [];
  });
  const { comments, waivers } = defaultSettings;
  const places = itemsOf(child(child(root, 'waivers'), 'places'));
  const given = { comments: sound('comments'), waivers: sound('waivers') };
  return {
    extends: (sound('extends') as Pack[] | undefined) ?? defaultSettings.extends,
    lessons: new Map(overrides),
    gate: sound('gate') ?? defaultSettings.gate,
    comments: { inline: given.comments?.inline ?? comments.inline, perLesson: given.comments?.['per-lesson'] ?? comments.perLesson },
    ignore: sound('ignore') ?? defaultSettings.ignore,
    waivers: {
      allow: given.waivers?.allow ?? waivers.allow,
      byAuthor: given.waivers?.['by-author'] ?? waivers.byAuthor,
      fromForks: given.waivers?.['from-forks'] ?? waivers.fromForks,
      places: (given.waivers?.places ?? []).map(({ path, fingerprint, reason, rotated, until }, at) => ({
        path, fingerprint, reason, ...(rotated !== undefined && { rotated }), ...(until !== undefined && { until }), file: source.file, line: source.place(places[at]!.extent.start).line,
      })),
    },
  };
}
