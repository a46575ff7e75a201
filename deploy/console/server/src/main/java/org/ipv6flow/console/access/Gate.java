package org.ipv6flow.console.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells who asks: the user of a session, the user a trusted reverse proxy names, or, in demo mode,
 * whoever the request wants to be.
 */
public final class Gate {

  public static final String USER_HEADER = "X-Ipv6flow-User";
  public static final String ROLE_HEADER = "X-Ipv6flow-Role";
  public static final String OPERATOR_HEADER = "X-Ipv6flow-Operator";

  private static final Principal DEMO = new Principal("demo", Role.NOC, null);

  private final boolean demo;
  private final Set<InetAddress> proxies;

  /**
   * @param demo nobody logs in; only for a server on a loopback address
   * @param proxies whose headers are believed
   */
  public Gate(boolean demo, Set<InetAddress> proxies) {
    this.demo = demo;
    this.proxies = Set.copyOf(proxies);
  }

  public boolean isDemo() {
    return demo;
  }

  /**
   * Who asks, if that is known.
   *
   * @param remote address of the connection
   * @param header first value of a header
   */
  public Optional<Principal> who(
      String remote,
      Function<String, @Nullable String> header,
      Sessions.@Nullable Session session) {
    if (demo) {
      Principal chosen = named("demo", header);
      if (chosen != null) {
        return Optional.of(chosen);
      }
      Principal before = session == null ? null : session.principal();
      return Optional.of(before == null ? DEMO : before);
    }
    String user = header.apply(USER_HEADER);
    if (user != null && !user.isBlank() && isProxy(remote)) {
      return Optional.ofNullable(named(user, header));
    }
    return Optional.ofNullable(session == null ? null : session.principal());
  }

  /** Whether a connection comes from a trusted reverse proxy. */
  public boolean isProxy(String remote) {
    try {
      return proxies.contains(InetAddress.getByName(remote));
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static @Nullable Principal named(String user, Function<String, @Nullable String> header) {
    String label = header.apply(ROLE_HEADER);
    Role role = label == null ? null : Role.of(label.strip()).orElse(null);
    if (role == null) {
      return null;
    }
    String operator = header.apply(OPERATOR_HEADER);
    boolean hasOperator = operator != null && !operator.isBlank();
    if ((role == Role.OPERATOR) != hasOperator) {
      return role == Role.OPERATOR ? null : new Principal(user, role, null);
    }
    return new Principal(user, role, hasOperator ? operator : null);
  }
}
