import { CheckCircleOutlined, MinusCircleOutlined, WarningOutlined } from "@ant-design/icons";

/** A yes or no with a sign and a word. */
export function Yes({ on, yes, no, bad }: { on: boolean; yes: string; no: string; bad?: boolean }) {
  if (on) return <span className="mark good"><CheckCircleOutlined /> {yes}</span>;
  return <span className={bad ? "mark bad" : "mark calm"}>{bad ? <WarningOutlined /> : <MinusCircleOutlined />} {no}</span>;
}
