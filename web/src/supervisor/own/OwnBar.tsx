import { AudioOutlined, CustomerServiceOutlined, EyeInvisibleOutlined, LoadingOutlined, PhoneOutlined, SoundOutlined, StopOutlined } from "@ant-design/icons";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { calls as callApi } from "../../api/call";
import { clockText, useSecondsSince } from "../../app/clock";
import { useTellFault } from "../../app/fault";
import { useTopic } from "../../feed/use";
import { useDeeds } from "../deeds/use";
import { otherThan, ownCall, partyText, type Watch, watchOf } from "../model/watch";
import { useOwnExtension } from "./use";

const icons: Record<string, ReactNode> = { listen: <CustomerServiceOutlined />, whisper: <AudioOutlined />, barge: <SoundOutlined />, take_over: <PhoneOutlined /> };

/** Says plainly in whose call I am and who hears me. */
export function OwnBar() {
  const { t } = useTranslation();
  const calls = useTopic("calls");
  const seats = useTopic("seats");
  const extension = useOwnExtension();
  const watch = watchOf(calls, seats, extension);
  const own = watch ? undefined : ownCall(calls, extension);
  return (
    <section className={`own ${watch ? watch.how : own ? "talking" : "none"}`} aria-label={t("supervisor.own.title")} aria-live="polite" data-testid="own" data-how={watch?.how ?? "off"}>
      {watch && <Watching watch={watch} />}
      {own && <Talking call={own.id} since={own.answered ?? own.started} who={partyText(otherThan(own, extension))} />}
      {!watch && !own && (
        <><EyeInvisibleOutlined className="own-icon" /><strong>{t("supervisor.own.none")}</strong><span className="own-hint">{t("supervisor.own.noneHint")}</span></>
      )}
    </section>
  );
}

function Watching({ watch }: { watch: Watch }) {
  const { t } = useTranslation();
  const seconds = useSecondsSince(watch.since);
  const { stop } = useDeeds();
  const name = watch.agent?.name ?? "–";
  return (
    <>
      <span className="own-icon">{watch.up ? icons[watch.how] : <LoadingOutlined />}</span>
      <strong>{watch.up ? t(`supervisor.own.${watch.how}`, { name }) : t("supervisor.own.connecting")}</strong>
      <span className="own-hint">{t("supervisor.own.with", { who: partyText(watch.other) })}</span>
      <time>{clockText(seconds)}</time>
      {watch.agent && <Button danger type="primary" icon={<StopOutlined />} onClick={() => void stop(watch.agent!)}>{t("supervisor.do.stop")}</Button>}
    </>
  );
}

/** After a take-over the call is mine; the desk has the tools for it. */
function Talking({ call, since, who }: { call: string; since: string; who: string }) {
  const { t } = useTranslation();
  const tell = useTellFault();
  const seconds = useSecondsSince(since);
  return (
    <>
      <PhoneOutlined className="own-icon" />
      <strong>{t("supervisor.own.mine", { who })}</strong>
      <time>{clockText(seconds)}</time>
      <Link to="/" className="own-link">{t("supervisor.own.toDesk")}</Link>
      <Button danger type="primary" onClick={() => void callApi.release(call).catch(tell)}>{t("supervisor.own.hangUp")}</Button>
    </>
  );
}
