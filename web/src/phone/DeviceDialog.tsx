import { SoundOutlined } from "@ant-design/icons";
import { Alert, Button, Form, Modal, Select, Slider } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import { type Devices, chooseDevices, useDevices } from "./devices";
import { LevelMeter } from "./LevelMeter";
import { phone } from "./use";

/** Chooses microphone, talk and ring device, and tries them before a guest does. */
export function DeviceDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const chosen = useDevices();
  const { list, refresh } = useDeviceList();
  const options = (kind: MediaDeviceKind) => [
    { value: "", label: t("phone.default") },
    ...list.filter((each) => each.kind === kind && each.deviceId && each.deviceId !== "default").map((each, i) => ({ value: each.deviceId, label: each.label || `${t(`phone.kind.${kind}`)} ${i + 1}` })),
  ];
  const field = (name: "microphone" | "talk" | "ring", kind: MediaDeviceKind) => (
    <Form.Item label={t(`phone.choose.${name}`)} htmlFor={`device-${name}`}>
      <Select id={`device-${name}`} value={chosen[name]} options={options(kind)} onChange={(value: string) => chooseDevices({ [name]: value } as Partial<Devices>)} />
    </Form.Item>
  );
  return (
    <Modal open title={t("phone.devices")} width={420} footer={null} onCancel={onClose}>
      <Form layout="vertical">
        {field("microphone", "audioinput")}
        <LevelMeter device={chosen.microphone} onOpen={refresh} />
        {typeof HTMLAudioElement.prototype.setSinkId === "function" ? <>{field("talk", "audiooutput")}{field("ring", "audiooutput")}</> : <Alert type="info" showIcon title={t("phone.noSink")} />}
        <Form.Item label={t("phone.ringVolume")}>
          <div className="device-ring">
            <Slider min={0} max={100} value={Math.round(chosen.ringVolume * 100)} onChange={(value) => chooseDevices({ ringVolume: value / 100 })} ariaLabelForHandle={t("phone.ringVolume")} />
            <Button icon={<SoundOutlined />} onClick={() => void phone.ringer.tone(0.8)}>{t("phone.tryRing")}</Button>
          </div>
        </Form.Item>
      </Form>
    </Modal>
  );
}

/** The devices there are; their names are known only once the microphone is allowed. */
function useDeviceList(): { list: MediaDeviceInfo[]; refresh: () => void } {
  const [list, setList] = useState<MediaDeviceInfo[]>([]);
  const refresh = () => void navigator.mediaDevices?.enumerateDevices().then(setList, () => setList([]));
  useEffect(() => {
    refresh();
    navigator.mediaDevices?.addEventListener("devicechange", refresh);
    return () => navigator.mediaDevices?.removeEventListener("devicechange", refresh);
  }, []);
  return { list, refresh };
}
