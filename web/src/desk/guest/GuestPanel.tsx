import { useQuery } from "@tanstack/react-query";
import { Spin } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

import { guests } from "../../api/guest";
import { faultText } from "../../app/fault";
import { useStore } from "../../app/store";
import { useTopic } from "../../feed/use";
import { Lane } from "../Lane";
import { useDesk } from "../model/desk";
import { rings } from "../model/loop";
import { screen } from "../model/screen";
import { GuestCard } from "./GuestCard";
import { KeyHints } from "./KeyHints";
import { subjectOf } from "./subject";

/** Who is calling, before the operator says hello (弹屏). */
export function GuestPanel() {
  const { t } = useTranslation();
  const { loops, selected } = useDesk();
  const looked = useStore(screen, (each) => each.looked);
  const callers = useTopic("callers");
  const subject = subjectOf(loops, selected, looked, callers);
  const ringing = loops.filter(rings).map((loop) => loop.call.id).join(" ");
  useEffect(() => {
    if (ringing) screen.set({ looked: undefined }); // a new ring pops up whatever was looked at
  }, [ringing]);
  const who = subject?.extension ? { extension: subject.extension } : { number: subject?.number };
  const card = useQuery({
    queryKey: ["guest", who.extension ?? "", who.number ?? ""],
    queryFn: ({ signal }) => guests.card(who, signal),
    enabled: Boolean(who.extension || who.number),
    staleTime: 15_000,
  });
  return (
    <Lane name="guest" title={t("desk.guest.title")}>
      {!subject && <KeyHints />}
      {subject && card.isPending && card.fetchStatus !== "idle" && <div className="nothing"><Spin size="small" /></div>}
      {subject && card.isError && <p className="nothing">{faultText(card.error)}</p>}
      {subject && card.data && <GuestCard card={card.data} number={who.extension ?? who.number ?? ""} />}
    </Lane>
  );
}
