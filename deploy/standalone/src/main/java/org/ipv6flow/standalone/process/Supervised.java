package org.ipv6flow.standalone.process;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a service running: when it ends without being asked to, it is started again, on the same
 * ports and data.
 *
 * @param <S> kind of service
 */
public final class Supervised<S extends Service> {

  /** Starts a service, for the first time or again. */
  @FunctionalInterface
  public interface Starter<S> {
    S start() throws ChildFailedException, InterruptedException;
  }

  private static final Duration MIN_PAUSE = Duration.ofMillis(200);
  private static final Duration MAX_PAUSE = Duration.ofSeconds(10);

  private final String name;
  private final Starter<S> starter;
  private final Consumer<String> log;

  private @Nullable S current;
  private boolean stopping;
  private boolean held;
  private int restarts;
  private double cpuSecondsOfTheDead;
  private double lastCpuSeconds;

  public Supervised(String name, Starter<S> starter, Consumer<String> log) {
    this.name = name;
    this.starter = starter;
    this.log = log;
  }

  /** Starts it; a first start that fails is not repeated. */
  public synchronized S start() throws ChildFailedException, InterruptedException {
    S started = starter.start();
    watch(started);
    return started;
  }

  public String name() {
    return name;
  }

  public synchronized boolean isAlive() {
    return current != null && current.isAlive();
  }

  /** The process that runs now; -1 between two. */
  public synchronized long pid() {
    return current == null ? -1 : current.pid();
  }

  public synchronized int restarts() {
    return restarts;
  }

  /** CPU time of all its processes so far. What a killed one used since the last call is lost. */
  public synchronized double cpuSeconds() {
    if (current != null && current.isAlive()) {
      lastCpuSeconds = Math.max(lastCpuSeconds, ProcessCpu.seconds(current.pid()));
    }
    return cpuSecondsOfTheDead + lastCpuSeconds;
  }

  /** As {@code kill -9}: it is started again. Does nothing while it does not run. */
  public synchronized void kill() {
    cpuSeconds();
    if (current != null && current.isAlive()) {
      ProcessHandle.of(current.pid()).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  /** While held, it is not started again when it ends. */
  public synchronized void hold(boolean hold) {
    held = hold;
    notifyAll();
  }

  /** What runs now, to ask it for more than a service can do; null between two. */
  public synchronized @Nullable S current() {
    return current;
  }

  /** Ends it for good. */
  public void stop() throws InterruptedException {
    S last;
    synchronized (this) {
      cpuSeconds();
      stopping = true;
      notifyAll();
      last = current;
    }
    if (last != null) {
      last.stop();
    }
  }

  private synchronized void watch(S started) {
    current = started;
    started.onExit().thenAccept(status -> onExit(started, status));
  }

  private void onExit(S ended, int status) {
    synchronized (this) {
      if (stopping || current != ended) {
        return;
      }
      cpuSecondsOfTheDead += lastCpuSeconds;
      lastCpuSeconds = 0;
      restarts++;
    }
    log.accept("%s ended with status %d; starting it again".formatted(name, status));
    Thread restarter = new Thread(this::restart, name + "-restart");
    restarter.setDaemon(true);
    restarter.start();
  }

  private void restart() {
    Duration pause = MIN_PAUSE;
    while (true) {
      try {
        synchronized (this) {
          while (held && !stopping) {
            wait();
          }
          if (stopping) {
            return;
          }
        }
        S started = starter.start();
        boolean wanted;
        synchronized (this) {
          wanted = !stopping;
        }
        if (!wanted) {
          started.stop();
          return;
        }
        watch(started);
        log.accept("%s runs again".formatted(name));
        return;
      } catch (ChildFailedException e) {
        log.accept("%s; trying again in %d s".formatted(e.getMessage(), pause.toSeconds()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      try {
        Thread.sleep(pause.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      pause = pause.multipliedBy(2).compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : pause.multipliedBy(2);
    }
  }
}
