import { FullscreenOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";

import { Shell } from "../app/Shell";
import { addTexts } from "../i18n/language";
import { addFormulaTexts } from "../reports/text/formula";
import { Board } from "./board/Board";
import { Tv } from "./board/Tv";
import { CallList } from "./calls/CallList";
import { DeedsProvider } from "./deeds/DeedsProvider";
import { OwnBar } from "./own/OwnBar";
import { OwnPhone } from "./own/PhoneChip";
import { usePhoneKept } from "./own/use";
import { SeatTable } from "./seats/SeatTable";
import "./supervisor.css";
import { en } from "./text/en";
import { zh } from "./text/zh";

addTexts("supervisor", zh, en);
addFormulaTexts();

/** The supervisor's page: figures, agents, calls, and stepping in. */
export default function Page() {
  const { t } = useTranslation();
  const [tv, setTv] = useState(false);
  const close = useCallback(() => setTv(false), []);
  usePhoneKept();
  const bar = (
    <>
      <OwnPhone />
      <Button size="small" className="sv-tv" icon={<FullscreenOutlined />} onClick={() => setTv(true)} data-testid="tv-open">{t("supervisor.board.tv")}</Button>
    </>
  );
  return (
    <DeedsProvider>
      <Shell bar={bar}>
        <h1 className="hidden">{t("app.supervisor")}</h1>
        <div className="sv">
          <OwnBar />
          <div className="sv-board"><Board /></div>
          <SeatTable />
          <CallList />
        </div>
      </Shell>
      {tv && <Tv onClose={close} />}
    </DeedsProvider>
  );
}
