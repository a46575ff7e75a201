/**
 * Who and where addresses are: organisation, operator, province, kind of access, and the bits that
 * traffic classes are told by.
 *
 * <p>The inventory is compiled to flat tables once, and asked without allocating.
 */
@NullMarked
package org.ipv6flow.jobs.dictionary;

import org.jspecify.annotations.NullMarked;
