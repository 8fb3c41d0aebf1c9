import type { Answer, Message, Task } from '../task/task.ts';

/** The turns of a task's prompt: a single user turn if the prompt is not a conversation. */
export function promptTurns(task: Pick<Task, 'prompt' | 'messages'>): readonly Message[] {
  return task.messages ?? [{ role: 'user', content: task.prompt }];
}

/** The turns of an answer: a single assistant turn if the answer is not a conversation. */
export function answerTurns(answer: Pick<Answer, 'text' | 'messages'>): readonly Message[] {
  return answer.messages ?? [{ role: 'assistant', content: answer.text }];
}
