// One per browser: holds the only event stream to the node (a browser opens six connections per host, not more).
const channel = new BroadcastChannel('vigie');
const stream = new EventSource(self.name);
stream.onmessage = ({ data }) => channel.postMessage(JSON.parse(data));
self.onconnect = ({ ports: [port] }) => port.start();
