/** Words of the states; a glyph never stands without one. */
export const state = {
  in_progress: "In progress",
  completed: "Completed",
  completed_late: "Completed late",
  overdue: "Overdue",
  failed: "Failed",
  unknown: "Can’t tell",
  waiting: "Not due yet",
  late: "{duration} late",
};
