/** What a page follows where it shows neither a record nor the overview. */
export const watchedTopics = ["audit", "dead-letters", "installation", "profile", "tokens", "users"] as const;
export type WatchedTopic = (typeof watchedTopics)[number];
