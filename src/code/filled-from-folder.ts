/**
 * Objects that a file fills with what the other files of a folder export, by going through the folder: `models/index.js` as the tools of
 * Sequelize write it. What such an object has under a name is looked for in the file of that name.
 */
import type { ts as C } from 'ts-morph';
import { ts } from './compiler.ts';
import { wholeOf } from './exports.ts';
import { plainName } from './implementations.ts';
import { isCode } from './opened-files.ts';
import { folderOf, joinPath } from './paths.ts';
import type { Scene } from './scene.ts';
import { pathOf, singular, wrapped } from './syntax.ts';
import { isSaying, unknown, type Value } from './value.ts';

/** Ways to go through the files of a folder. */
const goesThrough = /\b(?:readdir(?:Sync)?|glob(?:Sync)?|globby(?:\.sync)?|requireDir(?:ectory)?|require\.context|walk(?:Sync)?)\b/;
/** `path.join(__dirname, 'models')`, `readdirSync('./models')`: folders that such a file names. */
const folders = /['"`]\.?\/?((?:[\w-]+\/)*[\w-]+)\/?['"`]/g;
/** Files that are opened in search of one name. */
const most = 2;

/** What an object that is filled from a folder has under a name. */
export function fromFolder(object: C.ObjectLiteralExpression, name: string, scene: Scene): Value {
  const { parent } = wrapped(object);
  const isEmpty = object.properties.length === 0 && (ts.isVariableDeclaration(parent) || ts.isBinaryExpression(parent));
  const { text } = object.getSourceFile();
  if (!isEmpty || !goesThrough.test(text)) return unknown;
  const own = pathOf(object);
  for (const path of filesCalled(name, own, text, scene).slice(0, most)) {
    const value = scene.deeper(() => madeIn(path, scene));
    if (value && isSaying(value)) return value;
  }
  return unknown;
}

/** Files called after a name, beside the file that goes through them or in a folder that it names. */
function filesCalled(name: string, own: string, text: string, scene: Scene): string[] {
  const home = folderOf(own);
  const named = [...text.matchAll(folders)].map(([, folder]) => joinPath(home, folder!)).filter((each): each is string => each !== undefined);
  const wanted = plainName(singular(name));
  return [...new Set([home, ...named])].slice(0, 6).flatMap((folder) => (scene.files.names(folder) ?? []).filter((each) => isCode(each) && plainName(singular(each.replace(/(?:[.-]?model)?\.[cm]?[jt]s$/i, ''))) === wanted).map((each) => `${folder === '' ? '' : `${folder}/`}${each}`)).filter((path) => path !== own);
}

/** What a file exports as a whole; of a factory, what it makes: `(sequelize, DataTypes) => { class User extends Model {} … return User; }`. */
function madeIn(path: string, scene: Scene): Value {
  const whole = wholeOf(path, scene);
  const value = whole.kind === 'module' ? scene.exported(path, 'default') : whole;
  return value.kind === 'function' ? scene.returned(value.node) : value;
}
