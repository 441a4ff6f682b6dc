// Forms with data-passkey ask the browser for a passkey before they are sent: they are hidden where there is none, and without script.
(() => {
  if (!window.PublicKeyCredential) return;
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replace(/=+$/, '');

  async function create(options) {
    const publicKey = {
      ...options,
      challenge: bytes(options.challenge),
      user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: options.excludeCredentials.map((each) => ({ ...each, id: bytes(each.id) })),
    };
    const { id, type, response, authenticatorAttachment } = await navigator.credentials.create({ publicKey });
    const { clientDataJSON, attestationObject } = response;
    return {
      ...{ id, rawId: id, type, authenticatorAttachment, clientExtensionResults: {} },
      response: {
        clientDataJSON: text(clientDataJSON),
        attestationObject: text(attestationObject),
        transports: response.getTransports?.() ?? [],
      },
    };
  }

  async function get(options) {
    const { id, type, response, authenticatorAttachment } = await navigator.credentials.get({
      publicKey: { ...options, challenge: bytes(options.challenge) },
    });
    const { clientDataJSON, authenticatorData, signature, userHandle } = response;
    return {
      ...{ id, rawId: id, type, authenticatorAttachment, clientExtensionResults: {} },
      response: {
        clientDataJSON: text(clientDataJSON),
        authenticatorData: text(authenticatorData),
        signature: text(signature),
        ...(userHandle && { userHandle: text(userHandle) }),
      },
    };
  }

  for (const form of document.querySelectorAll('form[data-passkey]')) {
    form.hidden = false;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const problem = form.querySelector('[role=alert]');
      problem.textContent = '';
      ask(form).then(
        () => form.submit(),
        () => {
          problem.textContent = form.dataset.problem;
        },
      );
    });
  }

  async function ask(form) {
    const answer = await fetch(form.dataset.options, { method: 'POST', body: new URLSearchParams(new FormData(form)) });
    if (!answer.ok) throw new Error('no options');
    const options = await answer.json();
    const credential = form.dataset.passkey === 'new' ? await create(options) : await get(options);
    form.elements.credential.value = JSON.stringify(credential);
  }
})();
