/** Holds the soft phone for one tab of the browser: two would both ring and fight for the registration. */
export class TabLock {
  private release: (() => void) | undefined;

  /** Takes the lock; false when another tab holds it. `lost` is called when another tab takes it over. */
  async take(steal: boolean, lost: () => void): Promise<boolean> {
    if (!("locks" in navigator)) return true; // no secure context: no microphone either
    this.drop();
    return new Promise((answer) => {
      const options: LockOptions = steal ? { steal: true } : { ifAvailable: true };
      navigator.locks
        .request("bellhop-phone", options, (lock) => {
          answer(lock !== null);
          return lock ? new Promise<void>((done) => (this.release = done)) : undefined;
        })
        .catch(() => lost());
    });
  }

  drop(): void {
    this.release?.();
    this.release = undefined;
  }
}
