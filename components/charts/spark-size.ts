/** Of the small trends in lists, in pixels; apart from what computes them, which stays on the server. */
export const sparkSize = { width: 112, height: 28 };
