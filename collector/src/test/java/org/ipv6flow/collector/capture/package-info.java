/** Tests of reading captures. Files are built here, octet by octet. */
@NullMarked
package org.ipv6flow.collector.capture;

import org.jspecify.annotations.NullMarked;
