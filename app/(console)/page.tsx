import type { ReactNode } from "react";
import { requireViewer } from "#app/_data/session.ts";

const HomePage = async (): Promise<ReactNode> => {
  const viewer = await requireViewer("records.read");
  return <p>{viewer.name}</p>;
};

export default HomePage;
