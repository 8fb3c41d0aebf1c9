/**
 * Arrow keys in a group of elements with the role `radio`: the next one gets the focus and is chosen, as everywhere.
 * A group is one stop of the tab key (see `tabStop`).
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
  // Choosing what is chosen would take it back.
  if (next?.getAttribute('aria-checked') === 'false') next.click();
}

/** Whether one of a group's choices is where the tab key stops: the chosen one, or the first where none is. */
export function tabStop<T>(value: T, chosen: T | null | undefined, first: T): '0' | '-1' {
  return value === (chosen ?? first) ? '0' : '-1';
}
