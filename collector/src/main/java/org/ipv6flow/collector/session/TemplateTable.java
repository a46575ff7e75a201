package org.ipv6flow.collector.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.ipv6flow.collector.message.ExportMessage;
import org.ipv6flow.collector.template.Template;
import org.jspecify.annotations.Nullable;

/**
 * The templates of one observation domain.
 *
 * <p>Immutable: a change makes a new table, so that every event loop reads without locks.
 *
 * <p>Real routers send the data and the options of one domain from different UDP ports, and change
 * their port when they restart. So data is read by what its own port last announced, and by the
 * newest definition of any port if its own announced none.
 */
final class TemplateTable {

  static final TemplateTable EMPTY = new TemplateTable(new int[0], new KnownTemplate[0][], 0);

  /** Ports of one exporter with a definition of their own; the longest unheard of makes room. */
  private static final int MAX_PORTS = 64;

  private static final KnownTemplate[] NO_DEFINITIONS = new KnownTemplate[0];

  private final int[] templateIds;

  /** Per ID the definition of each port that announced it, newest first. */
  private final KnownTemplate[][] definitions;

  /** Fields of all definitions. */
  private final int fieldCount;

  private TemplateTable(int[] templateIds, KnownTemplate[][] definitions, int fieldCount) {
    this.templateIds = templateIds;
    this.definitions = definitions;
    this.fieldCount = fieldCount;
  }

  private static int fields(KnownTemplate[] candidates) {
    int fields = 0;
    for (KnownTemplate candidate : candidates) {
      fields += candidate.template().fields().size();
    }
    return fields;
  }

  int size() {
    return templateIds.length;
  }

  int fieldCount() {
    return fieldCount;
  }

  /**
   * The definition for data from a port: the port's own, else the newest. A connection is a session
   * by itself (RFC 7011 section 8.1): it sees its own only, and nobody else sees them.
   */
  @Nullable KnownTemplate find(int templateId, int sourcePort) {
    int index = Arrays.binarySearch(templateIds, templateId);
    if (index < 0) {
      return null;
    }
    KnownTemplate[] candidates = definitions[index];
    for (KnownTemplate candidate : candidates) {
      if (candidate.sourcePort() == sourcePort) {
        return candidate;
      }
    }
    if (ExportMessage.isConnection(sourcePort)) {
      return null;
    }
    for (KnownTemplate candidate : candidates) {
      if (!ExportMessage.isConnection(candidate.sourcePort())) {
        return candidate;
      }
    }
    return null;
  }

  /** All definitions of an ID, newest first. */
  KnownTemplate[] definitions(int templateId) {
    int index = Arrays.binarySearch(templateIds, templateId);
    return index < 0 ? NO_DEFINITIONS : definitions[index];
  }

  /** This table with a definition added or replaced. */
  TemplateTable with(KnownTemplate added) {
    int templateId = added.template().templateId();
    int index = Arrays.binarySearch(templateIds, templateId);
    if (index >= 0) {
      KnownTemplate[][] changed = definitions.clone();
      changed[index] = merge(definitions[index], added);
      int growth = fields(changed[index]) - fields(definitions[index]);
      return new TemplateTable(templateIds, changed, fieldCount + growth);
    }
    int at = -index - 1;
    int[] ids = Arrays.copyOf(templateIds, size() + 1);
    KnownTemplate[][] changed = Arrays.copyOf(definitions, size() + 1);
    System.arraycopy(templateIds, at, ids, at + 1, size() - at);
    System.arraycopy(definitions, at, changed, at + 1, size() - at);
    ids[at] = templateId;
    changed[at] = new KnownTemplate[] {added};
    return new TemplateTable(ids, changed, fieldCount + fields(changed[at]));
  }

  private static KnownTemplate[] merge(KnownTemplate[] present, KnownTemplate added) {
    List<KnownTemplate> merged = new ArrayList<>(present.length + 1);
    merged.add(added);
    for (KnownTemplate other : present) {
      if (other.sourcePort() != added.sourcePort() && merged.size() < MAX_PORTS) {
        merged.add(other);
      }
    }
    return merged.toArray(new KnownTemplate[0]);
  }

  /** This table without the definitions that a test rejects; the same object if it rejects none. */
  TemplateTable without(Predicate<KnownTemplate> rejected) {
    if (!hasAny(rejected)) {
      return this;
    }
    int[] ids = new int[size()];
    KnownTemplate[][] kept = new KnownTemplate[size()][];
    int count = 0;
    int fields = 0;
    for (int i = 0; i < size(); i++) {
      KnownTemplate[] candidates = without(definitions[i], rejected);
      if (candidates.length > 0) {
        ids[count] = templateIds[i];
        kept[count++] = candidates;
        fields += fields(candidates);
      }
    }
    return new TemplateTable(Arrays.copyOf(ids, count), Arrays.copyOf(kept, count), fields);
  }

  private boolean hasAny(Predicate<KnownTemplate> wanted) {
    for (KnownTemplate[] candidates : definitions) {
      for (KnownTemplate candidate : candidates) {
        if (wanted.test(candidate)) {
          return true;
        }
      }
    }
    return false;
  }

  private static KnownTemplate[] without(
      KnownTemplate[] candidates, Predicate<KnownTemplate> rejected) {
    List<KnownTemplate> kept = new ArrayList<>(candidates.length);
    for (KnownTemplate candidate : candidates) {
      if (!rejected.test(candidate)) {
        kept.add(candidate);
      }
    }
    return kept.size() == candidates.length ? candidates : kept.toArray(NO_DEFINITIONS);
  }

  /** Template IDs whose newest definition is of a kind. */
  int count(Template.Kind kind) {
    int count = 0;
    for (KnownTemplate[] candidates : definitions) {
      if (candidates[0].template().kind() == kind) {
        count++;
      }
    }
    return count;
  }

  List<KnownTemplate> all() {
    List<KnownTemplate> all = new ArrayList<>();
    for (KnownTemplate[] candidates : definitions) {
      all.addAll(Arrays.asList(candidates));
    }
    return all;
  }
}
