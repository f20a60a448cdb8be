import type { Metadata } from "next";
import type { ReactNode } from "react";
import { DataPage } from "#components/settings/data-page.tsx";
import { exceptField } from "#app/_actions/except-field.ts";
import { maskFieldAgain } from "#app/_actions/mask-field-again.ts";
import { pageText } from "#app/_data/page-text.ts";
import { readDataSettings } from "#app/_data/read-data-settings.ts";
import { requireViewer } from "#app/_data/session.ts";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await pageText("dataSettings"))("title") });

const DataSettingsPage = async (): Promise<ReactNode> => {
  const viewer = await requireViewer("installation.read");
  return <DataPage settings={await readDataSettings(viewer)} actions={{ exceptField, maskFieldAgain }} />;
};

export default DataSettingsPage;
