import { useTranslation } from "react-i18next";

import { useStore } from "../../app/store";
import { Lane } from "../Lane";
import { screen } from "../model/screen";
import { Wall } from "../wall/Wall";
import { Results } from "./Results";
import { SearchBar } from "./SearchBar";
import { useHits } from "./hits";

/** Search on top; under it the wall of extensions or, while something is typed or sought, what was found. */
export function Directory() {
  const { t } = useTranslation();
  const searching = useStore(screen, (each) => each.query !== "" || each.purpose !== "dial");
  const hits = useHits();
  return (
    <Lane name="directory" title={t("desk.directory.title")} extra={<span className="lane-hint">{t("desk.directory.anywhere")}</span>}>
      <SearchBar hits={hits} />
      {searching ? <Results hits={hits} /> : <Wall />}
    </Lane>
  );
}
