// A real OpenID provider for the tests: `oidc-provider` with its own log-in pages.
// Reads its people and the client from SETTINGS (JSON), prints its address when it listens.
import { createServer } from "node:http";
import { Provider } from "oidc-provider";

const { people, client, codeSeconds } = JSON.parse(process.env.SETTINGS);
const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [client],
    pkce: { required: () => true },
    ttl: { AuthorizationCode: codeSeconds },
    claims: {
      openid: ["sub"],
      email: ["email", "email_verified"],
      profile: ["name", "given_name", "family_name", "preferred_username"],
    },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: id, ...people[id] }),
    }),
  });
  server.on("request", provider.callback());
  console.log(issuer);
});
process.on("SIGTERM", () => process.exit(0));
