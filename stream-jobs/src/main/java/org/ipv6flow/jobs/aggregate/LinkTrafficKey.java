package org.ipv6flow.jobs.aggregate;

import org.ipv6flow.schema.traffic.LinkDirection;
import org.ipv6flow.schema.traffic.TrafficClass;

/**
 * A link direction, IP version, traffic class and bucket in one long:
 *
 * <pre>
 *  63    62   60 59      40 39     38 37     35 34   29 28     0
 * [ 1 ][ zero   ][ link    ][direction][version ][ class ][ bucket ]
 * </pre>
 *
 * Buckets count from the epoch, in units of their width; those of 10 seconds fit until the year
 * 2140. Other sums of link directions have something else in the place of the class. Bit 63 is
 * always set, so that no key is 0.
 */
public final class LinkTrafficKey {

  /** Most links an inventory may have. */
  public static final int MAX_LINKS = 1 << 20;

  private static final long OCCUPIED = 1L << 63;
  private static final int CLASS_SHIFT = 29;
  private static final int VERSION_SHIFT = 35;
  private static final int DIRECTION_SHIFT = 38;
  private static final int LINK_SHIFT = 40;

  private LinkTrafficKey() {}

  /** The key of a bucket-less combination, to which a bucket is added. */
  static long withoutBucket(
      int link, LinkDirection direction, int ipVersion, TrafficClass trafficClass) {
    return withClass(ofLinkDirection(link, direction, ipVersion), trafficClass.code());
  }

  static long ofLinkDirection(int link, LinkDirection direction, int ipVersion) {
    return OCCUPIED
        | (long) link << LINK_SHIFT
        | (long) direction.code() << DIRECTION_SHIFT
        | (long) ipVersion << VERSION_SHIFT;
  }

  static long withClass(long ofLinkDirection, byte code) {
    return ofLinkDirection | (long) code << CLASS_SHIFT;
  }

  static long withBucket(long withoutBucket, long bucket) {
    return withoutBucket | bucket & 0x1FFF_FFFFL;
  }

  public static int link(long key) {
    return (int) (key >>> LINK_SHIFT) & (MAX_LINKS - 1);
  }

  /** Code of {@link LinkDirection}. */
  public static byte directionCode(long key) {
    return (byte) (key >>> DIRECTION_SHIFT & 3);
  }

  public static byte ipVersion(long key) {
    return (byte) (key >>> VERSION_SHIFT & 7);
  }

  /** Code of {@link TrafficClass}, or of what stands in its place. */
  public static byte classCode(long key) {
    return (byte) (key >>> CLASS_SHIFT & 0x3F);
  }

  /** The bucket, in units of its width. */
  public static long bucket(long key) {
    return key & 0x1FFF_FFFFL;
  }
}
