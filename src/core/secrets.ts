/*
 * Forms of secrets and personal data. Those of tokens follow the recommended preset of secretlint 13 (azu, MIT
 * licence) and the formats that the services document; lengths are lower bounds, since a person who redacts half of
 * a key has still given it away. Every repetition is bounded, or followed by nothing, so that none can be slow.
 */

export interface Secret {
  readonly kind: 'key' | 'password' | 'e-mail' | 'phone' | 'path';
  /** Offsets of what is to be redacted, UTF-16 code units. */
  readonly start: number;
  readonly end: number;
}

/** Prefixes that a service gives its tokens, and what follows them. */
const tokens: readonly string[] = [
  String.raw`(?:A3T[A-Z0-9]|AKIA|AGPA|AIDA|AROA|AIPA|ANPA|ANVA|ASIA)[A-Z0-9]{12,16}(?![A-Za-z0-9])`,
  String.raw`sk-(?:proj-|svcacct-|admin-|ant-(?:api\d\d-)?|or-v1-|live-|test-)?(?=[\w-]{0,80}\d)[A-Za-z0-9_-]{16,200}`,
  String.raw`gsk_[A-Za-z0-9]{20,}`,
  String.raw`hf_[A-Za-z0-9]{20,}`,
  String.raw`(?:ghp|gho|ghu|ghs|ghr)_[A-Za-z0-9_]{20,}`,
  String.raw`github_pat_[A-Za-z0-9_]{20,}`,
  String.raw`glpat-[A-Za-z0-9_-]{16,}`,
  String.raw`npm_[A-Za-z0-9]{24,}`,
  String.raw`pypi-[A-Za-z0-9_-]{24,}`,
  String.raw`xox[abopr]-[A-Za-z0-9-]{10,}`,
  String.raw`xapp-\d-[A-Za-z0-9-]{10,}`,
  String.raw`(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{12,}`,
  String.raw`AIza[A-Za-z0-9_-]{30,}`,
  String.raw`ya29\.[A-Za-z0-9_-]{20,}`,
  String.raw`SG\.[\w-]{10,80}\.[\w-]{10,80}`,
  String.raw`(?:shppa|shpca|shpat|shpss)_[A-Za-z0-9]{24,}`,
  String.raw`lin_api_[A-Za-z0-9_]{24,}`,
  String.raw`ntn_[A-Za-z0-9]{30,}`,
  String.raw`ops_ey[A-Za-z0-9+/=]{60,}`,
  String.raw`hv[sbr]\.[A-Za-z0-9_-]{24,}`,
  String.raw`dapi[A-Fa-f0-9]{32}`,
  String.raw`dckr_pat_[A-Za-z0-9_-]{20,}`,
  String.raw`figd_[A-Za-z0-9_-]{30,}`,
  String.raw`gl(?:c|sa)_[A-Za-z0-9+/]{30,}`,
  String.raw`tskey-[a-z]{2,20}-[\w-]{16,}`,
  String.raw`(?:vcp|vci|vca|vcr|vck|cfk|cfut|cfat)_[A-Za-z0-9]{20,}`,
  String.raw`eyJ[A-Za-z0-9_-]{10,1000}\.eyJ[A-Za-z0-9_-]{10,2000}\.[A-Za-z0-9_-]{10,1000}`,
];
const token = new RegExp(String.raw`(?<![\p{L}\p{N}_])(?:${tokens.join('|')})`, 'gu');
const privateKey =
  /-----BEGIN (?:[A-Z]{2,10} ){0,2}PRIVATE KEY(?: BLOCK)?-----(?:[A-Za-z0-9+/=\s\\]{0,10000}-----END (?:[A-Z]{2,10} ){0,2}PRIVATE KEY(?: BLOCK)?-----)?/g;
const slackHook = /https:\/\/hooks\.slack\.com\/services\/[A-Za-z0-9/]{10,120}/g;

/** The password of an address, and a value that is said to be a secret and looks like one. */
const passwordInUrl = /\b[a-z][a-z0-9+]{1,20}:\/\/[^\s:@/]{1,100}:([^\s:@/]{3,200})@[\w.-]{1,200}/gi;
const namedSecret =
  /(?<![A-Za-z])(?:password|passwd|pwd|passphrase|secret|api[ _-]?key|access[ _-]?key|auth[ _-]?token|access[ _-]?token|token|bearer)\b["'`]?(?:\s*[:=]\s*|\s+is\s+|\s+)["'`]?((?=[^\s"'`]{0,60}\d)(?=[^\s"'`]{0,60}[A-Za-z])[A-Za-z0-9+/=_!#$%^&*-]{10,200})/gi;

const email = /(?<![\w.+/:=-])[\w.+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24}(?![\w-])/g;
/** Names and domains that are reserved for examples (RFC 2606 and 6761), and addresses of services. */
const exampleEmail =
  /@(?:[\w-]+\.)*(?:example|test|invalid|localhost)(?:\.\w+)*$|^git@|^(?:noreply|no-reply|user|name|foo|bar|me|you|someone|a|b|x)@(?:[a-z]|foo|bar|test|domain|site|mail|host)\.\w+$/i;
const phones = [
  /(?<![\w.+-])\+\d{1,3}[ .-]?(?:\(\d{1,4}\)[ .-]?)?\d{2,4}(?:[ .-]\d{2,7}){2,4}(?![\w-])/g,
  /(?<![\w.+-])(?:1[ .-])?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}(?![\w.-]\d|\w)/g,
  /(?<=\b(?:phone|tel|telephone|call me (?:at|on)|mobile|cell|whatsapp)[ :.#]{1,3}(?:is |number |no\. )?)\+?\d[\d ().-]{7,18}\d/gi,
];
/** Numbers reserved for fiction. */
const fictionalPhone = /555[ .-]01\d\d$/;

const homePath = /(?<![\w.])(?:\/home\/|\/Users\/|[A-Za-z]:\\{1,2}Users\\{1,2})([\w.-]{2,40})(?![\w.-])/g;
/** Home directories that name nobody. */
const nobody =
  /^(?:user|users|username|user\d|me|you|your\w*|name|runner|node|ubuntu|debian|vscode|app|root|public|shared|default|guest|admin|test|tester|testuser|someone|somebody|foo|bar|alice|bob|work|coder|dev|developer|sandbox|vagrant|pi|ec2-user|jovyan|circleci|git)$/i;

/** Secrets and personal data of a text, in order and without overlaps. */
export function secretsIn(text: string): Secret[] {
  const found = [
    ...spans(text, token, 'key'),
    ...spans(text, privateKey, 'key'),
    ...spans(text, slackHook, 'key'),
    ...groups(text, passwordInUrl, 'password'),
    ...groups(text, namedSecret, 'password'),
    ...spans(text, email, 'e-mail').filter(({ start, end }) => !exampleEmail.test(text.slice(start, end))),
    ...phones
      .flatMap((form) => spans(text, form, 'phone'))
      .filter(({ start, end }) => !fictionalPhone.test(text.slice(start, end))),
    ...[...text.matchAll(homePath)]
      .filter((match) => !nobody.test(match[1]!))
      .map((match): Secret => ({ kind: 'path', start: match.index, end: match.index + match[0].length })),
  ].toSorted((a, b) => a.start - b.start || b.end - a.end);
  let reach = 0;
  return found.filter(({ start, end }) => {
    if (start < reach) return false;
    reach = end;
    return true;
  });
}

function spans(text: string, form: RegExp, kind: Secret['kind']): Secret[] {
  return [...text.matchAll(form)]
    .filter((match) => !/EXAMPLE|x{6}|\*{4}|\.{3}|redacted/i.test(match[0]))
    .map((match) => ({ kind, start: match.index, end: match.index + match[0].length }));
}

/** Only what the first group holds. */
function groups(text: string, form: RegExp, kind: Secret['kind']): Secret[] {
  return [...text.matchAll(form)]
    .filter((match) => !/example|x{6}|\*{4}|\.{3}|redacted|changeme|password|your[_-]/i.test(match[1]!))
    .map((match) => {
      const start = match.index + match[0].lastIndexOf(match[1]!);
      return { kind, start, end: start + match[1]!.length };
    });
}
