package org.ipv6flow.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.ipv6flow.console.access.Access;
import org.ipv6flow.console.access.Gate;
import org.ipv6flow.console.access.LoginLock;
import org.ipv6flow.console.access.Principal;
import org.ipv6flow.console.access.Role;
import org.ipv6flow.console.access.Sessions;
import org.ipv6flow.console.access.Users;
import org.ipv6flow.console.http.Answer;
import org.ipv6flow.console.http.Call;
import org.ipv6flow.console.http.Endpoint;
import org.ipv6flow.console.http.Problem;
import org.jspecify.annotations.Nullable;

/** Login, logout, who I am, and in demo mode another role. */
final class SessionEndpoints implements EndpointGroup {

  private final Sessions sessions;
  private final Gate gate;
  private final Users users;
  private final LoginLock lock;

  SessionEndpoints(Sessions sessions, Gate gate, Users users, LoginLock lock) {
    this.sessions = sessions;
    this.gate = gate;
    this.users = users;
    this.lock = lock;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("getSession", "/session", this::session),
        new Endpoint("logIn", "POST", "/session", this::logIn),
        new Endpoint("logOut", "DELETE", "/session", this::logOut),
        new Endpoint("chooseRole", "PUT", "/session/role", this::chooseRole));
  }

  private Answer session(Call call) throws Problem {
    call.parameters().requireAllRead();
    Sessions.Session known = sessions.find(call.facts().sessionId());
    Sessions.Session session = known == null ? sessions.begin(null) : known;
    Answer answer = Answers.json(describe(session, call.who()));
    return known == null ? withCookie(answer, session, call) : answer;
  }

  private Answer logIn(Call call) throws Problem {
    JsonNode body = call.body();
    String user = body.path("user").asText("");
    String password = body.path("password").asText("");
    if (user.isEmpty() || password.isEmpty() || user.length() > 200 || password.length() > 1_000) {
      throw Problem.of(Problem.Kind.BAD_BODY, "expected: user and password");
    }
    List<String> keys = List.of("user " + user, "address " + call.facts().remoteAddress());
    for (String key : keys) {
      int seconds = lock.lockedSeconds(key);
      if (seconds > 0) {
        throw Problem.later(
            Problem.Kind.LOCKED,
            "locked after %d failed logins; wait %d s".formatted(LoginLock.FAILURES, seconds),
            seconds);
      }
    }
    Optional<Principal> who = users.logIn(user, password.toCharArray());
    if (who.isEmpty()) {
      keys.forEach(lock::failed);
      throw Problem.of(Problem.Kind.WRONG_LOGIN, "user or password is wrong");
    }
    lock.succeeded(keys.get(0));
    sessions.end(call.facts().sessionId());
    Sessions.Session session = sessions.begin(who.get());
    return withCookie(Answers.json(describe(session, who.get())), session, call);
  }

  private Answer logOut(Call call) {
    sessions.end(call.facts().sessionId());
    return Answer.noContent()
        .withHeader(
            "Set-Cookie", Sessions.COOKIE + "=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict");
  }

  private Answer chooseRole(Call call) throws Problem {
    if (!gate.isDemo()) {
      throw Problem.of(Problem.Kind.NOT_PERMITTED, "only in demo mode; here a login decides");
    }
    Optional<Role> role = Role.of(call.body().path("role").asText(""));
    if (role.isEmpty()) {
      throw Problem.of(
          Problem.Kind.BAD_BODY,
          "role is not one of noc, planner, regulator, operator, auditor, admin");
    }
    String operator = call.body().path("operator").asText("");
    if (role.get() == Role.OPERATOR && operator.isEmpty()) {
      throw Problem.of(Problem.Kind.BAD_BODY, "the role operator needs an operator");
    }
    Principal who =
        new Principal("demo", role.get(), role.get() == Role.OPERATOR ? operator : null);
    sessions.end(call.facts().sessionId());
    Sessions.Session session = sessions.begin(who);
    return withCookie(Answers.json(describe(session, who)), session, call);
  }

  private ObjectNode describe(Sessions.Session session, @Nullable Principal who) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("authenticated", who != null);
    node.put("user", who == null ? null : who.user());
    node.put("role", who == null ? null : who.role().label());
    node.put("operator", who == null ? null : who.operator());
    node.put("demo", gate.isDemo());
    node.put("csrfToken", session.csrfToken());
    node.put("mayChooseRole", gate.isDemo());
    List<String> allowed = who == null ? List.of() : Access.permitted(who.role());
    allowed.forEach(node.putArray("allowed")::add);
    return node;
  }

  private static Answer withCookie(Answer answer, Sessions.Session session, Call call) {
    return answer.withHeader(
        "Set-Cookie",
        "%s=%s; Path=/; HttpOnly; SameSite=Strict%s"
            .formatted(Sessions.COOKIE, session.id(), call.facts().isSecure() ? "; Secure" : ""));
  }
}
