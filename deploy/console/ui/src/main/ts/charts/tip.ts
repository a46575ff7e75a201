export interface TipRow {
  readonly color?: string;
  readonly label: string;
  readonly text: string;
}

/** The box beside the pointer. Made of elements, because the content security policy allows no inline styles. */
export function tip(title: string, rows: readonly TipRow[]): HTMLElement {
  const box = document.createElement("div");
  box.className = "tip";
  const heading = document.createElement("b");
  heading.textContent = title;
  box.append(heading);
  const table = document.createElement("table");
  for (const row of rows) {
    const line = table.insertRow();
    const key = document.createElement("i");
    key.className = "key";
    if (row.color !== undefined) {
      key.style.background = row.color;
    }
    line.insertCell().append(key);
    line.insertCell().textContent = row.label;
    const number = line.insertCell();
    number.className = "number";
    number.textContent = row.text;
  }
  box.append(table);
  return box;
}
