// The tokens and tags that chat templates, models and harnesses write around an answer, as sources of patterns: the one
// table for text before a fence, after a fence, and around code without a fence.

/** A token of a chat template, such as `<|im_end|>`; some models write it with wide bars. */
export const special = String.raw`<[|｜][\w▁-]{1,40}[|｜]>`;
/** What may follow a token: the role that speaks, and the channel. */
export const role = '(?:assistant|model|final)';
/** Tags around an artifact of an answer, with their attributes. */
export const artifactTag = String.raw`</?(?:ant)?[aA]rtifact(?:\s[^>\n]{0,400})?>`;
/** Names of tags around an answer: `<answer>`. */
export const tagNames = 'answer|solution|final_answer|final';
/** Names of marks around code: `[PYTHON]`, `[/PYTHON]`. */
export const markNames = 'PYTHON|CODE|SOLUTION|ANSWER';
/** The mark that begins an answer, and the marks that end it. */
export const beginMark = String.raw`\[BEGIN\]`;
export const endMarks = String.raw`\[(?:DONE|END)\]`;

const anyTag = `</?(?:${tagNames}|code)>`;

/** Text allowed before a fence on its line. */
export const beforeFence = String.raw`(?:${special}${role}?|${anyTag}|${artifactTag}|\[(?:${markNames})\]|${beginMark})`;
/** Text allowed after the last fence. */
export const afterFence = String.raw`(?:${special}|</s>|${anyTag}|${artifactTag}|</?end_of_turn>|\[/(?:${markNames})\]|${endMarks})`;
