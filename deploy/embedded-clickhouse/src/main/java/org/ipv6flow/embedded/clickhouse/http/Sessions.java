package org.ipv6flow.embedded.clickhouse.http;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ipv6flow.embedded.clickhouse.chdb.ChdbConnection;
import org.ipv6flow.embedded.clickhouse.chdb.ChdbEngine;
import org.ipv6flow.embedded.clickhouse.chdb.ChdbException;

/**
 * Connections that outlive a request because it named a {@code session_id}.
 *
 * <p>Unlike on a server, settings given with a request stay set for the session.
 */
final class Sessions implements AutoCloseable {

  private static final int SESSION_IS_LOCKED = 373;
  private static final int TOO_MANY_SESSIONS = 202;
  private static final int MAX_SESSIONS = 64;
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final ChdbEngine engine;
  private final Map<String, Session> byId = new HashMap<>();

  Sessions(ChdbEngine engine) {
    this.engine = engine;
  }

  private static final class Session {

    private final ChdbConnection connection;
    private boolean busy = true;
    private long lastUsedNanos;

    Session(ChdbConnection connection) {
      this.connection = connection;
    }
  }

  /** Returns the connection of a session for one request, to be given back by {@link #release}. */
  ChdbConnection acquire(String id, Map<String, String> settings) throws ChdbException {
    Session session;
    synchronized (this) {
      expire();
      session = byId.get(id);
      if (session == null) {
        return create(id, settings);
      }
      if (session.busy) {
        throw ChdbException.of(
            SESSION_IS_LOCKED, "SESSION_IS_LOCKED", "Session " + id + " is locked");
      }
      session.busy = true;
    }
    try {
      for (Map.Entry<String, String> setting : settings.entrySet()) {
        String literal = setting.getValue().replace("\\", "\\\\").replace("'", "\\'");
        session
            .connection
            .query("SET %s = '%s'".formatted(setting.getKey(), literal), "Null")
            .close();
      }
    } catch (ChdbException e) {
      release(id);
      throw e;
    }
    return session.connection;
  }

  private ChdbConnection create(String id, Map<String, String> settings) throws ChdbException {
    if (byId.size() >= MAX_SESSIONS) {
      throw ChdbException.of(
          TOO_MANY_SESSIONS,
          "TOO_MANY_SIMULTANEOUS_QUERIES",
          "Too many sessions (maximum: %d)".formatted(MAX_SESSIONS));
    }
    ChdbConnection connection = engine.connect(settings);
    byId.put(id, new Session(connection));
    return connection;
  }

  synchronized void release(String id) {
    Session session = byId.get(id);
    if (session != null) {
      session.busy = false;
      session.lastUsedNanos = System.nanoTime();
    }
  }

  private void expire() {
    long now = System.nanoTime();
    for (Iterator<Session> sessions = byId.values().iterator(); sessions.hasNext(); ) {
      Session session = sessions.next();
      if (!session.busy && now - session.lastUsedNanos > IDLE_NANOS) {
        session.connection.close();
        sessions.remove();
      }
    }
  }

  @Override
  public synchronized void close() {
    byId.values().forEach(session -> session.connection.close());
    byId.clear();
  }
}
