/** One path per page, drawn on a grid of 16. */
const PATHS: Readonly<Record<string, string>> = {
  overview: "M2 2h5v6H2zM9 2h5v3H9zM9 7h5v7H9zM2 10h5v4H2z",
  interconnects: "M3 5a2 2 0 1 0 0-.01M13 5a2 2 0 1 0 0-.01M8 13a2 2 0 1 0 0-.01M5 5h4M4 7l3 4M12 7L9 11",
  share: "M8 2a6 6 0 1 0 6 6H8zM10 1.5a5 5 0 0 1 4.5 4.5H10z",
  explore: "M7 2a5 5 0 1 0 0 10A5 5 0 0 0 7 2zM11 11l4 4",
  capacity: "M2 14V9M6 14V6M10 14V8M14 14V2M1 14.5h14",
  reports: "M4 1.5h6l3 3v10H4zM10 1.5v3h3M6 8h5M6 11h5",
  sources: "M2 3h12v4H2zM2 9h12v4H2zM5 5h.01M5 11h.01",
  alerts: "M8 2a4 4 0 0 0-4 4v3l-1.5 3h11L12 9V6a4 4 0 0 0-4-4zM6.5 14h3",
  audit: "M3 1.5h10v13H3zM5.5 5h5M5.5 8h5M5.5 11h3",
  docs: "M2 3c2-1 4-1 6 0v11c-2-1-4-1-6 0zM14 3c-2-1-4-1-6 0v11c2-1 4-1 6 0z",
};

export function Icon({ name }: { readonly name: string }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={PATHS[name] ?? ""} />
    </svg>
  );
}
