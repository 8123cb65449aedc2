import type { Fault } from '../fault.ts';
import { severity } from './card-schema.ts';
import { meaningOf, type Extended } from './extends.ts';
import { globTrouble } from './glob.ts';
import { byNearness, nearest } from './nearest.ts';
import { lessonSetting, settingsShape } from './settings-schema.ts';
import { defaultSettings } from './settings.ts';
import type { LessonSetting, Settings } from './settings.ts';
import { checkShape } from './shape.ts';
import { openSourceText, quoted } from './source-text.ts';
import type { Complaint, Extent, SourceText } from './source-text.ts';
import { beginsIn, child, itemsOf, plainValue, readYaml, sectionsOf } from './yaml-tree.ts';
import type { YamlNode } from './yaml-tree.ts';

const kind = {
  noun: 'the settings', top: 'the settings',
  notYaml: 'settings/not-yaml', tooLarge: 'settings/too-large', unknownKey: 'settings/unknown-key', missingKey: 'settings/wrong-value',
  wrongValue: 'settings/wrong-value', notBuilt: 'settings/not-built',
} as const;

/**
 * Reads the settings: YAML text to checked settings and all faults at once. `knownLessonIds` are the ids of all lessons of
 * this repository, of the built-in ones and of those that `extends` names; undefined where some of these could not be read, so that
 * nobody knows which lessons there are. What is right in faulty settings still holds, key by key and lesson by lesson,
 * so that a slip in one line does not change what the others say.
 */
export function readSettings(text: string, file: string, knownLessonIds: Iterable<string> | undefined): { settings: Settings; faults: Fault[] } {
  const source = openSourceText(file, text);
  const tree = readYaml(source, kind);
  if (!tree.root) return { settings: defaultSettings, faults: source.faults(tree.complaints) };
  const shape = checkShape(source, tree.root, settingsShape, kind);
  const meaning = [
    ...extendsComplaints(child(tree.root, 'extends')),
    ...lessonComplaints(child(tree.root, 'lessons'), knownLessonIds && [...knownLessonIds]),
    ...globComplaints(tree.root),
  ];
  const told = new Set([...tree.complaints, ...meaning].map((complaint) => complaint.extent?.start));
  const complaints = [...tree.complaints, ...meaning, ...shape.complaints.filter(({ extent }) => !extent || !told.has(extent.start))];
  return { settings: composeSettings(tree.root, complaints, source), faults: source.faults(complaints) };
}

function extendsComplaints(node: YamlNode | undefined): Complaint[] {
  return itemsOf(node).flatMap((item): Complaint[] => {
    if (item.kind !== 'scalar' || typeof item.value !== 'string') return [];
    const meaning = meaningOf(item.value);
    return typeof meaning === 'object' && 'message' in meaning ? [{ code: 'settings/wrong-value', ...meaning, extent: item.extent }] : [];
  });
}

function lessonComplaints(node: YamlNode | undefined, known: readonly string[] | undefined): Complaint[] {
  if (node?.kind !== 'map') return [];
  const ids = new Set(known);
  return [...node.entries].flatMap(([id, { key, node: setting }]): Complaint[] => {
    const alone = setting.kind === 'scalar' ? severity.safeParse(setting.value).data : undefined;
    if (known === undefined || ids.has(id)) {
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
    extends: soundEntries(child(root, 'extends'), sections.get('extends'), complaints, source) ?? defaultSettings.extends,
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

/** The entries that nobody complained about; undefined where the list as a whole says nothing, or no entry of it does. */
function soundEntries(node: YamlNode | undefined, section: Extent | undefined, complaints: readonly Complaint[], source: SourceText): Extended[] | undefined {
  if (node?.kind !== 'list' || section === undefined) return undefined;
  const isIn = (extent: Extent) => (complaint: Complaint): boolean => beginsIn(complaint.extent, extent);
  const wrong = complaints.filter(isIn(section));
  if (wrong.some((complaint) => !node.items.some((item) => isIn(item.extent)(complaint)))) return undefined;
  const sound = node.items.filter((item) => !wrong.some(isIn(item.extent))).flatMap((item): Extended[] => {
    if (item.kind !== 'scalar' || typeof item.value !== 'string') return [];
    const meaning = meaningOf(item.value);
    if (typeof meaning === 'string') return [meaning];
    if ('message' in meaning) return [];
    const { folder, elsewhere } = meaning;
    return [{ name: elsewhere ? `${elsewhere.owner}/${elsewhere.repo}/${folder}@${elsewhere.ref}` : folder, ...meaning, at: source.place(item.extent.start) }];
  });
  return sound.length > 0 || node.items.length === 0 ? sound : undefined;
}
