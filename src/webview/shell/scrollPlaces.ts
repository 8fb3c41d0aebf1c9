import { LitElement } from 'lit';

/** How far each scrolled element is scrolled: its name → top and left, in pixels. */
export type ScrollPlaces = Readonly<Record<string, readonly [number, number]>>;

/** The scroll positions below an element, in shadow roots too. */
export function scrollPlacesOf(root: ParentNode): ScrollPlaces {
  const places: Record<string, readonly [number, number]> = {};
  for (const [name, { scrollTop, scrollLeft }] of namedElements(root))
    if (scrollTop + scrollLeft > 0) places[name] = [scrollTop, scrollLeft];
  return places;
}

/** Scrolls the elements below an element to where they were, once they are drawn, unless they show something else by then. */
export async function restoreScroll(
  root: ParentNode,
  places: ScrollPlaces,
  isCurrent: () => boolean,
): Promise<void> {
  if (Object.keys(places).length === 0) return;
  await drawn(root);
  if (!isCurrent()) return;
  for (const [name, element] of namedElements(root)) {
    const place = places[name];
    if (place !== undefined) [element.scrollTop, element.scrollLeft] = place;
  }
}

/** Elements by tag, class and number: the third `div` of the class `pane` has the same name each time a task is shown. */
function* namedElements(root: ParentNode): Generator<[string, Element]> {
  const counts = new Map<string, number>();
  for (const element of everyElement(root)) {
    const name = `${element.localName}.${element.classList.item(0) ?? ''}`;
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    yield [`${name} ${count}`, element];
  }
}

function* everyElement(root: ParentNode): Generator<Element> {
  for (const element of root.querySelectorAll('*')) {
    yield element;
    if (element.shadowRoot !== null) yield* everyElement(element.shadowRoot);
  }
}

async function drawn(root: ParentNode): Promise<void> {
  for (const element of root.querySelectorAll('*')) {
    if (element instanceof LitElement) await element.updateComplete;
    if (element.shadowRoot !== null) await drawn(element.shadowRoot);
  }
}
