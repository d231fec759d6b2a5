(() => {
  if (globalThis.heard_on_console) return;
  const heard = (globalThis.heard_on_console = []);
  for (const [name, level] of Object.entries({ debug: 'DEBUG', log: 'INFO', info: 'INFO', warn: 'WARNING', error: 'ERROR' })) {
    const own = console[name];
    console[name] = (...words) => {
      heard.push(`${level} ${words.join(' ')}`);
      own.apply(console, words);
    };
  }
  // Whatever couldn't be loaded tells it to itself alone, on the way down.
  addEventListener('error', (it) => heard.push(`ERROR ${it.message ?? `${it.target.src ?? it.target.href ?? it.target.tagName} wasn’t loaded`}`), true);
  addEventListener('unhandledrejection', (it) => heard.push(`ERROR ${it.reason}`));
  // An icon that nobody named is the browser's own wish.
  addEventListener('securitypolicyviolation', (it) => it.blockedURI.endsWith('/favicon.ico') || heard.push(`ERROR ${it.effectiveDirective} refuses ${it.blockedURI}`));
})()
