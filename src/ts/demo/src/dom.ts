type Attributes = Readonly<Record<string, string | number | boolean>>;

/** An element with attributes and children; text is always text, never markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...children);
  return made;
}

/** A 24×24 line icon; `paths` are its strokes. */
export function icon(...paths: readonly string[]): SVGElement {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.classList.add('icon');
  for (const d of paths) {
    const path = document.createElementNS(space, 'path');
    path.setAttribute('d', d);
    svg.append(path);
  }
  return svg;
}

/** Starts a CSS animation class from its beginning, even while it runs. */
export function replay(target: Element, name: string): void {
  target.classList.remove(name);
  target.getBoundingClientRect();
  target.classList.add(name);
  target.addEventListener('animationend', () => target.classList.remove(name), { once: true });
}

/** Shows text in a field without moving the caret of whoever types there. */
export function showIn(field: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  if (field.value === text) return;
  const { selectionStart, selectionEnd, selectionDirection } = field;
  field.value = text;
  if (document.activeElement === field)
    field.setSelectionRange(selectionStart, selectionEnd, selectionDirection ?? 'none');
}

export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`#${id}: not in the page (expected: it is)`);
  return found;
}

/** Runs the newest of the given actions with the next frame: however many come, one is drawn. */
export function eachFrame(): (draw: () => void) => void {
  let next: (() => void) | undefined;
  return draw => {
    if (next === undefined) {
      requestAnimationFrame(() => {
        const due = next;
        next = undefined;
        due?.();
      });
    }
    next = draw;
  };
}
