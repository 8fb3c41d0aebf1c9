// Grammars that fewer tasks need, some of them large.

export { default as c } from 'shiki/langs/c.mjs';
export { default as cpp } from 'shiki/langs/cpp.mjs';
export { default as perl } from 'shiki/langs/perl.mjs';
export { default as php } from 'shiki/langs/php.mjs';
export { default as r } from 'shiki/langs/r.mjs';
export { default as ruby } from 'shiki/langs/ruby.mjs';
