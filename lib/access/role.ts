/** Who a person is to Hopline. What each may do stands in `permission.ts`. */
export const roles = ["support", "manager", "engineer", "administrator", "auditor"] as const;
export type Role = (typeof roles)[number];
