import { PageChannel } from '../../protocol/pageChannel.ts';
import type { Port } from '../../protocol/wire.ts';

/** The editor's API for webviews; it can be acquired only once. */
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

export function openChannel<Messages>(report: (error: Error) => void): PageChannel<Messages> {
  return new PageChannel(port, report);
}

/** The state that the page keeps through a reload: its arrangement, and unsaved texts of dialogs. */
export const kept = {
  read: (): unknown => api.getState(),
  write: (value: unknown): void => api.setState(value),
};
