/** Three lifelines, as the address of a picture. */
export const icon = encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#1d1b18"/><path d="M3 4.5h10M3 8h6" stroke="#faf8f3" stroke-width="1.6"/><path d="M9 8h2M3 11.5h3" stroke="#ff7a5c" stroke-width="1.6"/></svg>',
)
