/** How a comment is written in a kind of file: what opens it, and what closes it where that is needed. */
type CommentSyntax = { open: string; close?: string };

const slashes = { open: '//' };
const hash = { open: '#' };
const dashes = { open: '--' };
const angles = { open: '<!--', close: '-->' };

const syntaxByEnding = new Map<string, CommentSyntax>([
  ...endings(slashes, 'js jsx cjs mjs ts tsx cts mts vue svelte java kt kts scala groovy gradle go rs c h cc cpp hpp cs swift dart php proto prisma jsonc json5 scss less zig sol'),
  ...endings(hash, 'yml yaml py rb pl r sh bash zsh fish ps1 toml ini conf cfg properties tf tfvars hcl nix graphql gql env dockerfile makefile mk cmake npmrc gitignore dockerignore editorconfig'),
  ...endings(dashes, 'sql lua hs elm'),
  ...endings(angles, 'html htm xhtml xml svg md markdown'),
]);

function endings(syntax: CommentSyntax, names: string): [string, CommentSyntax][] {
  return names.split(' ').map((name) => [name, syntax]);
}

/**
 * The comment that waives a lesson on a line of this file, such as `// lesson-ok n-plus-one: <reason>`.
 * Undefined where the kind of file has no comments (JSON) or is not known.
 */
export function waiverLine(lesson: string, path: string): string | undefined {
  const syntax = syntaxOf(path);
  if (syntax === undefined) return undefined;
  const words = `${syntax.open} lesson-ok ${lesson}: <reason>`;
  return syntax.close === undefined ? words : `${words} ${syntax.close}`;
}

function syntaxOf(path: string): CommentSyntax | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  // `.env`, `.env.local` and `Dockerfile.prod` say what they are at the start of the name.
  const first = name.split('.').find((part) => part !== '') ?? '';
  if (first === 'env' || first === 'dockerfile' || first === 'makefile') return hash;
  return syntaxByEnding.get(name.slice(name.lastIndexOf('.') + 1));
}
