import { visibleText } from '../../core/text/visible.ts';

/**
 * A text for a notification or a question. It may quote what others wrote, so hidden characters are made visible, and
 * `[text](address)` does not become a link: a link could start a command of the editor.
 */
export function noticeText(text: string): string {
  return visibleText(text).replaceAll('](', '] (');
}
