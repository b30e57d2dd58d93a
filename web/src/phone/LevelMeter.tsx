import { Alert } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { microphoneWish } from "./devices";

/** Shows what the microphone hears while the dialog is open. */
export function LevelMeter({ device, onOpen }: { device: string; onOpen: () => void }) {
  const { t } = useTranslation();
  const [failed, setFailed] = useState(false);
  const [heard, setHeard] = useState(false);
  const bar = useRef<HTMLMeterElement>(null);
  useEffect(() => {
    let stop: (() => void) | undefined;
    let gone = false;
    setFailed(false);
    setHeard(false);
    navigator.mediaDevices
      ?.getUserMedia(microphoneWish())
      .then((stream) => {
        if (gone) return stream.getTracks().forEach((track) => track.stop());
        onOpen();
        stop = watch(stream, (level) => {
          if (bar.current) bar.current.value = level;
          if (level > 0.05) setHeard(true);
        });
      })
      .catch(() => setFailed(true));
    return () => {
      gone = true;
      stop?.();
    };
  }, [device]); // eslint-disable-line react-hooks/exhaustive-deps
  if (failed || !navigator.mediaDevices) return <Alert className="login-fault" type="error" showIcon title={t("phone.microphone_denied")} description={t("phone.microphoneHint")} />;
  return (
    <div className="level">
      <meter ref={bar} min={0} max={1} aria-label={t("phone.level")} />
      <span role="status">{t(heard ? "phone.heard" : "phone.speak")}</span>
    </div>
  );
}

/** Measures a stream's loudness each frame (root mean square, 0 to 1) until stopped. */
function watch(stream: MediaStream, tell: (level: number) => void): () => void {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  context.createMediaStreamSource(stream).connect(analyser);
  void context.resume();
  const samples = new Float32Array(analyser.fftSize);
  let frame = 0;
  const look = () => {
    analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    tell(Math.min(1, Math.sqrt(power) * 4));
    frame = requestAnimationFrame(look);
  };
  look();
  return () => {
    cancelAnimationFrame(frame);
    stream.getTracks().forEach((track) => track.stop());
    void context.close();
  };
}
