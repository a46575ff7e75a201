/**
 * The network as the inventory knows it, at any time: inventories with effective dates, compiled to
 * flat tables.
 */
@NullMarked
package org.ipv6flow.jobs.network;

import org.jspecify.annotations.NullMarked;
