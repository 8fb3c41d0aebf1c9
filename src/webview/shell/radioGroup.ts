/**
 * Arrow keys in a group of elements with the role `radio`: the next one gets the focus and is chosen. A group is one tab
 * stop (see `tabStop`).
 */
export function moveInGroup(event: KeyboardEvent): void {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  const group = event.currentTarget;
  if (step === undefined || event.ctrlKey || event.metaKey || event.altKey || !(group instanceof HTMLElement))
    return;
  event.preventDefault();
  event.stopPropagation();
  const radios = [...group.querySelectorAll<HTMLElement>('[role="radio"]:not(:disabled)')];
  const at = radios.findIndex((radio) => radio === event.target);
  const next = radios[(at + step + radios.length) % radios.length];
  next?.focus();
  next?.click();
}

/** The `tabindex` of a choice: the chosen one is the tab stop, or the first one when none is chosen. */
export function tabStop<T>(value: T, chosen: T | null | undefined, first: T): '0' | '-1' {
  return value === (chosen ?? first) ? '0' : '-1';
}
