/** Words that name no topic in a rationale or a prompt. */
const common = new Set(
  'about above after again against all also always among and any anything are around because been before being below better between both but call called can code could did different does doing done down each either else enough even every everything example few first for from function further gets give gives given good had has have having here how however implement implementation implements include includes input inputs instead into its itself just keep kind last least less like made make makes many may might more most much must name named need needed needs never new none not nothing now off often one only other others ought our out output outputs over own part per place point possible program prompt provide provides put rather real really reason requested require required requirement requires result results return returned returning returns right same say says second see should show shows simply since some something still such sure take takes than that the their them then there these they thing things this those through thus too two under until upon use used user uses using value values very want wants was way well were what whatever when where whether which while who whole whose why will with within without work works would write written wrong yet you your answer answers solution solutions response version asked asks asking task question instruction instructions explicit explicitly clear clearly correct correctly properly proper simple support supports supported supporting able handle handles handled handling add adds added ensure ensures ensured'.split(
    ' ',
  ),
);

/** The stems of the words that say what a text is about. */
export function topicsOf(text: string): Set<string> {
  const words = text.toLowerCase().match(/\p{L}[\p{L}\d]{2,}/gu) ?? [];
  return new Set(
    words
      .filter((word) => !common.has(word))
      .map(stemOf)
      .filter((stem) => !common.has(stem)),
  );
}

/** A word without its inflection: "sorted", "sorting" and "sorts" have the same stem. */
export function stemOf(word: string): string {
  const stem = word
    .replace(/(?<![su])s$/, '')
    .replace(/(?:ies|ied)$/, 'y')
    .replace(/(?:isation|ization|ising|izing|ised|ized|ises|izes|ise|ize)$/, 'is')
    .replace(/(?:ations?|ating|ated|ates?)$/, 'at')
    .replace(/(?:ingly|edly|ing|ed|es|ly|ness|ment|able|ible|s)$/, '');
  const bare = stem.length >= 3 ? stem : word;
  return bare.replace(/([^aeiou])\1$/, '$1').replace(/e$/, '');
}
