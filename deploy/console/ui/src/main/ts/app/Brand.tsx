export function Brand() {
  return (
    <span class="brand">
      <svg viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="7" fill="#1550b4" />
        <path d="M5 21c5 0 6-10 11-10s6 10 11 10" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round" />
        <path d="M5 13c5 0 6 8 11 8s6-8 11-8" fill="none" stroke="#f0b95a" stroke-width="2" stroke-linecap="round" />
      </svg>
      ipv6flow
    </span>
  );
}
