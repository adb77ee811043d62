(()=>{var n=new BroadcastChannel("vigie"),s=new EventSource(self.name);s.onmessage=({data:e})=>n.postMessage(JSON.parse(e));self.onconnect=({ports:[e]})=>e.start();})();
