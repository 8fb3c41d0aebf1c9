/*
 * Forms of secrets and personal data. Those of tokens follow the recommended preset of secretlint 13 (azu, MIT licence) and
 * the formats that the services document; lengths are lower bounds, since a person who redacts half of a key has still given
 * it away. Every repetition is bounded or at the end of its pattern, so that no pattern is slow.
 */

export type SecretKind = 'key' | 'password' | 'e-mail' | 'phone' | 'path' | 'account' | 'card';

/** The name of each kind, for "This looks like …". */
export const secretNames: Readonly<Record<SecretKind, string>> = {
  key: 'a key or token',
  password: 'a password',
  'e-mail': 'an e-mail address',
  phone: 'a phone number',
  path: 'a path with a person’s name',
  account: 'a bank account number',
  card: 'the number of a payment card',
};

export interface Secret {
  readonly kind: SecretKind;
  /** Offsets of the text to redact, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
}

/** Tokens of services: their prefix, and the characters that follow it. */
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

/** The password in an address, and a value whose name says that it is a secret and that looks like a secret. */
const passwordInUrl = /\b[a-z][a-z0-9+]{1,20}:\/\/[^\s:@/]{1,100}:([^\s:@/]{3,200})@[\w.-]{1,200}/gi;
const namedSecret =
  /(?<![A-Za-z])(?:password|passwd|pwd|passphrase|secret|api[ _-]?key|access[ _-]?key|auth[ _-]?token|access[ _-]?token|token|bearer)\b["'`]?(?:\s*[:=]\s*|\s+is\s+|\s+)["'`]?((?=[^\s"'`]{0,60}\d)(?=[^\s"'`]{0,60}[A-Za-z])[A-Za-z0-9+/=_!#$%^&*-]{10,200})/gi;
/** The same for a quoted value. Its name may be part of a longer name (`dbPassword`), or short (`pass`). */
const quotedSecret =
  /(?:[a-z0-9](?:Password|Passwd|Pwd|Passphrase|Secret|SecretKey|ApiKey|APIKey|AccessKey|PrivateKey|AuthToken|AccessToken)|\b(?:[A-Z]{1,20}_)?PASS|\bPGPASSWORD|\bpass)["'`\]]{0,2}(?:: ?str(?:ing)?)?\s{0,3}[:=]\s{0,3}["'`]((?=[^\s"'`]{0,60}\d)(?=[^\s"'`]{0,60}[A-Za-z])[A-Za-z0-9+=_!#$%^&*-]{8,200})["'`]/g;

const email = /(?<![\w.+/:=-])[\w.+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24}(?![\w-])/g;
/** Names and domains that are reserved for examples (RFC 2606 and 6761), and addresses of services. */
const exampleEmail =
  /@(?:[\w-]+\.)*(?:example|test|invalid|localhost)(?:\.\w+)*$|^git@|^(?:noreply|no-reply|user|name|foo|bar|me|you|someone|a|b|x)@(?:[a-z]|foo|bar|test|domain|site|mail|host)\.\w+$/i;
const phones = [
  /(?<![\w.+-])\+\d{1,3}[ .-]?(?:\(\d{1,4}\)[ .-]?)?\d{2,4}(?:[ .-]\d{2,7}){2,4}(?![\w-])/g,
  /(?<![\w.+-])(?:1[ .-])?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}(?![\w.-]\d|\w)/g,
  /(?<=\b(?:phone|tel|telephone|call me (?:at|on)|mobile|cell|whatsapp)[ :.#]{1,3}(?:is |number |no\. )?)\+?\d[\d ().-]{7,18}\d/gi,
];
/** Numbers reserved for fiction, the number of directory enquiries, and sequences of digits. */
const fictionalPhone = /555[ .-](?:01\d\d|1212)$|123\)?[ .-]?456[ .-]?7890$/;

const homePath = /(?<![\w.])(?:\/home\/|\/Users\/|[A-Za-z]:\\{1,2}Users\\{1,2})([\w.-]{2,40})(?![\w.-])/g;
/** Home directories that do not name a person. */
const nobody =
  /^(?:user|users|username|user\d|me|you|your\w*|name|runner|node|ubuntu|debian|vscode|app|root|public|shared|default|guest|admin|test|tester|testuser|someone|somebody|foo|bar|alice|bob|work|coder|dev|developer|sandbox|vagrant|pi|ec2-user|jovyan|circleci|git)$/i;

/** International bank account numbers (ISO 13616), as they are written: in one piece or in groups of four. */
const iban = /(?<![\w-])[A-Z]{2}\d{2}(?:[A-Z0-9]{11,30}|(?: [A-Z0-9]{4}){2,7}(?: [A-Z0-9]{1,4})?)(?![\w-])/g;
/** Numbers of payment cards (ISO/IEC 7812), in one piece or in groups of four. */
const card =
  /(?<![\w.+-])(?:[3-6]\d{12,18}|[3-6]\d{3}(?:[ -]\d{4}){3}|3[47]\d{2}[ -]\d{6}[ -]\d{5})(?![\w-]|\.\d)/g;
/** Numbers that card schemes and tutorials use for tests. */
const testCard = /^(?:4111|4242|4012|4000|5555|5105|5200|3782|3714|6011|3566|3056|3852|4444)|^(\d)\1+$|^1234/;
/** Account numbers that tutorials use, with a valid check. */
const testIban = /^(?:GB(?:82WEST|29NWBK|33BUKB)|DE89370400440532013000|FR1420041010050500013M02606)/;

/** Whether the check of an account number is valid: its remainder by ISO 7064 is 1. */
function isIban(text: string): boolean {
  const plain = text.replaceAll(' ', '');
  if (testIban.test(plain)) return false;
  const turned = plain.slice(4) + plain.slice(0, 4);
  let rest = 0;
  for (const sign of turned) rest = Number(`${rest}${parseInt(sign, 36)}`) % 97;
  return rest === 1;
}

/** Whether the check digit of a card number is right (Luhn's formula). */
function isCard(text: string): boolean {
  const digits = text.replaceAll(/[ -]/g, '');
  if (digits.length > 19 || testCard.test(digits)) return false;
  const sum = digits
    .split('')
    .toReversed()
    .reduce((total, sign, index) => {
      const doubled = Number(sign) * (index % 2 === 0 ? 1 : 2);
      return total + (doubled > 9 ? doubled - 9 : doubled);
    }, 0);
  return sum % 10 === 0;
}

/** Secrets and personal data of a text, in order and without overlaps. */
export function secretsIn(text: string): Secret[] {
  const found = [
    ...spans(text, token, 'key'),
    ...spans(text, privateKey, 'key'),
    ...spans(text, slackHook, 'key'),
    ...groups(text, passwordInUrl, 'password'),
    ...groups(text, namedSecret, 'password'),
    ...groups(text, quotedSecret, 'password'),
    ...spans(text, email, 'e-mail').filter(({ start, end }) => !exampleEmail.test(text.slice(start, end))),
    ...spans(text, iban, 'account').filter(({ start, end }) => isIban(text.slice(start, end))),
    ...spans(text, card, 'card').filter(({ start, end }) => isCard(text.slice(start, end))),
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
    .filter(
      (match) => !/example|x{6}|\*{4}|\.{3}|redacted|changeme|replace|password|your[_-]/i.test(match[1]!),
    )
    .map((match) => {
      const start = match.index + match[0].lastIndexOf(match[1]!);
      return { kind, start, end: start + match[1]!.length };
    });
}
