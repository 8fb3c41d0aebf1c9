// Grammars that most tasks need. They embed one another, so one chunk of them is as small as several.

export { default as bash } from 'shiki/langs/bash.mjs';
export { default as css } from 'shiki/langs/css.mjs';
export { default as diff } from 'shiki/langs/diff.mjs';
export { default as go } from 'shiki/langs/go.mjs';
export { default as html } from 'shiki/langs/html.mjs';
export { default as java } from 'shiki/langs/java.mjs';
export { default as javascript } from 'shiki/langs/javascript.mjs';
export { default as json } from 'shiki/langs/json.mjs';
export { default as jsx } from 'shiki/langs/jsx.mjs';
export { default as markdown } from 'shiki/langs/markdown.mjs';
export { default as python } from 'shiki/langs/python.mjs';
export { default as rust } from 'shiki/langs/rust.mjs';
export { default as sql } from 'shiki/langs/sql.mjs';
export { default as toml } from 'shiki/langs/toml.mjs';
export { default as tsx } from 'shiki/langs/tsx.mjs';
export { default as typescript } from 'shiki/langs/typescript.mjs';
export { default as yaml } from 'shiki/langs/yaml.mjs';
