/** Files that nobody wrote by hand: reviewing them would blame a tool. */

// Folders of built files hold JavaScript; TypeScript below a folder of such a name is somebody's work.
const builtFolder = /(?:^|\/)(?:dist|build|out|lib\/(?:cjs|esm)|public\/(?:js|lib|vendor|plugins))\/.*\.(?:[cm]?js|jsx|css|map|html|json)$/;
const byPath = /(?:^|\/)(?:vendor|vendors|third_party|node_modules|bower_components|__generated__|generated|\.next|\.nuxt|coverage)\/|\.min\.[cm]?js$|[.-](?:bundle|generated|gen)\.[cm]?[jt]sx?$|\.pb\.[jt]s$|_pb\.[jt]s$|(?:^|\/)(?:package-lock\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|composer\.lock|Cargo\.lock|poetry\.lock|Gemfile\.lock|go\.sum)$/;
const byHeader = /@generated\b|\bDO NOT EDIT\b|auto-?generated (?:by|file|from)|This file (?:was|is) (?:auto(?:matically)?[- ])?generated/i;

/** True for built, bundled, minified and generated files, by where they lie, what they say at the top, or how long their lines are. */
export function isGenerated(path: string, text: string): boolean {
  return byPath.test(path) || builtFolder.test(path) || byHeader.test(text.slice(0, 1_000)) || isMinified(text);
}

/** Hand-written code breaks its lines; a tool does not. */
function isMinified(text: string): boolean {
  if (text.length < 5_000) return false;
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0 && lines * 500 < text.length; at = text.indexOf('\n', at + 1)) lines += 1;
  return text.length / lines > 500;
}
