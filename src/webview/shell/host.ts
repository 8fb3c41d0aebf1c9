import { Channel, type Port } from '../protocol/channel.ts';

/** What the editor gives a webview; it can be asked for once only. */
interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

const api = acquireVsCodeApi();

const port: Port = {
  post: (message) => api.postMessage(message),
  listen: (receive) => {
    const hear = (event: MessageEvent<unknown>) => receive(event.data);
    window.addEventListener('message', hear);
    return () => window.removeEventListener('message', hear);
  },
};

/** The wire to the extension host. */
export function openChannel(report: (error: Error) => void): Channel {
  return new Channel(port, report);
}

/** What the page keeps of itself through a reload: how it is arranged, and what stands in a dialog unsaved. */
export const kept = {
  read: (): unknown => api.getState(),
  write: (value: unknown): void => api.setState(value),
};
