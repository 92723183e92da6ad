/** Any Java object as one value, in a form that is safe to read. */
@NullMarked
package dev.dynamirror.object;

import org.jspecify.annotations.NullMarked;
