package org.ipv6flow.console.access;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The people of the local file. */
public final class Users {

  /** Somebody with a password. */
  public record User(Principal principal, PasswordHash password) {}

  /** Compared with when there is no such user, so that it takes as long. */
  private static final PasswordHash NOBODYS = PasswordHash.of("nobody".toCharArray());

  private final Map<String, User> users;

  public Users(Map<String, User> users) {
    this.users = new HashMap<>(users);
  }

  public boolean isEmpty() {
    return users.isEmpty();
  }

  /** Who it is, if the password is right. */
  public Optional<Principal> logIn(String name, char[] password) {
    User user = users.get(name);
    boolean matches = (user == null ? NOBODYS : user.password()).matches(password);
    return user != null && matches ? Optional.of(user.principal()) : Optional.empty();
  }
}
