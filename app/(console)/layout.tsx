import type { ReactNode } from "react";
import { ConsoleFrame } from "#components/shell/console-frame.tsx";
import { saveLanguage } from "#app/_actions/save-language.ts";
import { saveSingleKeys } from "#app/_actions/save-single-keys.ts";
import { saveTheme } from "#app/_actions/save-theme.ts";
import { readFreshness } from "#app/_data/read-freshness.ts";
import { requireViewer } from "#app/_data/session.ts";

const ConsoleLayout = async ({ children }: { readonly children: ReactNode }): Promise<ReactNode> => {
  const viewer = await requireViewer("records.read");
  return (
    <ConsoleFrame
      name={viewer.name}
      role={viewer.role}
      theme={viewer.theme}
      singleKeys={viewer.singleKeys}
      freshness={await readFreshness(viewer)}
      saveLanguage={saveLanguage}
      saveTheme={saveTheme}
      saveSingleKeys={saveSingleKeys}
    >
      {children}
    </ConsoleFrame>
  );
};

export default ConsoleLayout;
